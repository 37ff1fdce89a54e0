import { StoreError } from '../store.ts';

const name = /^[a-z0-9][a-z0-9-]{0,62}$/;

/** @throws StoreError (`unsuitable`) for an environment or channel that is not lower-case letters, digits and hyphens. */
export function checkPlace(env: string, channel: string): void {
  for (const part of [env, channel])
    if (!name.test(part))
      throw new StoreError(
        'unsuitable',
        `"${part}" cannot name an environment or channel; use letters a-z, digits, hyphens`,
      );
}

const scratch = 'scratch-';

/** @throws StoreError (`unsuitable`) for an environment whose heads are not for trying out. */
export function checkScratch(env: string): void {
  checkPlace(env, 'stable');
  if (!env.startsWith(scratch))
    throw new StoreError(
      'unsuitable',
      `heads of ${env} are kept; only those of an environment named ${scratch}… may go`,
    );
}
