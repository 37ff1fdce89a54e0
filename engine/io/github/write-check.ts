import { hash } from 'node:crypto';
import type { Annotation, Check } from '../../review/host-writes.ts';
import { type Connection, untilClear } from './connect.ts';
import { cutText } from './cut-text.ts';
import { GitHubError } from './github-error.ts';

/** GitHub takes no more in one request; further requests add to them. */
const IN_ONE_REQUEST = 50;

/**
 * Shows a result at a commit: as a check run, or as a commit status for a token that may write no check runs (those of people).
 * The same result is not written twice.
 */
export async function writeCheck(connection: Connection, check: Check): Promise<'check' | 'status'> {
  try {
    await untilClear(connection, () => writeCheckRun(connection, check));
    return 'check';
  } catch (error) {
    const isRefused = error instanceof GitHubError && !error.isTransient && [403, 404].includes(error.status ?? 0);
    if (!isRefused) throw error;
    await untilClear(connection, () => writeStatus(connection, check));
    return 'status';
  }
}

/** What is written over grows longer by its annotations, so a new result is a new run, which takes the place of the old one of its name. */
async function writeCheckRun({ octokit, repo }: Connection, check: Check): Promise<void> {
  const { name, commit, conclusion, url } = check;
  const id = `proviso:${hash('sha256', JSON.stringify(check), 'hex')}`;
  const runs = await octokit.paginate('GET /repos/{owner}/{repo}/commits/{ref}/check-runs', {
    ...repo,
    ref: commit,
    check_name: name,
    filter: 'latest',
    per_page: 100,
  });
  if (runs.some(({ external_id, status }) => external_id === id && status === 'completed')) return;
  const output = { title: check.title.slice(0, 250), summary: cutText(check.summary) };
  const annotations = check.annotations.map(annotationOf);
  const about = { ...repo, name, ...(url !== undefined && { details_url: url }) };
  const { data: run } = await octokit.rest.checks.create({
    ...about,
    head_sha: commit,
    status: 'in_progress',
    output: { ...output, annotations: annotations.slice(0, IN_ONE_REQUEST) },
  });
  for (let from = IN_ONE_REQUEST; from < annotations.length; from += IN_ONE_REQUEST)
    await octokit.rest.checks.update({
      ...about,
      check_run_id: run.id,
      output: { ...output, annotations: annotations.slice(from, from + IN_ONE_REQUEST) },
    });
  await octokit.rest.checks.update({
    ...about,
    check_run_id: run.id,
    external_id: id,
    status: 'completed',
    conclusion,
    output,
  });
}

function annotationOf({ path, startLine, endLine, startColumn, endColumn, level, title, message }: Annotation) {
  const isOneLine = startLine === endLine;
  return {
    path,
    start_line: startLine,
    end_line: endLine,
    ...(isOneLine && startColumn !== undefined && { start_column: startColumn }),
    ...(isOneLine && endColumn !== undefined && { end_column: endColumn }),
    annotation_level: level,
    title: title.slice(0, 255),
    message: cutText(message, 60_000),
  };
}

const states = { success: 'success', neutral: 'success', failure: 'failure', action_required: 'pending' } as const;

async function writeStatus({ octokit, repo }: Connection, check: Check): Promise<void> {
  const { name: context, commit: sha, url } = check;
  const state = states[check.conclusion];
  const description = check.title.length > 140 ? `${check.title.slice(0, 139)}…` : check.title;
  const known = { ...repo, ref: sha, per_page: 100 };
  const statuses = await octokit.paginate('GET /repos/{owner}/{repo}/commits/{ref}/statuses', known);
  const last = statuses.find((one) => one.context === context);
  if (last?.state === state && last.description === description && (last.target_url ?? undefined) === url) return;
  await octokit.rest.repos.createCommitStatus({ ...repo, sha, context, state, description, target_url: url });
}
