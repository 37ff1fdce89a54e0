import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateCustomer } from '../../../engine/generate/generate-customer.ts';
import { idIn } from '../../../engine/register/id-in.ts';
import { countedRun } from '../../fixtures/register/counted-run.ts';
import { sharedFiles } from '../../fixtures/register/random-history.ts';
import { alter, recordsOf, type Tree } from '../../fixtures/register/terms.ts';
import { importHistory } from '../../fixtures/verify/import-history.ts';

const SIZES = [1_000, 20_000] as const;

/** Customers that every size has, by their number: an account of two lines, and one with contracts and exceptions. */
const [SMALL, LARGE] = [1, 13];

type Edit = (tree: Tree) => void;

/** Edits of one customer's file, with the same words whatever else there is. */
const edits: Readonly<Record<string, Edit>> = {
  'more seats': (tree) => alter(tree, pathOf(SMALL), { 'quantities.seats': 12 }),
  'a comment': (tree) => {
    tree[pathOf(SMALL)] = `# as agreed\n${tree[pathOf(SMALL)] as string}`;
  },
  'an exception of one’s own': (tree) => {
    const [record] = recordsOf(tree, pathOf(LARGE), 'exceptions');
    const own = {
      id: 'EX-own-1',
      need: 'Lanterns are counted on Fridays.',
      because: 'Nobody else has lanterns.',
      owner: 'lantern@product.example',
      set: { sandboxes: 3 },
    };
    alter(tree, pathOf(SMALL), { exceptions: [{ ...record, access: undefined, expires: '2026-12-31', ...own }] });
  },
  'an account': (tree) => alter(tree, pathOf(SMALL), { account: 'acc_own', domains: ['own.example'] }),
  'nobody any more': (tree) => {
    delete tree[pathOf(SMALL)];
  },
};

const pathOf = (index: number): string => generateCustomer(1, index).path;

/** One history for each edit, beside each other, all from one commit. */
function importCompany(root: string, size: number): string[] {
  execFileSync('git', ['init', '--quiet', '--bare', root]);
  const files: Tree = sharedFiles();
  for (let index = 0; index < size; index += 1) {
    const { path, text } = generateCustomer(1, index);
    files[path] = text;
  }
  const author = { name: 'Kim', email: 'kim@product.example' };
  const commit = { author, message: 'terms', at: Date.parse('2026-05-01T00:00:00Z') };
  const made = Object.values(edits).map((edit) => {
    const paths = [pathOf(SMALL), pathOf(LARGE)];
    const after: Tree = Object.fromEntries(paths.map((path) => [path, files[path] as string]));
    edit(after);
    const left = Object.fromEntries(paths.map((path) => [path, after[path] ?? null]));
    return { ...commit, parents: [0], files: left, isEdit: true as const };
  });
  return importHistory(root, [{ ...commit, parents: [], files }, ...made]);
}

describe('the work of a change to one customer', () => {
  const places = new Map<number, { root: string; ids: string[] }>();
  let folder = '';

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'proviso-test-'));
    for (const size of SIZES) {
      const root = join(folder, `${size}.git`);
      const ids = importCompany(root, size);
      execFileSync('git', ['update-ref', 'HEAD', ids[0] as string], { cwd: root });
      places.set(size, { root, ids });
      // What is kept of the base is made once, and is not what is counted.
      countedRun(['diff', '--base', ids[0] as string, '--head', ids[0] as string], { root, folder });
    }
  }, 600_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(
    Object.keys(edits).flatMap((edit, index) => [
      ['check', edit, index + 1] as const,
      ['diff', edit, index + 1] as const,
    ]),
  )('%s: %s is as much of 20,000 customers as of 1,000', (command, _edit, index) => {
    const [few, many] = SIZES.map((size) => {
      const { root, ids } = places.get(size) as { root: string; ids: string[] };
      const argv = [command, '--base', ids[0] as string, '--head', ids[index] as string, '--at', '2026-06-01'];
      return countedRun([...argv, '--format', 'json'], { root, folder });
    }) as [ReturnType<typeof countedRun>, ReturnType<typeof countedRun>];
    expect([few.stderr, many.stderr]).toEqual(['', '']);
    const { reads: fewReads, ...fewWork } = few.work;
    const { reads: manyReads, ...manyWork } = many.work;
    expect(manyWork).toEqual(fewWork);
    // Files of what everybody shares, the two sides of the customer, and the folders they lie in.
    expect(manyWork.objects.length).toBeLessThan(65);
    expect(manyWork.git.length).toBeLessThan(8);
    expect(manyReads.count).toBeLessThanOrEqual(fewReads.count + 12);
  });

  it.each([
    ['explain', idIn(pathOf(LARGE))],
    ['simulate', idIn(pathOf(LARGE)), '--event', 'lapse'],
  ])('%s %s is as much of 20,000 customers as of 1,000', (...argv) => {
    const [few, many] = SIZES.map((size) => {
      const { root, ids } = places.get(size) as { root: string; ids: string[] };
      const asked = [...argv, '--ref', ids[0] as string, '--at', '2026-06-01', '--format', 'json'];
      return countedRun(asked, { root, folder });
    }) as [ReturnType<typeof countedRun>, ReturnType<typeof countedRun>];
    expect([many.stdout, many.stderr, many.exitCode]).toEqual([few.stdout, few.stderr, 0]);
    const { reads: fewReads, ...fewWork } = few.work;
    const { reads: manyReads, ...manyWork } = many.work;
    expect(manyWork).toEqual(fewWork);
    expect(manyReads.count).toBeLessThanOrEqual(fewReads.count + 12);
  });
});
