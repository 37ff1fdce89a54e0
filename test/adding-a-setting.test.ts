import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTerms } from '../runtime/index.ts';
import { compileTypes } from './compile-types.ts';
import { exception } from './fixtures/diff/small-company.ts';
import { runProviso } from './run-proviso.ts';
import { commitAll, git, initAll, temporaryFolder, writeFiles } from './temporary-repository.ts';

/*
 * A setting is one entry in one file. The sample company gets one more, `proviso schemas` is run, and everything else
 * must follow by itself: validation, the editor, compile, explain, diff, what is published, the reader and its types.
 */

const NEW = `  exportSchedule: choice({
    of: ['never', 'weekly', 'daily'],
    favours: ['never', 'weekly', 'daily'],
    area: 'support',
    default: 'never',
    description: 'How often exports are sent by themselves.',
  }),
});
`;

const SETTINGS = 'schemas/settings.ts';
const STUDIO = 'plans/studio@2.yaml';
const sample = fileURLToPath(new URL('..', import.meta.url));
const now = '2026-11-20T10:00:00Z';

/** The company in git: as it is, and then with the setting. */
let prepared: string;
beforeAll(async () => {
  prepared = mkdtempSync(join(tmpdir(), 'proviso-test-'));
  for (const part of ['customers', 'plans', 'policies', 'schemas/generated', 'schemas/setting.ts', SETTINGS])
    cpSync(join(sample, part), join(prepared, part), { recursive: true });
  initAll(prepared, 'as it is');
  edit(prepared, SETTINGS, /\}\);\n$/, NEW);
  await runProviso(['schemas'], { folder: prepared, now });
  commitAll(prepared, 'with the setting');
});
afterAll(() => rmSync(prepared, { recursive: true, force: true }));

function company(): string {
  const folder = temporaryFolder();
  cpSync(prepared, folder, { recursive: true });
  return folder;
}

/** Replaces a text that must be there. */
function edit(folder: string, path: string, what: string | RegExp, by: string): void {
  const before = readFileSync(join(folder, path), 'utf8');
  const after = before.replace(what, () => by);
  expect(after).not.toBe(before);
  writeFileSync(join(folder, path), after);
}

const sellWith = (folder: string, line: string): void =>
  edit(folder, STUDIO, '\nsettings:\n', `\nsettings:\n  ${line}\n`);

const agreed = (set: string): string =>
  `name: Added\nplan: starter@1\n${exception(
    'EX-9001',
    `area: support, decision: configuration, set: { ${set} }, starts: 2026-01-01, expires: 2026-12-31`,
  )}`;
const ADDED = 'customers/studio/added.yaml';

type Json = { [key: string]: unknown };

async function json(folder: string, ...argv: string[]): Promise<Json> {
  const { stdout } = await runProviso([...argv, '--format', 'json'], { folder, now });
  return JSON.parse(stdout) as Json;
}

const errorsOf = async (folder: string): Promise<string[]> =>
  ((await json(folder, 'validate')).diagnostics as Json[])
    .filter(({ severity }) => severity === 'error')
    .map(({ path, line, message }) => `${path}:${line} ${message}`);

type Values = Record<string, [from: string | null, value: unknown][]>;

/** Each customer's values of the setting by id, with the days from which they hold. */
async function valuesOf(folder: string): Promise<Values> {
  const { customers } = (await json(folder, 'compile')) as {
    customers: { customer: string; segments: { from: string | null; settings: Json }[] }[];
  };
  const valuesIn = (segments: (typeof customers)[number]['segments']): Values[string] =>
    segments
      .map(({ from, settings }): Values[string][number] => [from, settings.exportSchedule])
      .filter(([, value], index, all) => value !== all[index - 1]?.[1]);
  return Object.fromEntries(customers.map(({ customer, segments }) => [customer, valuesIn(segments)]));
}

describe('one entry and `proviso schemas`', () => {
  test('touch the catalogue’s file and what is generated, and leave a valid company', async () => {
    const folder = company();
    expect(git(folder, 'diff', '--name-only', 'HEAD~1', 'HEAD').split('\n').sort()).toEqual([
      'schemas/generated/approvals.schema.json',
      'schemas/generated/catalogue.json',
      'schemas/generated/customer.schema.json',
      'schemas/generated/lifecycle.schema.json',
      'schemas/generated/menu.schema.json',
      'schemas/generated/onboarding.schema.json',
      'schemas/generated/plan.schema.json',
      SETTINGS,
    ]);
    expect(await errorsOf(folder)).toEqual([]);
  });

  test('belong together: without the second, validate says so', async () => {
    const folder = company();
    edit(folder, SETTINGS, "default: 'never'", "default: 'weekly'");
    const errors = await errorsOf(folder);
    expect(errors).toContainEqual(expect.stringContaining('schemas/generated/catalogue.json'));
    expect((await runProviso(['schemas'], { folder, now })).exitCode).toBe(0);
    expect(await errorsOf(folder)).toEqual([]);
  });
});

describe('validation', () => {
  test.each(['never', 'weekly', 'daily'])('accepts %s, of a plan and of an exception', async (value) => {
    const folder = company();
    sellWith(folder, `exportSchedule: ${value}`);
    writeFiles(folder, { [ADDED]: agreed(`exportSchedule: ${value}`) });
    expect(await errorsOf(folder)).toEqual([]);
  });

  test.each([
    ['exportSchedule: dayly', '`exportSchedule`: `dayly` is none of never, weekly, daily; did you mean daily?'],
    ['exportSchedule: 7', '`exportSchedule`: one of never, weekly, daily is needed, this is a number'],
    ['exportShedule: daily', 'no setting named `exportShedule`; did you mean exportSchedule?'],
  ])('refuses %s', async (line, message) => {
    const folder = company();
    sellWith(folder, line);
    writeFiles(folder, { [ADDED]: agreed(line) });
    expect(await errorsOf(folder)).toEqual([`${ADDED}:4 ${message}`, `${STUDIO}:6 ${message}`]);
  });
});

describe('the editor', () => {
  test.each(['plan', 'customer'])('knows and documents it in a %s', async (kind) => {
    const schema = JSON.parse(readFileSync(join(prepared, `schemas/generated/${kind}.schema.json`), 'utf8')) as Json;
    const found: Json[] = [];
    JSON.stringify(schema, (key, value: Json) => {
      if (key === 'exportSchedule') found.push(value);
      return value;
    });
    expect(found).toContainEqual(
      expect.objectContaining({
        title: 'Export schedule',
        description: 'How often exports are sent by themselves. Without it: "never".',
      }),
    );
  });

  test('accepts its values and no others', () => {
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    const schema = JSON.parse(readFileSync(join(prepared, 'schemas/generated/plan.schema.json'), 'utf8')) as Json;
    const isRight = ajv.compile(schema);
    const plan = (settings: Json): Json => ({ name: 'Any', rank: 1, price: { free: true }, settings });
    expect(isRight(plan({ exportSchedule: 'daily' }))).toBe(true);
    expect(isRight(plan({ exportSchedule: 'dayly' }))).toBe(false);
    expect(isRight(plan({ exportShedule: 'daily' }))).toBe(false);
  });
});

describe('compile and explain', () => {
  const explained = async (folder: string, customer: string): Promise<unknown> =>
    ((await json(folder, 'explain', customer, 'exportSchedule')) as { settings: Json }).settings.exportSchedule;

  test('show its default, then the plan’s value, then an exception’s', async () => {
    const folder = company();
    expect(new Set(Object.values(await valuesOf(folder)).flatMap((all) => all.map(([, value]) => value)))).toEqual(
      new Set(['never']),
    );
    expect(await explained(folder, 'pixel-and-co')).toEqual({
      value: 'never',
      origin: expect.objectContaining({ kind: 'default', path: SETTINGS }),
    });

    sellWith(folder, 'exportSchedule: weekly');
    writeFiles(folder, { [ADDED]: agreed('exportSchedule: daily') });
    expect(await explained(folder, 'pixel-and-co')).toEqual({
      value: 'weekly',
      origin: { kind: 'plan', id: 'studio@2', path: STUDIO, line: 6 },
    });
    expect(await explained(folder, 'added')).toMatchObject({
      value: 'daily',
      origin: { kind: 'exception', id: 'EX-9001', path: ADDED, line: 4 },
    });
    const values = await valuesOf(folder);
    expect(values.added).toEqual([
      [null, 'never'],
      ['2026-01-01', 'daily'],
      ['2027-01-01', 'never'],
    ]);
    expect(values['pixel-and-co']).toEqual([[null, 'weekly']]);
  });
});

describe('diff', () => {
  const diffOf = async (folder: string) =>
    (await json(folder, 'diff')) as {
      customers: { customer: string; changes: Json[] }[];
      causes: { path: string; change: string; customers: string[] }[];
    };

  /** Whose values differ on any day. */
  const differing = (before: Values, after: Values): string[] =>
    Object.keys(after).filter((id) => JSON.stringify(before[id]) !== JSON.stringify(after[id]));

  test('names a change of a plan’s value, and whom it reaches', async () => {
    const folder = company();
    const before = await valuesOf(folder);
    sellWith(folder, 'exportSchedule: weekly');
    const { customers, causes } = await diffOf(folder);
    const affected = differing(before, await valuesOf(folder));
    expect(affected).toContain('pixel-and-co');
    expect(customers.map(({ customer }) => customer)).toEqual(affected);
    expect(causes.map(({ path, change, customers: reached }) => [path, change, reached])).toEqual([
      [`${STUDIO} settings.exportSchedule`, 'exportSchedule never (the default) → weekly', affected],
    ]);
    expect(customers.find(({ customer }) => customer === 'pixel-and-co')?.changes).toEqual([
      expect.objectContaining({ path: 'settings.exportSchedule', from: 'never', to: 'weekly', direction: 'gives' }),
    ]);
  });

  test('names a change of its default, and whom it reaches', async () => {
    const folder = company();
    sellWith(folder, 'exportSchedule: weekly');
    commitAll(folder);
    const before = await valuesOf(folder);
    edit(folder, SETTINGS, "default: 'never'", "default: 'daily'");
    await runProviso(['schemas'], { folder, now });
    const { customers, causes } = await diffOf(folder);
    const affected = differing(before, await valuesOf(folder));
    expect(affected).not.toContain('pixel-and-co');
    expect(affected).toContain('harbor-mutual');
    expect(customers.map(({ customer }) => customer)).toEqual(affected);
    expect(causes.map(({ path, customers: reached }) => [path, reached])).toEqual([
      [`${SETTINGS} exportSchedule.default`, affected],
    ]);
    expect(causes[0]?.change).toMatch(/never.*daily/);
  });
});

describe('a release', () => {
  test('holds it: `get` and the reader answer it', async () => {
    const folder = company();
    sellWith(folder, 'exportSchedule: weekly');
    commitAll(folder);
    expect((await runProviso(['publish'], { folder, now })).exitCode).toBe(0);

    const get = async (...argv: string[]) => (await json(folder, 'get', ...argv)).value;
    expect(await get('pixel-and-co', 'exportSchedule')).toBe('weekly');
    expect(await get('harbor-mutual', 'exportSchedule')).toBe('never');
    expect(await get('exportSchedule', '--account', 'u_1', '--plan', 'studio@2')).toBe('weekly');

    const terms = await openTerms({
      follow: false,
      store: `file:${join(folder, '.proviso/store')}`,
      now: () => Date.parse(now),
    });
    expect((await terms.customer('pixel-and-co'))?.settings.exportSchedule).toBe('weekly');
    expect((await terms.account({ account: 'u_1', plan: 'starter@1' })).settings.exportSchedule).toBe('never');
    await terms.close();
  });
});

test('the reader’s types know it', () => {
  const folder = company();
  const found = compileTypes(
    folder,
    'product.ts',
    `import { openTerms } from 'proviso';
import type { settings } from './schemas/settings.ts';

const terms = await openTerms<typeof settings>({ follow: false, store: 'file:./.proviso/store' });
const customer = await terms.account({ account: 'u_1' });
export const schedule: 'never' | 'weekly' | 'daily' = customer.settings.exportSchedule;
export const isDaily = customer.settings.exportSchedule === 'daily';
export const number: number = customer.settings.exportSchedule;
export const isDayly = customer.settings.exportSchedule === 'dayly';
export const misspelt = customer.settings.exportShedule;
`,
  );
  expect(found.map((line) => line.split(' ').slice(0, 2).join(' '))).toEqual([
    '8: TS2322:',
    '9: TS2367:',
    '10: TS2551:',
  ]);
});
