import { forEver, sinceEver } from '../../runtime/terms/days.ts';
import type { Day } from '../../runtime/terms/timeline.ts';
import type { Origin } from '../explain.ts';
import type { Paint } from '../report/paint.ts';
import { plain } from '../report/plain.ts';
import { grouped } from '../report/plural.ts';
import type { Change } from './diff.ts';
import { isOwn } from './find-causes.ts';
import { showChange, showValue } from './show-value.ts';

/** How many values are named of those that only come with a plan. */
const NAMED = 3;

/**
 * The changes of one customer, a line each, at most `most`; what a plan brings or takes along is one line with it.
 * Without a day they are told as what they are, stretches of the past.
 */
export function formatChanges(
  changes: readonly Change[],
  at: Day | undefined,
  { paint, most }: { paint: Paint; most: number },
): string {
  const plans = changes.filter(({ path }) => path === 'plan');
  const along = new Map<Change, Change[]>(plans.map((plan) => [plan, []]));
  const own = changes.filter((change) => {
    const plan = plans.find((candidate) => comesWith(change, candidate));
    if (plan) along.get(plan)?.push(change);
    return !plan;
  });
  const lines = own.map((change) => formatChange(change, at, paint) + formatAlong(along.get(change) ?? []));
  const rest = lines.length - most;
  return rest > 0 ? `${lines.slice(0, most).join('')}    … and ${grouped(rest)} more\n` : lines.join('');
}

/** True for what only the plan and the defaults say, while the plan is another one. */
function comesWith({ path, effective, until, origin }: Change, plan: Change): boolean {
  const isOfPlan = (giver: Origin | null) => giver === null || giver.kind === 'plan' || giver.kind === 'default';
  return (
    (path.startsWith('settings.') || path.startsWith('terms.')) &&
    isOfPlan(origin.before) &&
    isOfPlan(origin.after) &&
    (plan.effective ?? sinceEver) <= (effective ?? sinceEver) &&
    (until ?? forEver) <= (plan.until ?? forEver)
  );
}

function formatAlong(changes: readonly Change[]): string {
  if (changes.length === 0) return '';
  const named = changes
    .slice(0, NAMED)
    .map(({ path, from, to }) => plain(`${shortPath(path)} ${showChange(from, to)}`));
  const rest = changes.length - named.length;
  return `             and with it ${named.join(', ')}${rest > 0 ? ` and ${grouped(rest)} more` : ''}\n`;
}

const shortPath = (path: string): string => path.replace(/^(settings|terms)\./, '');

function formatChange(change: Change, at: Day | undefined, paint: Paint): string {
  const { path, from, to, direction } = change;
  const word = { gives: paint.green('gives'), takes: paint.red('takes'), neutral: 'changes' }[direction];
  const pad = ' '.repeat('changes'.length - (direction === 'neutral' ? 'changes' : direction).length);
  const what = plain(shortPath(path));
  const values = from === null ? showValue(to) : showChange(from, to);
  const because = change.origin.after?.because ? `: ${plain(change.origin.after.because)}` : '';
  return `    ${word}${pad}  ${what} ${plain(values)}, ${whenOf(change, at)}${paint.dim(whereOf(change))}${because}\n`;
}

/** What is in force on the day that is asked for comes at once; a file's own edit may reach further back. */
function whenOf({ effective, until, causes }: Change, at: Day | undefined): string {
  const ends = until ? ` until ${until}` : '';
  if (at === undefined) return `${effective === null ? 'from the start' : `from ${effective}`}${ends}`;
  if (effective !== null && effective > at) return `from ${effective}${ends}`;
  const back = effective !== null && effective < at && causes.some(isOwn) ? ` and back to ${effective}` : '';
  return `at once${back}${ends}`;
}

function whereOf({ origin: { before, after } }: Change): string {
  const [was, is] = [before && giver(before), after && giver(after)];
  const place = (origin: Origin) => `${plain(origin.path)}:${origin.line}`;
  if (after && (was === is || !before)) return ` (${is}, ${place(after)})`;
  if (after) return ` (${is}, ${place(after)}; was ${was})`;
  return before ? ` (was ${was}, ${place(before)})` : '';
}

/** Who gives a value, in words. */
function giver({ kind, id = '', heldSince, path }: Origin): string {
  const words: Readonly<Record<Origin['kind'], string>> = {
    default: 'the default',
    plan: `plan ${id}`,
    quantity: id === 'account' ? 'bought by the account' : `bought by ${id}`,
    addOn: `add-on ${id}`,
    exception: `exception ${id}`,
    stage: `${isOwn(path) ? 'status' : 'stage'} ${id}`,
    account: 'the account',
    trial: id === 'trial' ? 'the trial' : `the ${id}`,
    contract: `contract ${id}`,
  };
  return plain(heldSince ? `${words[kind]}, held since ${heldSince}` : words[kind]);
}
