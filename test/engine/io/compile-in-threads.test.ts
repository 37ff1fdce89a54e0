import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { generateCustomer } from '../../../engine/generate/generate-customer.ts';
import { compileInThreads } from '../../../engine/io/compile-in-threads.ts';
import { compileRelease } from '../../../engine/publish/compile-release.ts';
import type { Snapshot } from '../../../runtime/snapshot/release.ts';
import { compileCommit } from '../../../scripts/compile-commit.ts';
import { type OpenedCommit, openForRelease } from '../../../scripts/open-for-release.ts';
import { sharedFiles } from '../../fixtures/register/random-history.ts';
import type { Tree } from '../../fixtures/register/terms.ts';
import { importHistory } from '../../fixtures/verify/import-history.ts';

vi.mock('node:os', async (original) => ({
  ...(await original<typeof import('node:os')>()),
  availableParallelism: () => 2,
}));

/** So many that each thread answers more than once. */
const CUSTOMERS = 500;

const root = mkdtempSync(join(tmpdir(), 'proviso-test-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
let opened: OpenedCommit;

beforeAll(async () => {
  execFileSync('git', ['init', '--quiet', '--bare', root]);
  const files: Tree = sharedFiles();
  for (let index = 0; index < CUSTOMERS; index += 1) {
    const { path, text } = generateCustomer(1, index);
    files[path] = text;
  }
  // Something to be told of customers in either half.
  for (const shard of ['00', 'zz'])
    files[`customers/${shard}/odd-${shard}.yaml`] = 'name: Odd\nplan: studio@2\nquantities: { seats: 9999 }\n';
  const author = { name: 'Kim', email: 'kim@product.example' };
  const [commit = ''] = importHistory(root, [{ parents: [], files, author, message: 'terms', at: 1_780_000_000_000 }]);
  execFileSync('git', ['update-ref', 'HEAD', commit], { cwd: root });
  opened = await openForRelease({ root, progress: () => {} }, 'HEAD');
});

const bytesOf = ({ root: top, count, objects }: Snapshot) => ({
  top,
  count,
  objects: [...objects].map(([hash, bytes]) => [hash, Buffer.from(bytes).toString('base64')]).sort(),
});

describe('a commit compiled in threads', () => {
  it('is the same release, to the byte, and the same is told of it', async () => {
    const done: number[] = [];
    const made = await compileInThreads({ root, ...opened, objects: new Map() }, (count) => done.push(count), 200);
    const alone = compileRelease(opened.model);
    expect(bytesOf(made.snapshot)).toEqual(bytesOf(alone.snapshot));
    expect(made.diagnostics).toEqual(alone.diagnostics);
    expect(new Set(made.diagnostics.map(({ at }) => at.path))).toEqual(
      new Set(['customers/00/odd-00.yaml', 'customers/zz/odd-zz.yaml']),
    );
    expect([done.length, done.at(-1)]).toEqual([4, CUSTOMERS + 2]);
  });

  it('is compiled without them where they come to nothing, and that is told', async () => {
    const world = { ...opened.model.world, digest: 'of other plans' };
    const model = { ...opened.model, world };
    const told: string[] = [];
    const context = { root, progress: (words: string) => void told.push(words) };
    const { snapshot } = await compileCommit(context, { ...opened, model }, undefined, 0);
    expect(told).toContain('threads were of no use (plans and policies read differently here); compiling without them');
    expect(snapshot.root).toBe(compileRelease(opened.model).snapshot.root);
  });
});
