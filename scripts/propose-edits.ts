import { nearest } from '../engine/did-you-mean.ts';
import type { Edit } from '../engine/edit/edit-file.ts';
import { excerptOf } from '../engine/edit/excerpt.ts';
import { type Judged, judgeEdits } from '../engine/edit/judge-edits.ts';
import { writeEdits } from '../engine/io/write-edits.ts';
import type { Entry, Model } from '../engine/model.ts';
import { customerKnownAs } from '../engine/register/customer-known-as.ts';
import { CATALOGUE_FILE } from '../engine/schemas/files.ts';
import { UsageError } from '../engine/usage-error.ts';
import type { Customer } from '../schemas/customer.ts';
import type { Context, ExitCode } from './command.ts';
import { type Editable, openEditable } from './open-editable.ts';
import type { Repository } from './open-repository.ts';
import { report } from './report.ts';

/** What a `new` command would write. */
export interface Proposal {
  edits: readonly Edit[];
  /** The customers whose files it touches. */
  customers: readonly string[];
  /** What is new, for people: `exception EX-0032`. */
  what: string;
  /** What is new, for programs. */
  json: object;
  /** Remarks, one a line. */
  notes?: readonly string[];
}

/** The working tree to edit, or the exit code after reporting why it cannot be judged. */
export async function openForEditing(context: Context): Promise<Editable | ExitCode> {
  const repository = await openEditable(context);
  const { diagnostics, files } = repository;
  const blind = diagnostics.filter(({ at, severity }) => at.path === CATALOGUE_FILE && severity === 'error');
  return blind.length > 0 ? report(context, { diagnostics: blind, sources: files }) : repository;
}

/**
 * A customer by id or account, or the exit code after reporting what is wrong with its file.
 * Throws `UsageError` where there is none.
 */
export function findForEditing(context: Context, repository: Repository, id: string): Entry<Customer> | ExitCode {
  const { model, files, diagnostics } = repository;
  const found = customerKnownAs(model.customers, id);
  if (found) return found;
  const file = files.find(({ path }) => path.startsWith('customers/') && path.endsWith(`/${id}.yaml`));
  if (file)
    return report(context, { diagnostics: diagnostics.filter(({ at }) => at.path === file.path), sources: files });
  throw noCustomer(id, model);
}

/** What is said of a customer there is not. */
export function noCustomer(id: string, { customers }: Model): UsageError {
  const meant = nearest(id, customers.keys());
  return new UsageError(
    `there is no customer ${id}`,
    meant ? `did you mean ${meant}?` : 'a customer is a file below customers/; `proviso new customer` writes one',
  );
}

/** What is wrong with the would-be files, reported; nothing when they may be written. */
export async function refuse(context: Context, judged: Judged): Promise<ExitCode | undefined> {
  const errors = judged.diagnostics.filter(({ severity }) => severity === 'error');
  if (errors.length === 0) return undefined;
  const { plural } = await import('../engine/report/plural.ts');
  if (context.format === 'text')
    context.writeError(`Nothing was written. It would bring ${plural(errors.length, 'error')}:\n`);
  return report(context, { diagnostics: judged.diagnostics, sources: judged, json: () => ({ written: [] }) });
}

/** Writes what is proposed, if the whole repository would be as valid as it is; else reports why not and writes nothing. */
export async function proposeEdits(
  context: Context,
  repository: Editable,
  { edits, customers, what, json, notes = [] }: Proposal,
  isDryRun: boolean,
): Promise<ExitCode> {
  const judged = await judgeEdits(repository, edits, customers);
  const refused = await refuse(context, judged);
  if (refused !== undefined) return refused;
  if (!isDryRun) writeEdits(context.root, edits);
  const paths = edits.map(({ path }) => path);
  const excerpt = edits.map(excerptOf).join('');
  const remarks = notes.map((note) => `${note}\n`).join('');
  return report(context, {
    diagnostics: judged.diagnostics,
    sources: judged,
    json: () => ({ written: isDryRun ? [] : paths, ...json, ...(isDryRun && { excerpt }) }),
    text: () =>
      isDryRun
        ? `${excerpt}${remarks}Nothing was written (--dry-run).\n`
        : `Wrote ${what} to ${paths.join(' and ')}.\n${remarks}See what it changes: proviso diff\nThen commit it:      ${commitLine(paths, what)}\n`,
  });
}

const commitLine = (paths: readonly string[], what: string): string =>
  `git add ${paths.join(' ')} && git commit -m "${what.charAt(0).toUpperCase()}${what.slice(1)}"`;
