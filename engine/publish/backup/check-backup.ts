import { refsOf } from '../../../runtime/snapshot/find.ts';
import { parseObject, SnapshotError, sha256 } from '../../../runtime/snapshot/object.ts';
import { readRelease } from '../../../runtime/snapshot/release.ts';
import { decodeNode, isBucket, type TreeNode } from '../../../runtime/snapshot/tree.ts';
import { type Contents, readContents } from './contents.ts';
import { BackupError, readFrames } from './frames.ts';

export interface CheckedBackup {
  contents: Contents;
  /** The heads of each place, oldest first. */
  heads: readonly (readonly Uint8Array[])[];
  objects: number;
  bytes: number;
}

/** What an object is, which says how to find what it leads to. */
type Role = 'root' | 'node' | 'leaf';

/**
 * Reads a backup from its beginning to its end and checks that it holds what it says: every object has the content its
 * name says, and every release all of its objects. Whose heads they are is not looked at.
 *
 * @throws BackupError that says what is wrong with it.
 */
export async function checkBackup(chunks: AsyncIterable<Uint8Array>): Promise<CheckedBackup> {
  let contents: Contents | undefined;
  let heads: Uint8Array[][] = [];
  const seen = new Set<string>();
  const wanted = new Map<string, Role>();
  const want = (hash: string, role: Role): void => {
    if (!seen.has(hash) && !wanted.has(hash)) wanted.set(hash, role);
  };
  let bytes = 0;
  for await (const { kind, body } of readFrames(chunks)) {
    if (kind === 'B') {
      if (contents) throw new BackupError('it begins twice');
      contents = readContents(body);
      heads = contents.places.map(() => []);
      for (const hash of contents.beside) want(hash, 'leaf');
      for (const root of contents.roots) want(root, 'root');
    } else if (kind === 'H') {
      const place = heads[body[0] ?? 255];
      if (!place) throw new BackupError('a head in it has no place');
      place.push(Uint8Array.from(body.subarray(1)));
    } else {
      const hash = sha256(body);
      const role = wanted.get(hash);
      if (role === undefined) throw new BackupError(`object ${hash} in it belongs to nothing, or was damaged`);
      wanted.delete(hash);
      seen.add(hash);
      bytes += body.length;
      for (const [next, of] of await leadsTo(hash, body, role)) want(next, of);
    }
  }
  if (!contents) throw new BackupError('it is no backup of Proviso');
  const [missing] = wanted.keys();
  if (missing !== undefined) throw new BackupError(`object ${missing} is missing from it`);
  contents.places.forEach(({ env, channel, heads: count }, index) => {
    if (heads[index]?.length !== count) throw new BackupError(`heads of ${env}/${channel} are missing from it`);
  });
  return { contents, heads, objects: seen.size, bytes };
}

async function leadsTo(hash: string, bytes: Uint8Array, role: Role): Promise<[string, Role][]> {
  if (role === 'leaf') return [];
  try {
    if (role === 'node') return below(decodeNode(hash, parseObject(hash, bytes)));
    const { plans, catalogue, rules, customers } = await readRelease(async () => new Map([[hash, bytes]]), hash);
    const beside = [...Object.values(plans), catalogue, rules].map((ref): [string, Role] => [ref.hash, 'leaf']);
    return [...beside, ...below(customers)];
  } catch (error) {
    if (error instanceof SnapshotError) throw new BackupError(error.message);
    throw error;
  }
}

const below = (node: TreeNode): [string, Role][] =>
  [...refsOf(node)].map(({ hash }) => [hash, isBucket(node) ? 'leaf' : 'node']);
