import { decodeHead, type Head } from '../../runtime/snapshot/head.ts';
import { SnapshotError } from '../../runtime/snapshot/object.ts';
import type { StorePlace, WriteStore } from '../../runtime/stores/store.ts';
import { isDamage } from './is-damage.ts';

/** Which releases of a place can still be brought back. */
export interface KeepPolicy {
  /** So many of the newest, each content counted once: refreshes are none of their own. */
  roots: number;
  /** Those that were in force since: milliseconds since 1970. */
  since: number;
  /** Those with these numbers. */
  pinned?: ReadonlySet<number>;
}

export interface KeptHeads {
  /** Newest first; the first is in force. */
  kept: readonly Head[];
  dropped: readonly Head[];
  /** Of every head there ever was: what proves approvals, and what heads were signed with. */
  evidence: ReadonlySet<string>;
  keysets: ReadonlySet<string>;
}

/**
 * Goes through the heads of a place and tells which keep their objects.
 *
 * @throws SnapshotError where one that may have to be kept cannot be read, or is not the one its successor names: then
 * nobody knows what it needs.
 */
export async function keptHeads(
  store: Pick<WriteStore, 'history'>,
  { env, channel }: StorePlace,
  { roots, since, pinned = new Set() }: KeepPolicy,
): Promise<KeptHeads> {
  const [kept, dropped]: [Head[], Head[]] = [[], []];
  const [newest, evidence, keysets] = [new Set<string>(), new Set<string>(), new Set<string>()];
  /** When the one before was put in force, which is how long this one was. */
  let until = Number.POSITIVE_INFINITY;
  let expected: string | null | undefined;
  const mayMatter = (): boolean => newest.size < roots || until >= since;
  for await (const envelope of unlessDamaged(store.history(env, channel), mayMatter)) {
    const head = read(envelope);
    const isRight = head && (expected === undefined || head.hash === expected);
    if (!isRight && mayMatter()) throw unknown(env, channel, expected ?? head?.hash ?? '');
    expected = head?.payload.prev;
    if (!head) continue;
    const { root, n, keyset, issuedAt } = head.payload;
    if (newest.size < roots) newest.add(root);
    const isKept = newest.has(root) || until >= since || pinned.has(n);
    (isKept ? kept : dropped).push(head);
    evidence.add(head.payload.evidence);
    if (keyset !== undefined) keysets.add(keyset);
    until = Date.parse(issuedAt);
  }
  if (typeof expected === 'string' && mayMatter()) throw unknown(env, channel, expected);
  return { kept, dropped, evidence, keysets };
}

function read(envelope: Uint8Array): Head | undefined {
  try {
    return decodeHead(envelope);
  } catch (error) {
    if (error instanceof SnapshotError) return undefined;
    throw error;
  }
}

async function* unlessDamaged(
  history: AsyncIterable<Uint8Array>,
  mayMatter: () => boolean,
): AsyncGenerator<Uint8Array> {
  try {
    yield* history;
  } catch (error) {
    if (!isDamage(error) || mayMatter()) throw error;
  }
}

const unknown = (env: string, channel: string, hash: string): SnapshotError =>
  new SnapshotError('missing', hash, `head ${hash} of ${env}/${channel} is missing or not what it was`);
