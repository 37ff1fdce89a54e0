import type { Day } from '../../runtime/terms/timeline.ts';
import { noPaint, type Paint } from '../report/paint.ts';
import { plain } from '../report/plain.ts';
import { grouped } from '../report/plural.ts';
import { isOwn } from './causes.ts';
import { type Cause, type CustomerDiff, type Diff, reachedNow } from './diff.ts';
import { formatChanges } from './format-changes.ts';
import { isReaching, tellingChanges, wordDiff, wordDirections, wordKind, wordReach } from './word-diff.ts';

export interface DiffLook {
  paint?: Paint;
  /** How many names a line holds; of the rest only the number is told. */
  names?: number;
  /** How many customers are written out, and how many lines of one. */
  customers?: number;
  lines?: number;
}

/** A diff for sales, support and finance: what was edited and whom it reaches, then what changes for each customer. */
export function formatDiff(diff: Diff, look: DiffLook = {}): string {
  const { paint = noPaint, names = 10, customers: most = 20, lines = 12 } = look;
  const { customers, causes, at } = diff;
  const reaching = causes.filter((cause) => isReaching(cause));
  const idle = causes.filter((cause) => !isReaching(cause));
  const isNothing = customers.length === 0;

  const blocks = [`${wordDiff(diff)}\n`];
  const section = (title: string, written: readonly string[]) => {
    if (written.length > 0) blocks.push(`${paint.bold(title)}\n${written.join('')}`);
  };
  const written = (isWanted: boolean) =>
    reaching.filter(({ path }) => isOwn(path) === isWanted).map((cause) => formatCause(cause, paint, names));
  section('What was edited', [...written(false), ...capped(written(true), most, 'customers’ files')]);
  section(
    isNothing ? 'Edited, with no effect on any customer' : 'Also edited, with no effect on any customer',
    capped(
      idle.map((cause) => `  ${paint.dim(plain(cause.path))}: ${plain(cause.change)}\n`),
      most,
      'edits',
    ),
  );
  section(
    'What changes',
    capped(
      inReadingOrder(customers, causes).flatMap((one) => formatCustomer(one, at, paint, lines)),
      most,
      'customers',
    ),
  );
  section(
    'Rewrites the past',
    capped(
      customers.flatMap((one) => formatPast(one, paint, lines)),
      most,
      'customers',
    ),
  );
  const rewriting = causes.filter(({ past = [] }) => past.length > 0);
  for (const { path, past = [] } of rewriting)
    if (!isOwn(path)) blocks.push(`${plain(path)} also rewrites only the past of ${listed(past, names)}.\n`);
  return blocks.join('\n');
}

function formatCause(cause: Cause, paint: Paint, names: number): string {
  const { path, change, shielded, shieldedBy = {}, listPrice } = cause;
  const customers = reachedNow(cause);
  const lines = [`  ${paint.bold(plain(path))}\n`, `    ${plain(change)}: ${wordReach(cause)}\n`];
  if (customers.length > 0 && !isOwn(path)) lines.push(`    ${wordDirections(cause)}: ${listed(customers, names)}\n`);
  if (listPrice && listPrice.length > 0) lines.push(`    applies to: ${listed(listPrice, names)}\n`);
  if (shielded.length > 0) {
    const why = (id: string) => (shieldedBy[id] ? `${id} (${shieldedBy[id]})` : id);
    lines.push(`    shielded: ${listed(shielded.map(why), names)}\n`);
  }
  return lines.join('');
}

function listed(words: readonly string[], most: number): string {
  const shown = words.slice(0, most).map(plain).join(', ');
  return words.length > most ? `${shown} and ${grouped(words.length - most)} more` : shown;
}

function capped(written: readonly string[], most: number, what: string): string[] {
  const rest = written.length - most;
  return rest > 0
    ? [...written.slice(0, most), `  … and ${grouped(rest)} more ${what} (--format json has all)\n`]
    : [...written];
}

/** Who was edited by name comes before who is reached by something shared. */
function inReadingOrder(customers: readonly CustomerDiff[], causes: readonly Cause[]): CustomerDiff[] {
  const own = new Set(causes.flatMap((cause) => (isOwn(cause.path) ? cause.customers : [])));
  return [...customers].sort((a, b) => Number(own.has(b.customer)) - Number(own.has(a.customer)));
}

const titleOf = (one: CustomerDiff, paint: Paint): string => {
  const kind = wordKind(one);
  return `  ${paint.bold(plain(one.customer))} (${plain(one.name)})${kind && `, ${kind}`}\n`;
};

function formatCustomer(one: CustomerDiff, at: Day, paint: Paint, most: number): string[] {
  const now = tellingChanges(one).filter(({ past }) => !past);
  if (now.length === 0 && !(one.vanished || one.kind === 'added')) return [];
  return [titleOf(one, paint) + formatChanges(now, at, { paint, most })];
}

function formatPast(one: CustomerDiff, paint: Paint, most: number): string[] {
  const past = one.changes.filter(({ past, causes }) => past && causes.some(isOwn));
  if (past.length === 0 || one.kind === 'added' || one.vanished) return [];
  return [titleOf(one, paint) + formatChanges(past, undefined, { paint, most })];
}
