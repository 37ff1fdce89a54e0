import type { Head, HeadPayload } from '../../runtime/snapshot/head.ts';
import type { Standing } from './read-standing.ts';
import type { Signing } from './signing.ts';

/** What the content of a release depends on beside the files of its customers. */
export type MadeOf = Pick<HeadPayload, 'policyDigest' | 'compiler' | 'folder'>;

/**
 * The release in force, where the next one may be made from it: the store holds it, it was made of the same plans and
 * policies by the same compiler, and it is certain that its commit comes to it. Of a signed release it is where the keys in
 * force signed it and the witness in git knows it, so that whoever took a key changes nothing that goes on in silence; of an
 * unsigned one, where it is `isOwn`: this clone has made it itself.
 */
export function earlierRelease(
  { current, stored, isWitnessed = false }: Pick<Standing, 'current' | 'stored' | 'isWitnessed'>,
  own: MadeOf,
  { signing, isOwn }: { signing?: Signing; isOwn(head: HeadPayload): boolean },
): Head | undefined {
  if (!stored || stored.hash !== current?.hash) return undefined;
  const { payload } = stored;
  const isAlike = (['policyDigest', 'compiler', 'folder'] as const).every((field) => payload[field] === own[field]);
  if (!isAlike) return undefined;
  const isCertain = signing ? isWitnessed && payload.epoch === signing.keysets.at(-1)?.payload.version : isOwn(payload);
  return isCertain ? stored : undefined;
}
