import { isDeepStrictEqual } from 'node:util';
import { onDay } from '../../../runtime/terms/at.ts';
import { forEver, previousDay } from '../../../runtime/terms/days.ts';
import { fold } from '../../../runtime/terms/fold.ts';
import type { Day, Value } from '../../../runtime/terms/timeline.ts';
import type { CheckedChange } from '../checked-change.ts';
import type { ExceptionLife } from './exception-lives.ts';

/** Some days of an exception, with what would hold were it not there. */
export interface Stretch {
  from: Day;
  until: Day;
  plan: string;
  with: Readonly<Record<string, Value>>;
  without: Readonly<Record<string, Value>>;
  /** Terms are the same without it. */
  sameTerms: boolean;
}

/** The days on which an exception counts, each stretch compared with a life without it. None where it never counts. */
export function compareWithout(change: CheckedChange, life: ExceptionLife): Stretch[] {
  const { customer, index, starts, lastDay } = life;
  const own = change.after(customer.id)?.timeline;
  const other = change.without(customer, index).timeline;
  if (!own || !other || lastDay < starts) return [];
  const { settings } = change.head.model.world;
  const days = [...own.segments, ...other.segments].flatMap(({ from }) =>
    from !== null && from > starts && from <= lastDay ? [from] : [],
  );
  const firsts = [starts, ...new Set(days.sort())];
  return firsts.map((from, position) => {
    const next = firsts[position + 1];
    const [one, two] = [onDay(own, from), onDay(other, from)];
    return {
      from,
      until: next === undefined ? lastDay : previousDay(next),
      plan: one.plan,
      with: fold(settings, one.layers),
      without: fold(settings, two.layers),
      sameTerms: isDeepStrictEqual([one.terms.billing, one.terms.support], [two.terms.billing, two.terms.support]),
    };
  });
}

/** `from 2026-01-01 until 2026-12-31`. */
export const daysText = ({ from, until }: { from: Day; until: Day }): string =>
  until === forEver ? `from ${from} on` : from === until ? `on ${from}` : `from ${from} until ${until}`;
