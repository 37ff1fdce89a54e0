import { type Credentials, headerFor } from './remote-credentials.ts';
import { gitFailure, runGit, tryGit } from './run-git.ts';

export interface Wanted {
  /** Full commit id. */
  commit: string;
  /** A ref that leads to it there: `refs/pull/12/head`. Without it the commit is asked for by its id alone. */
  ref?: string;
}

const REMOTE = 'origin';

// Nothing of what arrives is checked out or named by a ref, no submodule follows, and no housekeeping begins.
const QUIETLY = ['--quiet', '--no-tags', '--no-recurse-submodules', '--no-write-fetch-head', '--no-auto-maintenance'];

/**
 * Brings commits with their history into this clone as objects, from `origin`, where they are not there yet. Gives those that could not be
 * had. Throws `UsageError` where there is no such remote, or it cannot be read at all.
 */
export async function fetchCommits(
  root: string,
  wanted: readonly Wanted[],
  credentials?: Credentials,
): Promise<ReadonlySet<string>> {
  const isShallow = (await runGit(root, ['rev-parse', '--is-shallow-repository'])).trim() === 'true';
  const missing = await missingOf(root, wanted);
  if (missing.length === 0 && !isShallow) return new Set();
  const fetch = async (names: readonly string[], ...more: string[]) => {
    const args = ['fetch', ...QUIETLY, ...more, REMOTE, ...names];
    return { args, ...(await tryGit(root, args, { environment: headerFor(credentials) })) };
  };
  const refs = missing.flatMap(({ ref }) => ref ?? []);
  if (refs.length > 0 || isShallow) {
    const { args, code, stderr } = await fetch(refs, ...(isShallow ? ['--unshallow'] : []));
    if (code !== 0) throw gitFailure(root, args, stderr);
  }
  // What a ref has moved on from, or never led to, the remote may still hold.
  for (const { commit } of await missingOf(root, wanted)) await fetch([commit]);
  return new Set((await missingOf(root, wanted)).map(({ commit }) => commit));
}

async function missingOf(root: string, wanted: readonly Wanted[]): Promise<Wanted[]> {
  const args = ['cat-file', '--batch-check=%(objecttype)'];
  const input = wanted.map(({ commit }) => `${commit}\n`).join('');
  const types = (await tryGit(root, args, { input })).stdout.toString('utf8').split('\n');
  return wanted.filter((_, index) => types[index] !== 'commit');
}
