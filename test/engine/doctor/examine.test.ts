import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../../engine/diagnostic.ts';
import { examine } from '../../../engine/doctor/examine.ts';
import { readWorkflows } from '../../../engine/doctor/read-workflows.ts';
import { doctorRules } from '../../../engine/doctor/rules/registry.ts';
import { sourceFile } from '../../fixtures/small-repository.ts';
import { safeFiles, setupWith } from './safe-setup.ts';
import { soundWorkflows } from './sound-workflows.ts';
import type { Spoiled } from './spoil.ts';
import { spoiledFiles, spoiledSettings } from './spoiled-repository.ts';
import { spoiledRights } from './spoiled-rights.ts';
import { spoiledRuns } from './spoiled-runs.ts';

const spoiledWorkflows = [...spoiledRights, ...spoiledRuns];

const short = ({ severity, at, rule }: Diagnostic, path = at.path): string =>
  `${severity} ${path}:${at.start.line}:${at.start.column} ${rule}`;

/** What is found in the safe repository after one edit, with the file’s own name as its path. */
async function foundAfter({ path, from, to }: Spoiled): Promise<string[]> {
  const before = safeFiles[path] ?? '';
  if (from !== undefined) expect(before).toContain(from);
  const setup = await setupWith({ [path]: from === undefined ? to : before.replace(from, () => to) });
  const found = [...readWorkflows(setup.files).diagnostics, ...examine(setup)];
  return found.map((one) => short(one, one.at.path.split('/').at(-1)));
}

describe('a safe repository', () => {
  it('has no findings', async () => {
    expect(examine(await setupWith())).toEqual([]);
  });

  it.each(soundWorkflows)('has none with $title', async (row) => {
    expect(await foundAfter(row)).toEqual([]);
  });
});

describe('a repository with a mistake in a workflow', () => {
  it.each(spoiledWorkflows)('is told of $title', async (row) => {
    expect(await foundAfter(row)).toEqual(row.found);
  });
});

describe('a repository with a mistake elsewhere', () => {
  it.each([...spoiledFiles, ...spoiledSettings])('is told of $title', async ({ changes, more = {}, found }) => {
    const setup = await setupWith(changes, more);
    expect(examine(setup).map((one) => short(one))).toEqual(found);
  });
});

/** A value with each part of it, one at a time, replaced by `by`. */
function* replacedIn(value: unknown, by: unknown): Generator<unknown> {
  yield by;
  if (typeof value !== 'object' || value === null) return;
  for (const key of Object.keys(value))
    for (const other of replacedIn((value as Record<string, unknown>)[key], by))
      yield Array.isArray(value) ? value.with(Number(key), other) : { ...value, [key]: other };
}

describe('a workflow of any shape', () => {
  const paths = Object.keys(safeFiles).filter((path) => /\.github\/.*\.ya?ml$/.test(path));

  it.each([{ by: null }, { by: 7 }, { by: 'words ${{ github }}' }, { by: [null] }, { by: { a: [{}] } }])(
    'is judged with $by anywhere in it',
    async ({ by }) => {
      const { workflows, actions, ...safe } = await setupWith();
      let judged = 0;
      for (const { document } of [...workflows, ...actions]) {
        expect(paths).toContain(document.path);
        for (const data of replacedIn(document.data, by)) {
          const files = new Map([[document.path, sourceFile(document.path, JSON.stringify(data))]]);
          const read = readWorkflows(files);
          const setup = { ...safe, files, workflows: read.workflows, actions: read.actions };
          for (const { at } of [...read.diagnostics, ...examine(setup)]) expect(at.start.line).toBeGreaterThan(0);
          judged++;
        }
      }
      expect(judged).toBeGreaterThan(100);
    },
  );
});

describe('a script that was written to be slow', () => {
  it.each([
    'git -c ',
    'git -c -c -c ',
    'npm --a=b --c ',
    'proviso --a --b ',
    'pnpm --a ',
    '${{ ',
    "${{ '",
    'contains(',
    '${{ contains( }}',
    'git fetch : ',
    'gh \t',
    'yarn install ',
    '\\\n',
    '# ',
  ])('is judged in time: %j', { timeout: 5_000 }, async (piece) => {
    const script = piece.repeat(Math.floor(20_000 / piece.length));
    const data = {
      on: ['issues'],
      permissions: {},
      jobs: { a: { 'runs-on': 'ubuntu-24.04', environment: 'production', steps: [{ run: script, with: { script } }] } },
    };
    const path = '.github/workflows/slow.yml';
    expect(examine(await setupWith({ [path]: JSON.stringify(data) })).length).toBeGreaterThan(0);
  });
});

describe('every rule', () => {
  const rows = [...spoiledWorkflows, ...spoiledFiles, ...spoiledSettings];

  it.each(doctorRules)('$name is missed by some row when it is gone', ({ name }) => {
    expect(rows.filter(({ found }) => found.some((line) => line.endsWith(` ${name}`))).length).toBeGreaterThan(0);
  });

  it('has a name, a fix and a reason in plain words', () => {
    expect(new Set(doctorRules.map(({ name }) => name)).size).toBe(doctorRules.length);
    for (const { name, fix, why } of doctorRules) {
      expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/);
      for (const words of [fix, why]) expect(words).toMatch(/^[^A-Z.][^]*[^.]$/);
    }
  });

  it('says what is wrong, what to do and why', async () => {
    const workflow = (safeFiles['.github/workflows/publish.yml'] ?? '').replace('fetch-depth: 0, ', '');
    expect(examine(await setupWith({ '.github/workflows/publish.yml': workflow }))).toEqual([
      {
        rule: 'publish-history',
        severity: 'error',
        message: 'the job publishes from a clone without history',
        at: {
          path: '.github/workflows/publish.yml',
          start: { line: 16, column: 9 },
          end: { line: 16, column: 13 },
        },
        help: 'write `fetch-depth: 0` under `with:` of actions/checkout (publishing looks at every commit since the last release, and a shallow clone does not have them)',
      },
    ]);
  });
});
