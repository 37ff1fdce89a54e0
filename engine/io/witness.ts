import { compareOrder, decodeHead } from '../../runtime/snapshot/head.ts';
import type { Witness } from '../publish/witness.ts';
import { type Credentials, headerFor } from './remote-credentials.ts';
import { runGit, tryGit } from './run-git.ts';

const REMOTE = 'origin';
const FILE = 'head.json';
/** How often a newer witness of somebody else may come in between. */
const TRIES = 8;

/** Nobody's settings and hooks have a part in it, and nothing is fetched or pushed beside. */
const QUIETLY = ['--quiet', '--no-tags', '--no-recurse-submodules', '--no-write-fetch-head', '--no-auto-maintenance'];
const NO_HOOKS = ['-c', 'core.hooksPath=/dev/null', '-c', 'push.followTags=false'];

/** The same bytes whoever writes them, so that two who remember one head agree on the commit, too. */
const author = (at: string): Record<string, string> => ({
  GIT_AUTHOR_NAME: 'proviso',
  GIT_AUTHOR_EMAIL: 'proviso@localhost',
  GIT_AUTHOR_DATE: at,
  GIT_COMMITTER_NAME: 'proviso',
  GIT_COMMITTER_EMAIL: 'proviso@localhost',
  GIT_COMMITTER_DATE: at,
});

/**
 * The witness in git: the ref `refs/proviso/<env>/<channel>` of this clone and of `origin`, a line of commits each of
 * which holds one head. A push moves it only forward, which is the comparison a swap needs.
 *
 * @param warn is told where `origin` cannot be read, and this clone is asked alone.
 */
export function gitWitness(
  root: string,
  { env, channel }: { env: string; channel: string },
  { credentials, warn }: { credentials?: Credentials; warn(message: string): void },
): Witness {
  const ref = `refs/proviso/${env}/${channel}`;
  const environment = headerFor(credentials);

  /** Where the ref stands at `origin`, with its commit in this clone; undefined where it is not there or cannot be asked. */
  async function shared(): Promise<string | undefined> {
    const args = ['ls-remote', '--quiet', REMOTE, ref];
    const listed = await tryGit(root, args, { environment });
    if (listed.code !== 0) return unread(listed.stderr);
    const commit = listed.stdout.toString('utf8').split('\t')[0] || undefined;
    if (commit === undefined || (await has(root, commit))) return commit;
    const fetched = await tryGit(root, [...NO_HOOKS, 'fetch', ...QUIETLY, REMOTE, ref], { environment });
    return fetched.code === 0 ? commit : unread(fetched.stderr);
  }

  const unread = (stderr: string): undefined =>
    void warn(
      `the witness of ${env}/${channel} cannot be read from ${REMOTE}, only in this clone (${lastLine(stderr)})`,
    );

  const envelopes = async (commits: readonly (string | undefined)[]): Promise<Uint8Array[]> => {
    const found: Uint8Array[] = [];
    for (const commit of new Set(commits)) {
      const envelope = commit && (await readHeadOf(root, commit));
      if (envelope) found.push(envelope);
    }
    return found;
  };

  return {
    async read() {
      return envelopes([(await hasRemote(root)) ? await shared() : undefined, await commitOf(root, ref)]);
    },

    async remember(envelope, { payload }, isOurs) {
      const isPushed = await hasRemote(root);
      for (let tries = 1; tries <= TRIES; tries += 1) {
        const there = isPushed ? await shared() : undefined;
        const here = await commitOf(root, ref);
        const known = await envelopes([isPushed ? there : here]);
        if (known.some((each) => isOurs(each) && compareOrder(decodeHead(each).payload, payload) >= 0))
          return undefined;
        const commit = await writeCommit(root, envelope, there ?? here, payload);
        if ((await tryGit(root, ['update-ref', ref, commit, here ?? NOTHING])).code !== 0) continue;
        if (!isPushed) return undefined;
        const args = [...NO_HOOKS, 'push', '--quiet', REMOTE, `${commit}:${ref}`];
        const pushed = await tryGit(root, args, { environment });
        if (pushed.code === 0) return undefined;
        // Somebody else's came first; what else is wrong does not get better by asking again.
        if (!/rejected|fetch first|non-fast-forward|cannot lock ref|reference already exists/.test(pushed.stderr))
          return `it could not be pushed to ${REMOTE} (${lastLine(pushed.stderr)})`;
      }
      return 'others came first each time';
    },
  };
}

/** What a ref that must not be there yet stands at. */
const NOTHING = '0'.repeat(40);

async function hasRemote(root: string): Promise<boolean> {
  return (await tryGit(root, ['remote', 'get-url', REMOTE])).code === 0;
}

async function commitOf(root: string, ref: string): Promise<string | undefined> {
  const { code, stdout } = await tryGit(root, ['rev-parse', '--verify', '--quiet', `${ref}^{commit}`]);
  return code === 0 ? stdout.toString('utf8').trim() : undefined;
}

async function has(root: string, commit: string): Promise<boolean> {
  return (await tryGit(root, ['cat-file', '-e', `${commit}^{commit}`])).code === 0;
}

async function readHeadOf(root: string, commit: string): Promise<Uint8Array | undefined> {
  const { code, stdout } = await tryGit(root, ['cat-file', 'blob', `${commit}:${FILE}`]);
  return code === 0 ? stdout : undefined;
}

async function writeCommit(
  root: string,
  envelope: Uint8Array,
  parent: string | undefined,
  { env, channel, n, kind, issuedAt }: { env: string; channel: string; n: number; kind: string; issuedAt: string },
): Promise<string> {
  const blob = await written(root, ['hash-object', '-w', '--stdin'], Buffer.from(envelope).toString('utf8'));
  const tree = await written(root, ['mktree'], `100644 blob ${blob}\t${FILE}\n`);
  const parents = parent === undefined ? [] : ['-p', parent];
  const message = `Release ${n} of ${env}/${channel} (${kind})\n`;
  return written(root, ['commit-tree', '--no-gpg-sign', tree, ...parents], message, author(issuedAt));
}

async function written(
  root: string,
  args: readonly string[],
  input: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<string> {
  const { code, stdout } = await tryGit(root, args, { input, environment });
  // Said in git's own words by asking once more where it failed.
  return code === 0 ? stdout.toString('utf8').trim() : (await runGit(root, args)).trim();
}

const lastLine = (text: string): string => text.trim().split('\n').at(-1) ?? '';
