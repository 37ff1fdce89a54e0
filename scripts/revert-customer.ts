import { formatDiff } from '../engine/diff/format-diff.ts';
import { excerptOf } from '../engine/edit/excerpt.ts';
import { writeEdits } from '../engine/io/write-edits.ts';
import { list } from '../engine/report/list.ts';
import { plain } from '../engine/report/plain.ts';
import { shellWord } from '../engine/report/shell-word.ts';
import { UsageError } from '../engine/usage-error.ts';
import type { Context, ExitCode } from './command.ts';
import { isWorldBroken } from './compare-repositories.ts';
import { paintFor } from './paint.ts';
import { openForEditing, refuse } from './propose-edits.ts';
import { doneSince, proposeRevert, type Revert } from './propose-revert.ts';
import { withStore } from './release-tools.ts';
import { report } from './report.ts';

export interface RevertOptions {
  customer: string;
  toRelease?: number | undefined;
  isDryRun: boolean;
}

/** Writes the edit that takes one customer's file back into the folder; the store is only read. */
export async function revertCustomer(
  context: Context,
  { customer, toRelease, isDryRun }: RevertOptions,
): Promise<ExitCode> {
  const repository = await openForEditing(context);
  if (typeof repository === 'number') return repository;
  if (isWorldBroken(repository)) return report(context, { diagnostics: repository.diagnostics, sources: repository });
  const revert = await withStore(context, (store) => proposeRevert(context, store, repository, customer, toRelease));
  const { edit, judged, diff, since, edits, notes, then } = revert;
  const { n: release, commit } = then.release;
  const shared = doneSince(revert);
  const isSame = edit.before === edit.after;
  if (isSame && shared.length > 0)
    throw new UsageError(
      `${edit.path} says what it said in release ${release}; what changed ${revert.customer} since is ${list(shared)}`,
      waysBack(revert),
    );
  const refused = await refuse(context, judged);
  if (refused !== undefined) return refused;
  if (!isDryRun && !isSame) writeEdits(context.root, [edit]);
  const { diagnostics: _, ...effect } = diff;
  return report(context, {
    diagnostics: judged.diagnostics,
    sources: judged,
    json: () => ({
      written: isDryRun || isSame ? [] : [edit.path],
      outcome: isSame ? 'unchanged' : 'proposed',
      customer: revert.customer,
      release,
      commit,
      ...(then.changedIn !== undefined && { changedIn: then.changedIn }),
      effect,
      edits,
      since: shared.length > 0 ? since.causes.filter(({ customers }) => customers.includes(revert.customer)) : [],
      notes,
      ...(isDryRun && { excerpt: isSame ? '' : excerptOf(edit) }),
    }),
    text: () =>
      isSame
        ? `Nothing to do: ${plain(edit.path)} says what it said in release ${release}.\n`
        : textOf(context, revert, shared, isDryRun),
  });
}

function textOf(context: Context, revert: Revert, shared: readonly string[], isDryRun: boolean): string {
  const { customer, edit, diff, edits, notes, then } = revert;
  const paint = paintFor(context);
  const { n, commit } = then.release;
  const nobodyElse = diff.customers.every((one) => one.customer === customer) ? 'Nobody else changes.\n' : '';
  const block = (title: string, lines: readonly string[]): string[] =>
    lines.length > 0 ? [`${paint.bold(title)}\n${lines.map((line) => `  ${plain(line)}\n`).join('')}`] : [];
  const branch = `revert-${customer}-to-${n}`;
  return [
    `${plain(customer)} as in release ${n}, commit ${commit.slice(0, 12)}\n`,
    ...(isDryRun ? [excerptOf(edit).split('\n').map(plain).join('\n')] : []),
    `${formatDiff(diff, { paint })}${nobodyElse}`,
    ...block(
      'Later edits of the file, which go with it',
      edits.map(({ commit, day, author, subject }) => `${commit.slice(0, 12)} ${day} ${author}: ${subject}`),
    ),
    ...block(
      'Not brought back: what changed the customer in files that others share',
      shared.length > 0 ? [...shared, `For that: ${waysBack(revert)}.`] : [],
    ),
    ...(notes.length > 0 ? [notes.map((note) => `${plain(note)}\n`).join('')] : []),
    isDryRun
      ? 'Nothing was written (--dry-run).\n'
      : `Wrote ${plain(edit.path)}. Nothing is in force before it is reviewed and published:\n${[
          `git switch -c ${shellWord(branch)}`,
          `git add ${shellWord(edit.path)} && git commit -m ${shellWord(`Bring ${customer} back to release ${n}`)}`,
          `git push -u origin ${shellWord(branch)}   and open a pull request`,
          'proviso publish   once it is merged, where no job does it',
        ]
          .map((line) => `  ${line}\n`)
          .join('')}`,
  ].join('\n');
}

const waysBack = ({ customer, then }: Revert): string =>
  `\`proviso rollback ${then.release.n}\` brings that release back for everybody, \`proviso new exception ${customer}\` gives it to ${customer} alone`;
