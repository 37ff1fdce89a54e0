import { folderInRepository } from '../../engine/io/place-in-git.ts';
import { plain } from '../../engine/report/plain.ts';
import { reviewMarkdown } from '../../engine/report/review-markdown.ts';
import { verdictLine } from '../../engine/review/left-on-pull.ts';
import type { PullRequest } from '../../engine/review/pull-request.ts';
import { UsageError } from '../../engine/usage-error.ts';
import type { Context, ExitCode } from '../command.ts';
import { report } from '../report.ts';
import { type AtGitHub, openAtGitHub } from './open-github.ts';
import { postReview } from './post-review.ts';
import { type ReviewedPull, reviewPullRequest } from './review-pull-request.ts';

export interface Asked {
  pull?: string;
  head?: string;
  repository?: string;
  isDryRun: boolean;
}

/** Reviews pull requests and says so on GitHub. Exit code 1 where one of them is blocked; approvals that are missing are no failure. */
export async function reviewOnGitHub(context: Context, asked: Asked): Promise<ExitCode> {
  const at = await openAtGitHub(context, asked.repository);
  const done: Done[] = [];
  for (const pull of await findPulls(at, asked)) done.push(await reviewOne(context, at, pull, asked.isDryRun));
  const exitCode = report(context, {
    diagnostics: [],
    json: () => ({ repository: at.repository, pulls: done.map(({ text: _, markdown: __, ...one }) => one) }),
    markdown: () => done.map(({ markdown }) => markdown).join('\n') || `No open pull request ends in ${asked.head}.\n`,
    text: () => done.map(({ text }) => text).join('') || `No open pull request ends in ${asked.head}.\n`,
  });
  return done.some(({ verdict }) => verdict === 'blocked') ? 1 : exitCode;
}

async function findPulls({ github }: AtGitHub, { pull, head }: Asked): Promise<PullRequest[]> {
  if ((pull === undefined) === (head === undefined))
    throw new UsageError('which pull request?', 'give its number with --pull, or the commit it ends in with --head');
  if (head !== undefined) {
    if (/^[0-9a-f]{40}([0-9a-f]{24})?$/.test(head)) return github.openPullRequestsAt(head);
    throw new UsageError('--head is the full id of a commit');
  }
  if (!/^[1-9][0-9]{0,9}$/.test(pull ?? '')) throw new UsageError('--pull is the number of a pull request');
  return [await github.pullRequest(Number(pull))];
}

interface Done {
  pull: number;
  verdict: ReviewedPull['review']['verdict'] | 'closed';
  summary: string;
  posted: readonly string[];
  text: string;
  markdown: string;
}

async function reviewOne(context: Context, at: AtGitHub, pull: PullRequest, isDryRun: boolean): Promise<Done> {
  const title = `#${pull.number} ${plain(pull.title)}`;
  if (pull.state === 'closed') {
    const text = `${title}: is closed, so there is nothing to review.\n`;
    return { pull: pull.number, verdict: 'closed', summary: 'closed', posted: [], text, markdown: text };
  }
  const reviewed = await reviewPullRequest(context, at, pull);
  const { verdict } = reviewed.review;
  const markdown = reviewMarkdown(reviewed.review, { link: runLink(context) });
  const summary = verdictLine(reviewed.review);
  const folder = await folderInRepository(context.root);
  const posted = isDryRun ? [] : await postReview(at, pull, reviewed, markdown, folder);
  const rest = isDryRun
    ? `\n${markdown.split('\n').map(plain).join('\n')}\nNothing was written (--dry-run).\n`
    : posted.map((one) => `  ${plain(one)}\n`).join('');
  return { pull: pull.number, verdict, summary, posted, text: `${title}: ${plain(summary)}\n${rest}`, markdown };
}

/** Where the whole output of the workflow's run can be read; undefined outside one. */
function runLink({ variables }: Context): string | undefined {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: run } = variables;
  return server && repository && run ? `${server}/${repository}/actions/runs/${run}` : undefined;
}
