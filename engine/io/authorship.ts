import type { Authorship } from '../approve/approval.ts';
import { readObjects } from './read-objects.ts';
import { runGit, tryGit } from './run-git.ts';

export interface Written {
  authorship: Authorship;
  /** False where the base has gone on since: it has commits that the head has not. */
  isBuiltOn: boolean;
}

/** Lines with the people of a change, each an e-mail or a name with one in angles. */
interface Logged {
  people: readonly string[];
  isBuiltOn: boolean;
}

/**
 * Who wrote a change, as git alone knows it: the e-mails of authors, committers and co-authors of every commit that the
 * head has and the base has not; for the folder, also of whoever works in it. Git knows no accounts, so nobody is unknown.
 */
export async function writtenSince(root: string, base: string | undefined, head: string | undefined): Promise<Written> {
  const [{ people, isBuiltOn }, own] = await Promise.all([
    logOf(root, base, head ?? 'HEAD'),
    head === undefined ? tryGit(root, ['config', '--get', 'user.email']) : { stdout: '' },
  ]);
  const emails = [...people, own.stdout.toString()].map((line) => (/<([^>]*)>/.exec(line)?.[1] ?? line).trim());
  return {
    authorship: {
      people: [],
      unknown: [],
      emails: [...new Set(emails.map((email) => email.toLowerCase()))].filter(Boolean),
    },
    isBuiltOn,
  };
}

const logOf = async (root: string, base: string | undefined, head: string): Promise<Logged> =>
  (base !== undefined && (await readFew(root, base, head))) || askLog(root, base, head);

/** What stands in a message is read by git alone, and so is what is written in other letters, or broken. */
const SAYS_MORE = /^encoding |co-authored-by|\0/im;

/** Commits that are followed one by one before git is asked to find the way. */
const FEW = 8;

/** The people of a few commits, one after the other, that lead from the base to the head; undefined where there is more to know. */
async function readFew(root: string, base: string, head: string): Promise<Logged | undefined> {
  const people: string[] = [];
  let at = head;
  for (let seen = 0; seen <= FEW; seen += 1) {
    const [commit] = await readObjects(root, [`${at}^{commit}`]);
    if (!commit) return undefined;
    if (commit.oid === base) return { people, isBuiltOn: true };
    const text = commit.bytes.toString('utf8');
    const [lines = ''] = text.split('\n\n', 1);
    const parents = [...lines.matchAll(/^parent (.*)$/gm)];
    const written = [...lines.matchAll(/^(?:author|committer) [^<>\n]*<([^<>\n]*)> /gm)];
    if (parents.length !== 1 || written.length !== 2 || SAYS_MORE.test(text)) return undefined;
    people.push(...written.map(([, email = '']) => email));
    at = parents[0]?.[1] as string;
  }
  return undefined;
}

/** Which side of a comparison a commit is on, then its people, one a line; NUL between commits. */
const FORMAT = '--format=tformat:%m%n%ae%n%ce%n%(trailers:key=Co-authored-by,valueonly)';
const OF_BASE = '<';

async function askLog(root: string, base: string | undefined, head: string): Promise<Logged> {
  const range = base === undefined ? [head] : ['--left-right', `${base}...${head}`];
  const logged = await runGit(root, ['log', '-z', '--no-show-signature', FORMAT, ...range, '--']);
  const commits = logged.split('\0').map((record) => record.split('\n'));
  return {
    people: commits.flatMap(([side, ...lines]) => (side === OF_BASE ? [] : lines)),
    isBuiltOn: !commits.some(([side]) => side === OF_BASE),
  };
}
