import type { Day } from '../../../runtime/terms/timeline.ts';
import { grouped } from '../plural.ts';

/** When something holds for one customer: from its first day, or since ever, to its last, where it has one. */
export interface Stretch {
  customer?: string;
  effective: Day | null;
  until?: Day;
}

/** When what is the same for many holds for them: exactly where that is one answer, else how many at once, how many later. */
export function wordDays(stretches: readonly Stretch[], at: Day): string {
  const [first] = stretches;
  if (!first) return '';
  if (new Set(stretches.map((stretch) => wordStretch(stretch, at))).size === 1) return wordStretch(first, at);
  const now = stretches.filter((stretch) => !isPast(stretch, at) && !isLater(stretch, at));
  const later = stretches.filter((stretch) => isLater(stretch, at));
  const past = stretches.filter((stretch) => isPast(stretch, at));
  if (past.length === stretches.length) return 'in the past';
  const ending = [...now, ...later].filter(({ until }) => until !== undefined);
  return [
    ...(now.length > 0 ? [`at once for ${customersIn(now)}`] : []),
    ...(later.length > 0
      ? [`later for ${customersIn(later)} (first on ${earliest(later.map(({ effective }) => effective))})`]
      : []),
    ...(past.length > 0 ? [`in the past for ${customersIn(past)}`] : []),
    ...(ending.length > 0
      ? [`ends again for ${customersIn(ending)} (first after ${earliest(ending.map(({ until }) => until))})`]
      : []),
  ].join(', ');
}

const isPast = ({ until }: Stretch, at: Day): boolean => until !== undefined && until < at;
const isLater = ({ effective }: Stretch, at: Day): boolean => effective !== null && effective > at;

function wordStretch(stretch: Stretch, at: Day): string {
  const { effective, until } = stretch;
  const ends = until === undefined ? '' : ` until ${until}`;
  if (isPast(stretch, at)) return `in the past:${effective === null ? '' : ` from ${effective}`}${ends}`;
  return `${isLater(stretch, at) ? `from ${effective}` : 'at once'}${ends}`;
}

const customersIn = (stretches: readonly Stretch[]): string =>
  grouped(new Set(stretches.map(({ customer }) => customer)).size);

const earliest = (days: readonly (Day | null | undefined)[]): Day => days.flatMap((day) => day ?? []).sort()[0] ?? '';
