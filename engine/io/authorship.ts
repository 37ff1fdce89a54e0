import type { Authorship } from '../approve/approval.ts';
import { runGit, tryGit } from './run-git.ts';

export interface Written {
  authorship: Authorship;
  /** False where the base has gone on since: it has commits that the head has not. */
  isBuiltOn: boolean;
}

/** Which side of a comparison a commit is on, then its people, one a line; NUL between commits. */
const FORMAT = '--format=tformat:%m%n%ae%n%ce%n%(trailers:key=Co-authored-by,valueonly)';
const OF_BASE = '<';

/**
 * Who wrote a change, as git alone knows it: the e-mails of authors, committers and co-authors of every commit that the
 * head has and the base has not; for the folder, also of whoever works in it. Git knows no accounts, so nobody is unknown.
 */
export async function writtenSince(root: string, base: string | undefined, head: string | undefined): Promise<Written> {
  const to = head ?? 'HEAD';
  const range = base === undefined ? [to] : ['--left-right', `${base}...${to}`];
  const [logged, own] = await Promise.all([
    runGit(root, ['log', '-z', '--no-show-signature', FORMAT, ...range, '--']),
    head === undefined ? tryGit(root, ['config', '--get', 'user.email']) : { stdout: '' },
  ]);
  const commits = logged.split('\0').map((record) => record.split('\n'));
  const people = commits.flatMap(([side, ...lines]) => (side === OF_BASE ? [] : lines));
  const emails = [...people, own.stdout.toString()].map((line) => (/<([^>]*)>/.exec(line)?.[1] ?? line).trim());
  return {
    authorship: {
      people: [],
      unknown: [],
      emails: [...new Set(emails.map((email) => email.toLowerCase()))].filter(Boolean),
    },
    isBuiltOn: !commits.some(([side]) => side === OF_BASE),
  };
}
