import { onDay } from '../../runtime/terms/at.ts';
import { addDays, forEver, nextDay, previousDay } from '../../runtime/terms/days.ts';
import type { ContractTerms, Day, Timeline } from '../../runtime/terms/timeline.ts';
import type { Customer } from '../../schemas/customer.ts';
import type { CompiledCustomer } from '../compile/compile-customer.ts';
import { type ContractCourse, contractCourses } from '../compile/contract-course.ts';
import { groundOf } from '../compile/ground.ts';
import type { Entry } from '../model.ts';
import { valueText } from '../report/value-text.ts';
import type { Company } from './company.ts';
import type { Ending } from './ending.ts';
import { termEnd } from './term-end.ts';

const ignore = () => undefined;

/** Every end of a contract or of its grace that a customer's file says, those of a term it is in or comes to included. */
export function contractEndings(entry: Entry<Customer>, company: Company): Ending[] {
  const { timeline, exceptions } = company.compiled(entry);
  const { contracts, amendments = [] } = entry.data;
  if (!timeline || !contracts) return [];
  const courses = contractCourses(contracts, company.world, ignore);
  const ground = groundOf(courses, amendments, company.world.lifecycle);
  return courses.flatMap((course, position): Ending[] => {
    const last = lastDayOf(course, company.at);
    if (!last) return [];
    const next = courses[position + 1];
    const inGrace = ground.findIndex(({ kind, contract }) => kind === 'grace' && contract === course);
    const graceEnds = inGrace < 0 ? undefined : ground[inGrace + 1]?.from;
    const endsOn = (day: Day) =>
      exceptions.filter((each) => goesWith(each, last.terms, day)).map((each) => each.exception.id);
    const place = entry.document.locate(['contracts', course.index], 'key');
    const { renewal, promises = [] } = last.terms;
    const kind = renewal?.kind as Ending['renewal'];
    const common = {
      customer: entry.id,
      name: entry.data.name,
      id: course.id,
      path: place.path,
      line: place.start.line,
    };
    const contract: Ending = {
      ...common,
      kind: 'contract',
      last: last.day,
      what: last.rolls ? `contract ${course.id} renews by itself` : `contract ${course.id} ends`,
      then: last.rolls
        ? 'the next term begins with everything but its credits'
        : afterText(timeline, last.day, next?.id),
      isFollowed: next !== undefined && nextDay(last.day) === next.starts,
      renewal: kind,
      ...(typeof renewal?.noticeDays === 'number' && { notice: addDays(last.day, -renewal.noticeDays) }),
      ...(renewal?.maxIncreasePercent !== undefined && { maxIncreasePercent: String(renewal.maxIncreasePercent) }),
      endsWith: last.rolls ? [] : endsOn(last.day),
      promises: last.rolls ? [] : promises.map(({ what }) => valueText(what)),
    };
    if (graceEnds === undefined) return [contract];
    const grace: Ending = {
      ...common,
      kind: 'grace',
      last: previousDay(graceEnds),
      what: `the grace of contract ${course.id} ends`,
      then: afterText(timeline, previousDay(graceEnds), undefined),
      isFollowed: false,
      endsWith: endsOn(previousDay(graceEnds)),
      promises: [],
    };
    return [contract, grace];
  });
}

interface Last {
  day: Day;
  terms: ContractTerms;
  /** It goes on by itself. */
  rolls: boolean;
}

/** The last day of the term a contract is in on that day, or of its first one; none of one that has no end. */
function lastDayOf({ starts, lastDay, states }: ContractCourse, at: Day): Last | undefined {
  const terms = states.at(-1)?.terms;
  if (!terms) return undefined;
  if (terms.renewal?.kind === 'auto' && terms.ends !== undefined) {
    const day = termEnd(starts, terms.ends, terms.renewal.months, at);
    // A next entry ends the rolling.
    return day < lastDay ? { day, terms, rolls: true } : { day: lastDay, terms, rolls: false };
  }
  return lastDay === forEver ? undefined : { day: lastDay, terms, rolls: false };
}

type Course = CompiledCustomer['exceptions'][number];

/** Written to last as long as the contract, or dropped by what follows, with this day as its last one. */
const goesWith = (
  { exception, starts, lastDay, droppedOn }: Course,
  { starts: since }: ContractTerms,
  day: Day,
): boolean => {
  if (droppedOn !== undefined && droppedOn <= lastDay) return previousDay(droppedOn) === day;
  return exception.expires === 'contract' && starts >= since && lastDay === day;
};

function afterText(timeline: Timeline, last: Day, next: string | undefined): string {
  const { plan, stage, terms } = onDay(timeline, nextDay(last));
  if (terms.contract && terms.contract.id === next) return `contract ${next} follows, on ${plan}`;
  if (stage === 'grace') return `grace begins, on ${plan} as before`;
  return stage === 'lapsed' ? `lapses to ${plan}` : `falls back to ${plan}`;
}
