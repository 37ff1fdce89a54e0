/** What the bytes of a tree of git say: `<mode> <name>\0<id>`, one after the other, in git's order. */
import { UsageError } from '../usage-error.ts';

export interface TreeObject {
  oid: string;
  bytes: Buffer;
}

/** What a tree lists under one name. */
export interface TreeNode {
  name: string;
  /** `100644`, `100755`, `120000` (symbolic link), `160000` (submodule) or `TREE`. */
  mode: string;
  oid: string;
}

export const TREE = '040000';

/** Everything a tree lists. Throws `UsageError` for a tree that is damaged. */
export const nodesOf = (tree: TreeObject): TreeNode[] => rawNodes(tree, 0, tree.bytes.length).map(nodeOf);

/** What two trees list differently, by name: what each has there. Only what lies around the differences is looked at. */
export function differingNodes(
  before: TreeObject,
  after: TreeObject,
): (readonly [before: TreeNode | undefined, after: TreeNode | undefined])[] {
  const [from, ends] = differingPart(before, after);
  const old = rawNodes(before, from, ends[0]);
  const young = rawNodes(after, from, ends[1]);
  const differing: (readonly [TreeNode | undefined, TreeNode | undefined])[] = [];
  for (let one = 0, other = 0; one < old.length || other < young.length; ) {
    const [was, is] = [old[one], young[other]];
    const order = !was ? 1 : !is || was.order < is.order ? -1 : was.order > is.order ? 1 : 0;
    if (order <= 0) one += 1;
    if (order >= 0) other += 1;
    const left = order <= 0 ? was : undefined;
    const right = order >= 0 ? is : undefined;
    if (left?.oid !== right?.oid || left?.mode !== right?.mode)
      differing.push([left && nodeOf(left), right && nodeOf(right)]);
  }
  return differing;
}

/** A node as it is ordered: byte by byte, and a folder as if its name ended in `/`. */
interface RawNode {
  order: string;
  mode: string;
  oid: string;
}

const SPACE = 32;
const NUL = 0;

function rawNodes(tree: TreeObject, from: number, to: number): RawNode[] {
  const { bytes } = tree;
  const nodes: RawNode[] = [];
  for (let position = from; position < to; ) {
    const space = bytes.indexOf(SPACE, position);
    const next = nextNode(tree, position);
    const nul = next - 1 - idSize(tree);
    if (space < 0 || space >= nul - 1) throw damaged(tree);
    const mode = modeOf(bytes.toString('latin1', position, space));
    const name = bytes.toString('latin1', space + 1, nul);
    nodes.push({ order: mode === TREE ? `${name}/` : name, mode, oid: bytes.toString('hex', nul + 1, next) });
    position = next;
  }
  return nodes;
}

function nodeOf({ order, mode, oid }: RawNode): TreeNode {
  const name = mode === TREE ? order.slice(0, -1) : order;
  return { name: Buffer.from(name, 'latin1').toString('utf8'), mode, oid };
}

/** Ids are as long as the tree's own, in half as many bytes. */
const idSize = ({ oid }: TreeObject): number => oid.length / 2;

/** Where the node after the one at a place begins. */
function nextNode(tree: TreeObject, position: number): number {
  const nul = tree.bytes.indexOf(NUL, position);
  const next = nul + 1 + idSize(tree);
  if (nul < 0 || next > tree.bytes.length) throw damaged(tree);
  return next;
}

const damaged = ({ oid }: TreeObject): UsageError =>
  new UsageError(`the tree ${oid} in this git repository is damaged`, 'see what `git fsck` says, or clone again');

const KIND = 0o170000;

/** git knows no other modes than these, whatever the program wrote that made the tree. */
function modeOf(written: string): string {
  const mode = Number.parseInt(written, 8);
  switch (mode & KIND) {
    case 0o100000:
      return mode & 0o100 ? '100755' : '100644';
    case 0o120000:
      return '120000';
    case 0o040000:
      return TREE;
    default:
      return '160000';
  }
}

/** The part of two trees without the nodes that both begin with, and without those that both end with. */
function differingPart(one: TreeObject, other: TreeObject): [from: number, ends: readonly [number, number]] {
  const [size, otherSize] = [one.bytes.length, other.bytes.length];
  const same = sameStart(one.bytes, other.bytes);
  let from = 0;
  while (from < size) {
    const next = nextNode(one, from);
    if (next > same) break;
    from = next;
  }
  const sameAtEnd = Math.min(sameEnd(one.bytes, other.bytes), size - from, otherSize - from);
  const ends = [nodeAfter(one, from, size - sameAtEnd), nodeAfter(other, from, otherSize - sameAtEnd)] as const;
  // Both end with the same nodes only where these begin at the same bytes.
  return size - ends[0] === otherSize - ends[1] ? [from, ends] : [from, [size, otherSize]];
}

/** Where the first node begins that does so at a place or after it. */
function nodeAfter(tree: TreeObject, from: number, place: number): number {
  let position = from;
  while (position < place) position = nextNode(tree, position);
  return position;
}

const STEP = 4096;

function sameStart(one: Buffer, other: Buffer): number {
  const most = Math.min(one.length, other.length);
  let same = 0;
  while (same + STEP <= most && one.compare(other, same, same + STEP, same, same + STEP) === 0) same += STEP;
  while (same < most && one[same] === other[same]) same += 1;
  return same;
}

function sameEnd(one: Buffer, other: Buffer): number {
  const most = Math.min(one.length, other.length);
  let same = 0;
  for (;;) {
    const [end, otherEnd] = [one.length - same, other.length - same];
    if (same + STEP > most || one.compare(other, otherEnd - STEP, otherEnd, end - STEP, end) !== 0) break;
    same += STEP;
  }
  while (same < most && one[one.length - 1 - same] === other[other.length - 1 - same]) same += 1;
  return same;
}
