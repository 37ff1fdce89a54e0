import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Compiled, compileModel } from '../../engine/compile/compile-model.ts';
import type { Diagnostic } from '../../engine/diagnostic.ts';
import { readWorkingTree } from '../../engine/io/read-repository.ts';
import { loadModel } from '../../engine/load-model.ts';
import type { Model } from '../../engine/model.ts';
import { readCatalogue } from '../../engine/read-catalogue.ts';
import { stages } from '../../runtime/terms/timeline.ts';
import { generateRepository } from '../../scripts/generate.ts';
import { generateCommit } from '../../scripts/generate-commit.ts';
import { git } from '../temporary-repository.ts';
import { commitAside } from './history.ts';

const folder = mkdtempSync(join(tmpdir(), 'proviso-generate-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function generate(customers: number, seed: number, name: string): Promise<Map<string, string>> {
  const out = join(folder, name);
  await generateRepository({ customers, out, seed });
  const paths = readdirSync(out, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(out.length + 1));
  return new Map(paths.sort().map((path) => [path, readFileSync(join(out, path), 'utf8')]));
}

describe('five hundred generated customers', () => {
  let files: Map<string, string>;
  let model: Model;
  let compiled: Compiled;
  let diagnostics: Diagnostic[];

  beforeAll(async () => {
    files = await generate(500, 1, 'first');
    const read = readWorkingTree(join(folder, 'first'));
    const { settings, diagnostics: ofCatalogue } = readCatalogue(read.files, read.hasSettings);
    const loaded = await loadModel(read.files, settings ?? {});
    model = loaded.model;
    compiled = compileModel(model);
    diagnostics = [...read.diagnostics, ...ofCatalogue, ...loaded.diagnostics, ...compiled.diagnostics];
  });

  it('are valid, without so much as a warning', () => {
    expect(diagnostics.map(({ rule, at, message }) => `${at.path} ${rule}: ${message}`)).toEqual([]);
    expect(model.customers.size).toBe(500);
    expect([...compiled.customers.values()].filter(({ timeline }) => timeline).length).toBe(500);
  });

  it('use every construct of the language', () => {
    const customers = [...model.customers.values()].map(({ data }) => data);
    const contracts = customers.flatMap((customer) => customer.contracts ?? []);
    const exceptions = customers.flatMap((customer) => customer.exceptions ?? []);
    const lasting = exceptions.flatMap((exception) => ('onLapse' in exception ? [exception] : []));
    const words = (list: readonly unknown[]) => [...new Set(list)].sort();
    expect({
      plans: words(
        customers.flatMap(({ plan, trials = [], contracts = [] }) => [
          plan,
          ...[...trials, ...contracts].map((one) => one.plan),
        ]),
      ),
      renewals: words(contracts.map(({ renewal }) => renewal?.kind ?? 'month to month')),
      trials: words(customers.flatMap(({ trials = [] }) => trials.map(({ kind }) => kind))),
      statuses: words(customers.flatMap(({ statuses = [] }) => statuses.map(({ stage }) => stage))),
      addOns: words(customers.flatMap(({ addOns = [] }) => addOns.map(({ id }) => id))),
      decisions: words(exceptions.map(({ decision }) => decision)),
      answers: words(lasting.flatMap(({ onUpgrade, onDowngrade, onLapse }) => [onUpgrade, onDowngrade, onLapse])),
      expiry: words(lasting.map(({ expires }) => (expires === 'contract' ? expires : 'day'))),
      effects: words(
        exceptions.flatMap((one) =>
          one.decision === 'configuration' ? ['set', 'add', 'access'].filter((key) => key in one) : [],
        ),
      ),
      keys: words(customers.flatMap((customer) => Object.keys(customer))),
    }).toEqual({
      plans: ['dedicated@1', 'enterprise@1', 'partner@1', 'pilot@1', 'starter@1', 'studio@1', 'studio@2'],
      renewals: ['auto', 'manual', 'month to month', 'none'],
      trials: ['pilot', 'trial'],
      statuses: ['closed', 'pastDue', 'suspended'],
      addOns: [
        'aiBoost',
        'directorySync',
        'euResidency',
        'extraApiCalls',
        'extraStorage',
        'guestPack',
        'longAuditLog',
        'prioritySupport',
        'sandbox',
        'singleSignOn',
        'whiteLabel',
      ],
      decisions: ['configuration', 'feature', 'no', 'promise', 'service'],
      answers: ['ask', 'block', 'drop', 'keep'],
      expiry: ['contract', 'day'],
      effects: ['access', 'add', 'set'],
      keys: [
        'access',
        'account',
        'accountOwner',
        'addOns',
        'aliases',
        'amendments',
        'billing',
        'contracts',
        'details',
        'domains',
        'exceptions',
        'externalIds',
        'name',
        'plan',
        'quantities',
        'services',
        'statuses',
        'trials',
      ],
    });
  });

  it('go through every stage', () => {
    const reached = [...compiled.customers.values()].flatMap(({ timeline }) => timeline?.segments ?? []);
    expect([...new Set(reached.map(({ stage }) => stage))].sort()).toEqual([...stages].sort());
    expect(reached.some(({ layers }) => layers.some(({ heldSince }) => heldSince !== undefined))).toBe(true);
  });

  it('never share the id of an exception', () => {
    const ids = [...model.customers.values()].flatMap(({ data }) => (data.exceptions ?? []).map(({ id }) => id));
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('are mostly small, and on average as long as those the goals are set for', () => {
    const texts = [...files].filter(([path]) => path.startsWith('customers/')).map(([, text]) => text);
    const lines = texts.map((text) => text.split('\n').length - 1).sort((a, b) => a - b);
    const total = lines.reduce((sum, count) => sum + count, 0);
    expect(lines[Math.floor(lines.length / 2)]).toBeLessThanOrEqual(10);
    expect(total / texts.length).toBeGreaterThan(38);
    expect(total / texts.length).toBeLessThan(52);
  });

  it('are the same bytes for the same seed, and other companies for another', async () => {
    expect(await generate(500, 1, 'again')).toEqual(files);
    const other = await generate(500, 2, 'other');
    const [same, changed] = [
      new Set(files.values()),
      [...other.keys()].filter((path) => path.startsWith('customers/')),
    ];
    expect(changed.filter((path) => same.has(other.get(path) ?? ''))).toEqual([]);
  });

  it('are the first ones of a larger repository', async () => {
    const few = await generate(30, 1, 'few');
    expect([...few].filter(([path, text]) => files.get(path) !== text)).toEqual([]);
  });
});

describe('committed', () => {
  const committed = (root: string): string[] => git(root, 'ls-tree', '-r', '--name-only', 'HEAD').split('\n');

  it('is the same files, with nothing left to commit', async () => {
    const plain = await generate(300, 1, 'plain');
    const out = join(folder, 'committed');
    await generateRepository({ customers: 300, out, git: true });
    expect(committed(out)).toEqual([...plain.keys()]);
    expect(git(out, 'status', '--porcelain')).toBe('');
    expect(new Map([...plain.keys()].map((path) => [path, readFileSync(join(out, path), 'utf8')]))).toEqual(plain);
    expect(git(out, 'fsck', '--strict', '--no-dangling')).toBe('');
  });

  it('leaves customers out of the folder and not out of the commit', async () => {
    const out = join(folder, 'sparse');
    await generateRepository({ customers: 300, out, git: true, sparse: true });
    expect(committed(out)).toEqual(committed(join(folder, 'committed')));
    expect(git(out, 'status', '--porcelain')).toBe('');
    expect(readdirSync(out).sort()).toEqual(['.git', 'plans', 'policies', 'schemas']);
  });

  it('goes on from what is there, and leaves the branch as it was', async () => {
    const root = join(folder, 'committed');
    const before = git(root, 'rev-parse', 'HEAD');
    const texts = ['one', '', 'three\nlines ü'];
    const commits = await commitAside(
      root,
      texts.map((bytes) => [{ path: 'plans/note.txt', bytes }]),
    );
    expect([git(root, 'rev-parse', 'HEAD'), git(root, 'status', '--porcelain')]).toEqual([before, '']);
    expect(commits[0]).toBe(before);
    expect(commits.slice(1).map((commit) => git(root, 'show', `${commit}:plans/note.txt`))).toEqual(texts);
    expect(git(root, 'diff', '--name-only', before, commits[3] ?? '')).toBe('plans/note.txt');
    expect(git(root, 'rev-list', '--count', commits[3] ?? '')).toBe('4');
  });

  it('says why git took nothing', async () => {
    const files = [{ path: 'plans//note.txt', bytes: 'x' }];
    await expect(generateCommit(join(folder, 'committed'), 'Wrong', files)).rejects.toThrow('Empty path component');
  });
});

it('a folder with something in it is left alone', async () => {
  const out = mkdtempSync(join(folder, 'taken-'));
  writeFileSync(join(out, 'notes.txt'), 'mine');
  await expect(generateRepository({ customers: 1, out })).rejects.toThrow('is not empty');
  expect(readdirSync(out)).toEqual(['notes.txt']);
});
