import { isDeepStrictEqual } from 'node:util';
import { onDay } from '../../runtime/terms/at.ts';
import { fold } from '../../runtime/terms/fold.ts';
import type { Day, Segment, Timeline } from '../../runtime/terms/timeline.ts';
import type { Customer } from '../../schemas/customer.ts';
import { compileCustomer } from '../compile/compile-customer.ts';
import type { Entry } from '../model.ts';
import type { Company } from './company.ts';

/** Whether anything would be different on some day from `from` to `until`, were an exception not there. */
export function isFelt(
  entry: Entry<Customer>,
  index: number,
  { from, until }: Record<'from' | 'until', Day>,
  company: Company,
): boolean {
  const own = company.compiled(entry).timeline;
  const data = { ...entry.data, exceptions: entry.data.exceptions?.toSpliced(index, 1) };
  const without = compileCustomer({ ...entry, data }, company.world).timeline;
  if (!own || !without) return true;
  const days = [own, without].flatMap(({ segments }) =>
    segments.flatMap((segment) =>
      segment.from !== null && segment.from > from && segment.from <= until ? [segment.from] : [],
    ),
  );
  const shown = (timeline: Timeline, day: Day) => shownOn(onDay(timeline, day), company);
  return [from, ...days].some((day) => !isDeepStrictEqual(shown(own, day), shown(without, day)));
}

const shownOn = ({ plan, stage, layers, terms, access }: Segment, { world }: Company): unknown => [
  plan,
  stage,
  fold(world.settings, layers),
  terms.billing,
  terms.support,
  access.rules,
];
