import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { generateCustomer } from '../../../engine/generate/generate-customer.ts';
import { type OnTheWay, readRegisterParts } from '../../../engine/io/read-register-parts.ts';
import { dataRooms } from '../../../engine/io/rooms.ts';
import { listTree, type TreeEntry } from '../../../engine/io/trees.ts';
import { joinClaims } from '../../../engine/register/claims.ts';
import { settings } from '../../../schemas/settings.ts';
import { openCommit } from '../../../scripts/open-tree.ts';
import { sharedFiles } from '../../fixtures/register/random-history.ts';
import { saidOf } from '../../fixtures/register/said-of.ts';
import type { Tree } from '../../fixtures/register/terms.ts';
import { importHistory } from '../../fixtures/verify/import-history.ts';
import { temporaryFolder } from '../../temporary-repository.ts';

vi.mock('node:os', async (original) => ({
  ...(await original<typeof import('node:os')>()),
  availableParallelism: () => 3,
}));

/** A company in which files of different parts clash: ids, accounts and exceptions, some that are each other's. */
function company(): { root: string; commit: string; wanted(): Promise<TreeEntry[]> } {
  const root = temporaryFolder();
  execFileSync('git', ['init', '--quiet', '--bare', root]);
  const files: Tree = sharedFiles();
  for (let index = 0; index < 60; index += 1) {
    const { path, text } = generateCustomer(1, index);
    files[path] = text;
  }
  const paths = Object.keys(files).filter((path) => path.startsWith('customers/'));
  const [first = '', last = ''] = [paths[0], paths.at(-1)];
  files['customers/zz/same.yaml'] = 'name: One\nplan: studio@2\naccount: acc_same\n';
  files['customers/00/other.yaml'] = 'name: Two\nplan: studio@2\naccount: ACC_same\n';
  files['customers/zz/namesake.yaml'] = 'name: Three\nplan: studio@2\naccount: other\n';
  files[`customers/zz/${first.split('/').at(-1)}`] = files[first] as string;
  files['customers/zz/copy.yaml'] = files[last] as string;
  files['customers/mm/broken.yaml'] = 'name: [\n';
  files['customers/mm/ö.yaml'] = 'name: Ö 😀\nplan: studio@2\n';
  const author = { name: 'Kim', email: 'kim@product.example' };
  const [commit = ''] = importHistory(root, [{ parents: [], files, author, message: 'terms', at: 1_780_000_000_000 }]);
  return { root, commit, wanted: async () => listTree(root, commit, [dataRooms[0]]) };
}

const onTheWay = (onRead: OnTheWay['onRead'] = () => {}): OnTheWay => ({
  onRead,
  onAlone: () => expect.unreachable('threads are of use here'),
});

describe('customers in threads', () => {
  it('are as many parts as there are processors only where they are many', async () => {
    const { root, wanted } = company();
    const all = await wanted();
    const task = { root, settings, wanted: all };
    const read: number[] = [];
    const parts = await readRegisterParts(
      task,
      all.length - 1,
      onTheWay((files) => read.push(files)),
    );
    expect(parts).toHaveLength(3);
    expect(read.at(-1)).toBe(all.length);
    const alone = await readRegisterParts(task, all.length, onTheWay());
    expect(alone).toHaveLength(1);
    expect(parts.flatMap(({ lines }) => lines).sort()).toEqual(alone[0].lines);
    const claims = (of: typeof parts) => joinClaims([of[0].claims, ...of.slice(1).map((part) => part.claims)]);
    const [joined, single] = [claims(parts), claims(alone)];
    expect([joined.customers, [...joined.again].sort()]).toEqual([single.customers, [...single.again].sort()]);
    expect([...joined.again]).toEqual(
      expect.arrayContaining(['customers/zz/same.yaml', 'customers/00/other.yaml', 'customers/zz/namesake.yaml']),
    );
  });

  it('make the same register, to the byte, and the same repository', async () => {
    const made = await Promise.all(
      [0, 1_000].map(async (alone) => {
        const { root, commit } = company();
        const opened = await openCommit({ root }, commit, { few: 0, mostChanged: { files: 1_000, share: 0 }, alone });
        const folder = join(root, 'proviso/registers');
        return {
          said: saidOf(opened),
          tables: readdirSync(folder).map((name) => readFileSync(join(folder, name), 'latin1')),
        };
      }),
    );
    expect(made[0]?.tables).toHaveLength(1);
    expect(made[0]).toEqual(made[1]);
  });

  it('that cannot be read are told as without threads', async () => {
    const { root, wanted } = company();
    const [one, ...others] = await wanted();
    const gone = { ...(one as TreeEntry), oid: '1'.repeat(40) };
    const alone: string[] = [];
    const told = { ...onTheWay(), onAlone: ({ message }: Error) => void alone.push(message) };
    await expect(readRegisterParts({ root, settings, wanted: [...others, gone] }, 0, told)).rejects.toMatchObject({
      name: 'UsageError',
      message: `git does not have the file ${gone.oid}`,
    });
    expect(alone).toEqual([`git does not have the file ${gone.oid}`]);
  });
});
