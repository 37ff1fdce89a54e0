import { hash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { canonicalJson } from '../../runtime/snapshot/canonical-json.ts';
import type { HeadPayload } from '../../runtime/snapshot/head.ts';
import { ownDataIn } from './place-in-git.ts';

/** What a release is and what it was made of. */
export type OwnRelease = Pick<HeadPayload, 'root' | 'commit' | 'policyDigest' | 'compiler' | 'folder'>;

/** The last release of a place that this clone made itself: who can write to the store alone cannot say that of another. */
export interface OwnReleases {
  isOwn(release: OwnRelease): boolean;
  remember(release: OwnRelease): void;
}

/** Kept inside git's own folder, as the hash of what the release is. */
export async function ownReleases(
  root: string,
  { env, channel }: { env: string; channel: string },
): Promise<OwnReleases> {
  const path = await ownDataIn(root, `own-releases/${encodeURIComponent(`${env}/${channel}`)}`);
  return {
    isOwn: (release) => read(path) === nameOf(release),
    remember(release) {
      try {
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, nameOf(release));
      } catch {
        // What is not remembered is made anew the next time.
      }
    },
  };
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

const nameOf = ({ root, commit, policyDigest, compiler, folder }: OwnRelease): string =>
  hash('sha256', canonicalJson({ root, commit, policyDigest, compiler, folder }), 'hex');
