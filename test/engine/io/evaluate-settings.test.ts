import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { evaluateSettings } from '../../../engine/io/evaluate-settings.ts';
import { staleSchemas, writeSchemas } from '../../../engine/io/generated-schemas.ts';
import { type Files, temporaryFolder, writeFiles } from '../../temporary-repository.ts';

const FILE = 'schemas/settings.ts';
const seats = `limit({ unit: 'seat', area: 'access', default: 3, favours: 'more', description: 'People.' })`;
const catalogue = (body: string, imports = 'defineSettings, limit, feature, choice') =>
  `import { ${imports} } from 'proviso/settings';\nexport const settings = defineSettings({\n${body}\n});\n`;
const good = catalogue(`  seats: ${seats},`);

function rootWith(files: Files): string {
  const root = temporaryFolder();
  writeFiles(root, files);
  return root;
}

async function said(settings: string, files: Files = {}): Promise<string[]> {
  const { settings: found, diagnostics } = await evaluateSettings(rootWith({ [FILE]: settings, ...files }));
  expect(found).toBeUndefined();
  return diagnostics.map(({ at, message }) => {
    expect(message).not.toMatch(/\n| at \S+:\d+:\d+/);
    return `${at.path}:${at.start.line}:${at.start.column} ${message}`;
  });
}

describe('a catalogue of its own', () => {
  const roots: readonly [string, Files][] = [
    ['without package.json', {}],
    ['of ES modules', { 'package.json': '{ "type": "module" }' }],
    ['of CommonJS modules', { 'package.json': '{ "type": "commonjs" }' }],
    [
      'with a tsconfig.json of its own',
      { 'tsconfig.json': '{ "compilerOptions": { "paths": { "proviso/*": ["./nowhere/*"] } } }' },
    ],
    [
      'that has something else installed under our name',
      {
        'node_modules/proviso/package.json': '{ "name": "proviso", "exports": { "./settings": "./settings.js" } }',
        'node_modules/proviso/settings.js': 'throw new Error("the wrong one");',
      },
    ],
  ];

  it.each(roots)('is read in a folder %s', async (_, files) => {
    expect(await evaluateSettings(rootWith({ [FILE]: good, ...files }))).toEqual({
      settings: {
        seats: {
          kind: 'limit',
          label: 'Seats',
          description: 'People.',
          area: 'access',
          unit: 'seat',
          default: 3,
          favours: 'more',
          onEnd: 'release',
        },
      },
      diagnostics: [],
    });
  });

  it('says what it leaves to its defaults, in its own order', async () => {
    const body = [
      `  zone: choice({ of: ['us', 'eu'], default: 'us', area: 'hosting', description: 'Where.' }),`,
      `  apiCalls: limit({ default: 1, favours: 'more', unit: 'call', area: 'hosting', description: 'Calls.', onEnd: 'release' }),`,
      `  sso: feature({ default: false, area: 'access', description: 'Sign in.', label: 'SSO' }),`,
    ].join('\n');
    const { settings } = await evaluateSettings(rootWith({ [FILE]: catalogue(body) }));
    expect(Object.keys(settings ?? {})).toEqual(['zone', 'apiCalls', 'sso']);
    expect(settings).toMatchObject({
      zone: { label: 'Zone', onEnd: 'hold' },
      apiCalls: { label: 'Api calls', onEnd: 'release' },
      sso: { label: 'SSO', onEnd: 'release', favours: true },
    });
    expect(Object.keys(settings?.zone ?? {})).toEqual([
      'kind',
      'label',
      'description',
      'area',
      'of',
      'default',
      'onEnd',
    ]);
  });

  it('may say Infinity for unlimited', async () => {
    const { settings } = await evaluateSettings(rootWith({ [FILE]: good.replace('default: 3', 'default: Infinity') }));
    expect(settings?.seats?.default).toBe('unlimited');
  });

  it('may be in several files, beside ours or its own', async () => {
    const root = rootWith({
      [FILE]: `import { access } from './access.ts';\nconsole.log('noise');\nexport const settings = { ...access };\n`,
      'schemas/access.ts': `import { limit } from 'proviso/settings';\nexport const access = { seats: ${seats} } as const;\n`,
    });
    expect(Object.keys((await evaluateSettings(root)).settings ?? {})).toEqual(['seats']);
  });

  it('sees none of the secrets of the command that reads it', async () => {
    process.env.PROVISO_TEST_SECRET = 'hunter2';
    const spy = `  spy: limit({ unit: 'x', area: 'access', default: 1, favours: 'more', description: JSON.stringify(process.env) }),`;
    const { settings } = await evaluateSettings(rootWith({ [FILE]: catalogue(spy) }));
    delete process.env.PROVISO_TEST_SECRET;
    expect(settings?.spy?.description).toContain('PATH');
    expect(settings?.spy?.description).not.toContain('hunter2');
  });
});

it('is read as it ships, by the built commands', () => {
  const root = rootWith({ [FILE]: good });
  const bin = fileURLToPath(new URL('../../../dist/scripts/proviso.js', import.meta.url));
  execFileSync(process.execPath, [bin, 'schemas'], { cwd: root, stdio: 'pipe' });
  expect(JSON.parse(readFileSync(join(root, 'schemas/generated/catalogue.json'), 'utf8'))).toMatchObject({
    settings: { seats: { default: 3 } },
  });
});

describe('a catalogue that cannot be read', () => {
  const cases: readonly [string, string, string[]][] = [
    [
      'a slip of the pen',
      catalogue('  seats: limit({ x ),'),
      [`${FILE}:3:20 ${FILE} cannot be read: Expected "}" but found ")"`],
    ],
    [
      'a name that is not there',
      catalogue('  seats: limt({}),'),
      [`${FILE}:3:10 ${FILE} cannot be read: ReferenceError: limt is not defined`],
    ],
    [
      'a file that is not there',
      `import './gone.ts';\nexport const settings = {};\n`,
      [`${FILE}:1:1 ${FILE} cannot be read: Error: Cannot find module './gone.ts'`],
    ],
    ['something thrown', `throw 'no';\n`, [`${FILE}:1:1 ${FILE} cannot be read: Error: no`]],
    ['no settings', 'export const setings = {};\n', [`${FILE}:1:1 ${FILE} exports no \`settings\``]],
    ['an early end', 'process.exit(0);\n', [`${FILE}:1:1 ${FILE} exports no \`settings\``]],
    ['an empty list', catalogue(''), [`${FILE}:1:1 the catalogue has no setting`]],
    [
      'a key that is none',
      `export const settings = { ['__proto__']: 1 };\n`,
      [`${FILE}:1:1 the catalogue has a name that no setting can have`],
    ],
    [
      'something else',
      'export const settings = 7;\n',
      [`${FILE}:1:1 settings: a group of keys is needed, this is a number`],
    ],
  ];

  it.each(cases)('%s', async (_, text, expected) => {
    expect(await said(text)).toEqual(expected);
  });

  it('because it does not end', async () => {
    const root = rootWith({ [FILE]: 'for (;;);\n' });
    const { diagnostics } = await evaluateSettings(root, { timeLimit: 1500 });
    expect(diagnostics.map(({ message }) => message)).toEqual([`${FILE} did not end within 1.5 seconds`]);
  });

  it('because it is not there', async () => {
    const { diagnostics } = await evaluateSettings(temporaryFolder());
    expect(diagnostics.map(({ message, at }) => [message, at.path])).toEqual([[`there is no ${FILE}`, FILE]]);
  });

  it('with an error in another file, which is where it stands', async () => {
    const files = {
      'schemas/access.ts': `export const access = {};\nnull.x;\n`,
      'package.json': '{ "type": "module" }',
    };
    const [line] = await said(`import './access.ts';\nexport const settings = {};\n`, files);
    expect(line).toMatch(/^schemas\/access\.ts:2:\d+ schemas\/settings\.ts cannot be read: TypeError: /);
  });
});

describe('a catalogue with mistakes', () => {
  const base = `area: 'access', description: 'D.'`;
  const cases: readonly [string, string, string][] = [
    ['a key', `  Seats: ${seats},`, '`Seats` is not a name like apiCalls'],
    [
      'a key of the language itself',
      `  constructor: ${seats},`,
      '`constructor` has a meaning of its own in JavaScript',
    ],
    ['a limit without order', `  seats: limit({ unit: 'seat', default: 3, ${base} }),`, 'seats: `favours` is missing'],
    [
      'a misspelt part',
      `  seats: limit({ unit: 'seat', default: 3, favours: 'more', favors: 1, ${base} }),`,
      'seats.favors: a setting has no `favors`; did you mean favours?',
    ],
    [
      'half a seat',
      `  seats: limit({ unit: 'seat', default: 2.5, favours: 'more', ${base} }),`,
      '`default` of `seats` is 2.5, which is not a whole number',
    ],
    [
      'no number',
      `  seats: limit({ unit: 'seat', default: Number('x'), favours: 'more', ${base} }),`,
      'seats.default: a number is needed, nothing is written here',
    ],
    ['a stale value of another kind', `  sso: feature({ default: true, whenStale: 'never', ${base} }),`, 'seats'],
    [
      'a default that is no choice',
      `  zone: choice({ of: ['us'], default: 'eu', ${base} }),`,
      '`default` of `zone` is "eu", which is none of us',
    ],
    [
      'a stale value that is no choice',
      `  zone: choice({ of: ['us'], default: 'us', whenStale: 'eu', ${base} }),`,
      '`whenStale` of `zone` is "eu", which is none of us',
    ],
    [
      'a choice twice',
      `  zone: choice({ of: ['us', 'us'], default: 'us', ${base} }),`,
      '`zone` lists a choice twice in `of`',
    ],
    [
      'an order of some choices',
      `  zone: choice({ of: ['us', 'eu'], favours: ['us'], default: 'us', ${base} }),`,
      '`favours` of `zone` must name every choice of `of` once',
    ],
    [
      'an order that repeats',
      `  zone: choice({ of: ['us', 'eu'], favours: ['us', 'us'], default: 'us', ${base} }),`,
      '`favours` of `zone` must name every choice of `of` once',
    ],
    [
      'bounds of a limit',
      `  seats: limit({ unit: 'seat', default: 3, favours: 'more', bounds: ['seats'], ${base} }),`,
      '`bounds` of `seats` names `seats`, which is no feature of this catalogue',
    ],
    [
      'bounds of nothing',
      `  seats: limit({ unit: 'seat', default: 3, favours: 'more', bounds: ['toString'], ${base} }),`,
      '`bounds` of `seats` names `toString`, which is no feature of this catalogue',
    ],
    [
      'an area that is none',
      `  sso: feature({ default: true, area: 'login', description: 'D.' }),`,
      'sso.area: `login` is none of `onboarding`, `billing`, `support`, `access`, `hosting`',
    ],
    ['no description', `  sso: feature({ default: true, area: 'access' }),`, 'sso: `description` is missing'],
  ];

  it.each(cases)('%s', async (name, body, expected) => {
    const at = `${FILE}:3:3 `;
    const stale = 'sso.whenStale: true or false is needed, this is text';
    expect(await said(catalogue(body))).toEqual([
      `${at}${name === 'a stale value of another kind' ? stale : expected}`,
    ]);
  });
});

describe('generated files', () => {
  it('are written once, and stale when the catalogue has changed', async () => {
    const root = rootWith({ [FILE]: good });
    const stale = async () => (await staleSchemas(root)).map(({ at }) => at.path);
    const first = await writeSchemas(root);
    expect(first.written).toEqual(first.files);
    expect(first.files).toContain('schemas/generated/catalogue.json');
    expect(await stale()).toEqual([]);
    expect((await writeSchemas(root)).written).toEqual([]);

    writeFiles(root, { [FILE]: catalogue(`  seats: ${seats.replace('3', '4')},`) });
    expect(await stale()).toContain('schemas/generated/catalogue.json');
    writeFiles(root, { [FILE]: 'nonsense(' });
    expect(await stale()).toEqual([FILE]);
    expect((await writeSchemas(root)).written).toEqual([]);
  });
});

it('takes no more than a release holds', async () => {
  const long = (count: number): string =>
    catalogue(
      `  formats: list({ area: 'access', default: Array.from({ length: ${count} }, (_, index) => 'format-' + index), description: 'Formats.' }),`,
      'defineSettings, list',
    );
  expect(await said(long(80_000))).toEqual([
    `${FILE}:1:1 the settings take 1,189,019 bytes; a release holds at most 1,048,576 of them`,
  ]);
  expect((await evaluateSettings(rootWith({ [FILE]: long(60_000) }))).diagnostics).toEqual([]);
});
