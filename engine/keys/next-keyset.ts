import type { PublicKeys, Signer } from '../../runtime/snapshot/envelope.ts';
import { checkFollows, type Keyset, signKeyset } from '../../runtime/snapshot/keyset.ts';
import { list } from '../report/list.ts';
import { plural } from '../report/plural.ts';
import { UsageError } from '../usage-error.ts';
import { type KeyChange, publicKeysOf } from './key-change.ts';
import { shortId } from './short-id.ts';

/**
 * The keyset after another, signed with root keys that are at hand: enough of the one before, and enough of its own.
 *
 * @throws UsageError that says which keys are lacking, or which are named and not there.
 */
export async function nextKeyset(before: Keyset, signers: readonly Signer[], change: KeyChange): Promise<Keyset> {
  const { payload } = before;
  for (const { keyid } of signers)
    if (!Object.hasOwn(payload.rootKeys, keyid))
      throw new UsageError(
        `key ${shortId(keyid)} is no root key of keyset ${payload.version}`,
        `its root keys are ${list(Object.keys(payload.rootKeys).map(shortId))}`,
      );
  const dropped = change.droppedRoots.map((id) => findKey(payload.rootKeys, id, 'root key', payload.version));
  const rootKeys = { ...without(payload.rootKeys, dropped), ...publicKeysOf(change.newRoots) };
  const rootThreshold = change.threshold ?? payload.rootThreshold;
  const roots = Object.keys(rootKeys);
  if (rootThreshold > roots.length)
    throw new UsageError(
      `${rootThreshold} root keys would be needed and there would be ${roots.length}`,
      'say a smaller --threshold, or make another one with --new-root',
    );
  const all = new Map([...signers, ...change.newRoots].map((signer) => [signer.keyid, signer]));
  demandEnough(payload.version, Object.keys(payload.rootKeys), payload.rootThreshold, all);
  demandEnough(payload.version + 1, roots, rootThreshold, all);
  const kept =
    change.keptHeads === 'all'
      ? Object.keys(payload.headKeys)
      : change.keptHeads.map((id) => findKey(payload.headKeys, id, 'head key', payload.version));
  const left = Object.keys(payload.headKeys).filter((id) => !kept.includes(id));
  const next = await signKeyset(
    {
      ...payload,
      version: payload.version + 1,
      prev: before.hash,
      expires: change.expires,
      rootKeys,
      rootThreshold,
      headKeys: { ...without(payload.headKeys, left), ...publicKeysOf(change.newHeads) },
    },
    [...all.values()],
  );
  checkFollows(before, next);
  return next;
}

function demandEnough(
  version: number,
  roots: readonly string[],
  threshold: number,
  signers: ReadonlyMap<string, Signer>,
): void {
  const there = roots.filter((id) => signers.has(id)).length;
  if (there < threshold)
    throw new UsageError(
      `keyset ${version} takes ${plural(threshold, 'root key')} to sign, and here ${there === 1 ? 'is' : 'are'} ${there}`,
      'give each with --root-key <file>',
    );
}

function findKey(keys: PublicKeys, wanted: string, what: string, version: number): string {
  const ids = Object.keys(keys);
  const found = wanted.length >= 8 ? ids.filter((id) => id.startsWith(wanted)) : ids.filter((id) => id === wanted);
  const [id] = found;
  if (id !== undefined && found.length === 1) return id;
  throw new UsageError(
    `keyset ${version} has no ${what} ${wanted}`,
    `it has ${list(ids.map(shortId)) || 'none'}: say the first 8 characters or more`,
  );
}

const without = (keys: PublicKeys, ids: readonly string[]): PublicKeys =>
  Object.fromEntries(Object.entries(keys).filter(([id]) => !ids.includes(id)));
