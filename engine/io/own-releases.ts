import type { HeadPayload } from '../../runtime/snapshot/head.ts';
import { rememberedAs } from './remembered.ts';

/** What a release is and what it was made of. */
export type OwnRelease = Pick<HeadPayload, 'root' | 'commit' | 'policyDigest' | 'compiler' | 'folder'>;

/** The last release of a place that this clone made itself: who can write to the store alone cannot say that of another. */
export interface OwnReleases {
  isOwn(release: OwnRelease): boolean;
  remember(release: OwnRelease): void;
}

export async function ownReleases(
  root: string,
  { env, channel }: { env: string; channel: string },
): Promise<OwnReleases> {
  const known = await rememberedAs(root, `own-releases/${encodeURIComponent(`${env}/${channel}`)}`);
  return {
    isOwn: (release) => known.is(whatItIs(release)),
    remember: (release) => known.remember(whatItIs(release)),
  };
}

const whatItIs = ({ root, commit, policyDigest, compiler, folder }: OwnRelease) => ({
  root,
  commit,
  policyDigest,
  compiler,
  folder,
});
