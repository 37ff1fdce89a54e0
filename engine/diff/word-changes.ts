import { forEver, sinceEver } from '../../runtime/terms/days.ts';
import type { Day } from '../../runtime/terms/timeline.ts';
import type { Origin } from '../explain.ts';
import { grouped } from '../report/plural.ts';
import { isOwn } from './causes.ts';
import type { Change, Direction } from './diff.ts';
import { showChange, showValue } from './show-value.ts';

/** One change in the words of every report: as files and people wrote them, so whoever prints them escapes them. */
export interface ChangeWords {
  change: Change;
  direction: Direction;
  /** `seats`, `billing.paymentTerms` */
  what: string;
  /** `5 → 60`; only the value where there was none. */
  values: string;
  /** `from 2026-12-15 until 2027-12-31`; `at once`. */
  when: string;
  /** Who gives the value and where that is written; `''` where nobody does. */
  where: string;
  because?: string;
  /** What a plan brings or takes along, in one phrase. */
  along?: string;
}

/** How many values are named of those that only come with a plan. */
const NAMED = 3;

/**
 * The changes of one customer in words; what a plan brings or takes along is told with the plan.
 * Without a day they are told as what they are, stretches of the past.
 */
export function wordChanges(changes: readonly Change[], at: Day | undefined): ChangeWords[] {
  const plans = changes.filter(({ path }) => path === 'plan');
  const along = new Map<Change, Change[]>(plans.map((plan) => [plan, []]));
  const own = changes.filter((change) => {
    const plan = plans.find((candidate) => comesWith(change, candidate));
    if (plan) along.get(plan)?.push(change);
    return !plan;
  });
  return own.map((change) => wordChange(change, at, along.get(change) ?? []));
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

function wordChange(change: Change, at: Day | undefined, along: readonly Change[]): ChangeWords {
  const { path, from, to, direction, origin } = change;
  const because = origin.after?.because;
  return {
    change,
    direction,
    what: shortPath(path),
    values: from === null ? showValue(to) : showChange(from, to),
    when: whenOf(change, at),
    where: whereOf(change),
    ...(because && { because }),
    ...(along.length > 0 && { along: wordAlong(along) }),
  };
}

function wordAlong(changes: readonly Change[]): string {
  const named = changes.slice(0, NAMED).map(({ path, from, to }) => `${shortPath(path)} ${showChange(from, to)}`);
  const rest = changes.length - named.length;
  return `${named.join(', ')}${rest > 0 ? ` and ${grouped(rest)} more` : ''}`;
}

/** `settings.seats` → `seats`. */
export const shortPath = (path: string): string => path.replace(/^(settings|terms)\./, '');

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
  const place = ({ path, line }: Origin) => `${path}:${line}`;
  if (after && (was === is || !before)) return `${is}, ${place(after)}`;
  if (after) return `${is}, ${place(after)}; was ${was}`;
  return before ? `was ${was}, ${place(before)}` : '';
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
  return heldSince ? `${words[kind]}, held since ${heldSince}` : words[kind];
}
