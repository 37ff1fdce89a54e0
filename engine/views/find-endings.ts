import { onDay } from '../../runtime/terms/at.ts';
import type { Day, Timeline } from '../../runtime/terms/timeline.ts';
import type { Customer } from '../../schemas/customer.ts';
import type { Entry } from '../model.ts';
import type { Company } from './company.ts';
import { contractEndings } from './contract-endings.ts';
import type { Ending } from './ending.ts';
import { moneyEndings } from './money-endings.ts';
import { recordEndings } from './record-endings.ts';

/** Everything that ends, renews or asks for notice from the company's day until another one, by day and customer. */
export const findEndings = (company: Company, until: Day, customer?: string): Ending[] =>
  company.each((entry) => endingsOf(entry, company, until), customer).sort(byDueDay(company.at));

/** Those of one customer. */
export function endingsOf(entry: Entry<Customer>, company: Company, until: Day): Ending[] {
  const { at } = company;
  const isWithin = (day: Day | undefined): boolean => day !== undefined && at <= day && day <= until;
  const { timeline } = company.compiled(entry);
  if (!timeline || isOver(timeline, at)) return [];
  const found = [
    ...contractEndings(entry, company),
    ...recordEndings(entry, company),
    ...moneyEndings(entry, timeline, at),
  ];
  const listed = found.filter(({ last, notice }) => isWithin(last) || isWithin(notice));
  const withContract = new Set(listed.flatMap(({ endsWith }) => endsWith));
  return listed.filter(({ kind, id }) => (kind !== 'exception' && kind !== 'promise') || !withContract.has(id));
}

export const byDueDay =
  (at: Day) =>
  (one: Ending, other: Ending): number =>
    compare(dueDay(one, at), dueDay(other, at)) ||
    compare(one.customer, other.customer) ||
    compare(one.what, other.what);

/** The next day somebody has to think of: the notice where it is still to come, else the end. */
export const dueDay = ({ notice, last }: Ending, at: Day): Day =>
  notice !== undefined && notice >= at ? notice : last;

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

const isOver = (timeline: Timeline, at: Day): boolean => onDay(timeline, at).stage === 'closed';
