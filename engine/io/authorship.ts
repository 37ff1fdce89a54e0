import type { Authorship } from '../approve/approval.ts';
import { runGit, tryGit } from './run-git.ts';

/**
 * Who wrote a change, as git alone knows it: the e-mails of authors, committers and co-authors of every commit that the
 * head has and the base has not; for the folder, also of whoever works in it. Git knows no accounts, so nobody is unknown.
 */
export async function authorshipInGit(
  root: string,
  base: string | undefined,
  head: string | undefined,
): Promise<Authorship> {
  const format = '--format=%ae%n%ce%n%(trailers:key=Co-authored-by,valueonly)';
  const logged = await runGit(root, [
    'log',
    format,
    base === undefined ? (head ?? 'HEAD') : `${base}..${head ?? 'HEAD'}`,
  ]);
  const { stdout } = head === undefined ? await tryGit(root, ['config', '--get', 'user.email']) : { stdout: '' };
  const lines = [...logged.split('\n'), stdout.toString()].map((line) => /<([^>]*)>/.exec(line)?.[1] ?? line);
  return {
    people: [],
    unknown: [],
    emails: [...new Set(lines.map((line) => line.trim().toLowerCase()))].filter(Boolean),
  };
}
