import { isError } from '../../engine/diagnostic.ts';
import { nearest } from '../../engine/did-you-mean.ts';
import { editFile } from '../../engine/edit/edit-file.ts';
import { judgeEdits } from '../../engine/edit/judge-edits.ts';
import { newException } from '../../engine/edit/new-exception.ts';
import { nextExceptionIds } from '../../engine/edit/next-id.ts';
import type { ReadIssue } from '../../engine/io/github/read-issue.ts';
import { folderInRepository } from '../../engine/io/place-in-git.ts';
import { customerKnownAs } from '../../engine/register/customer-known-as.ts';
import { list } from '../../engine/report/list.ts';
import { plain } from '../../engine/report/plain.ts';
import { inFormWords, readForm } from '../../engine/request/read-form.ts';
import { openedAnswer, problemsAnswer, recordAnswer, type Written } from '../../engine/request/request-answer.ts';
import { UsageError } from '../../engine/usage-error.ts';
import type { Context, ExitCode } from '../command.ts';
import { type Editable, openEditable } from '../open-editable.ts';
import type { Repository } from '../open-repository.ts';
import { report } from '../report.ts';
import { type AtGitHub, openAtGitHub, openAtGitHubAsApp } from './open-github.ts';

export interface Asked {
  issue: string;
  repository?: string;
  isDryRun: boolean;
}

/** First line of the answer, by which it is found again. */
const MARKER = '<!-- proviso-request:v1 -->';

/** Answers the issue that asks for an exception: with a pull request, with what to write, or with what is missing. */
export async function answerRequest(context: Context, asked: Asked): Promise<ExitCode> {
  if (!/^[1-9][0-9]{0,9}$/.test(asked.issue)) throw new UsageError('--issue is the number of an issue');
  const at = await openAtGitHub(context, asked.repository);
  const issue = await at.github.issueOf(Number(asked.issue));
  const form = issue.isPullRequest || issue.state === 'closed' ? undefined : readForm(issue.body);
  if (!form) return say(context, `#${issue.number} is no open issue with the form for exceptions.\n`, {});
  const repository = await openEditable(context, { ref: 'HEAD' });
  const result = await writtenFrom(context, repository, issue, form);
  const answer = 'problems' in result ? problemsAnswer(result.problems) : recordAnswer(result);
  if (asked.isDryRun) {
    const shown = answer.split('\n').map(plain).join('\n');
    return say(context, `${shown}Nothing was written (--dry-run).\n`, { answer });
  }
  const body = 'problems' in result ? answer : ((await propose(context, at, repository, issue, result)) ?? answer);
  const { url } = await at.github.comment({ number: issue.number, marker: MARKER, body });
  return say(context, `Answered: ${plain(url)}\n`, { answer: body, url });
}

const say = (context: Context, text: string, json: object): ExitCode =>
  report(context, { diagnostics: [], json: () => json, text: () => text });

type Form = NonNullable<ReturnType<typeof readForm>>;

/** The record in the customer's file, judged with the whole repository; or all that is wrong with it. */
async function writtenFrom(
  context: Context,
  repository: Editable,
  { author, editors = [] }: ReadIssue,
  { customer, words, problems }: Form,
): Promise<Written | { problems: readonly string[] }> {
  const { model, files } = repository;
  const entry = customerKnownAs(model.customers, customer);
  const meant = nearest(customer, model.customers.keys());
  // Who writes a request asks for what it says, and could not approve it; a text of several people names one of them only.
  const others = editors.filter((login) => login !== author?.login);
  const all = [
    ...problems,
    ...others.map((login) => `the description was changed by ${login}, who did not open it: open an issue for that`),
    ...(entry || customer === '' ? [] : [`there is no customer ${customer}${meant ? `; did you mean ${meant}?` : ''}`]),
  ];
  if (!entry || all.length > 0) return { problems: all };
  try {
    const id = nextExceptionIds(model, files, 1)[0] ?? '';
    const asked = { ...words, 'asked-by': author?.login ?? 'ghost' };
    const record = newException(id, asked, model.world, context.at.day);
    const { path } = entry.document;
    const bytes = repository.filesAt([path])[0]?.bytes ?? new Uint8Array();
    const edits = [editFile(path, bytes, [{ append: ['exceptions'], items: [record] }])];
    const judged = await judgeEdits(repository, edits, [entry.id]);
    const wrong = judged.diagnostics
      .filter(isError)
      .map(({ message, help }) => (help ? `${message} (${help})` : message));
    return wrong.length > 0 ? { problems: wrong } : { id, customer: entry.id, words: asked, edits };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    // What the command line offers is no help to who fills in a form.
    const help = error.help?.includes('--help') ? undefined : error.help;
    return { problems: [inFormWords(help ? `${error.message} (${help})` : error.message)] };
  }
}

/** Opens the pull request with the token of an app; undefined where there is none, because nothing would look at it, and where nobody can tell who wrote the request. */
async function propose(
  context: Context,
  at: AtGitHub,
  { commit = '' }: Repository,
  issue: ReadIssue,
  { id, customer, edits }: Written,
): Promise<string | undefined> {
  if (!issue.editors) return undefined;
  const app = await openAtGitHubAsApp(context, at.repository);
  if (!app) return undefined;
  const folder = await folderInRepository(context.root);
  const what = `exception ${id} of ${customer}`;
  const { did, url } = await app.propose({
    branch: `proviso/request-${issue.number}`,
    base: await at.github.defaultBranch(),
    parent: commit,
    message: `Record ${what}\n\nAsked for in #${issue.number}.`,
    files: edits.map(({ path, after }) => ({ path: `${folder}${path}`, content: after })),
    title: `Record ${what}`,
    body: `Asked for in #${issue.number}, which is closed with this.\n\nCloses #${issue.number}\n\nFiles: ${list(edits.map(({ path }) => path))}\n`,
  });
  return openedAnswer(did, url);
}
