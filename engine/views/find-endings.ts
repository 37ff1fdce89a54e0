import { onDay } from '../../runtime/terms/at.ts';
import { forEver, nextDay } from '../../runtime/terms/days.ts';
import type { Day, Timeline } from '../../runtime/terms/timeline.ts';
import type { Customer } from '../../schemas/customer.ts';
import { isTree } from '../compile/terms-tree.ts';
import type { Pointer } from '../document.ts';
import type { Entry } from '../model.ts';
import { valueText } from '../report/value-text.ts';
import { whatItDoes } from '../what-it-does.ts';
import type { Company } from './company.ts';
import { contractEndings } from './contract-endings.ts';
import type { Ending, EndingKind } from './ending.ts';

/** Everything that ends, renews or asks for notice from the company's day until another one, by day and customer. */
export function findEndings(company: Company, until: Day, customer?: string): Ending[] {
  const { at } = company;
  const isWithin = (day: Day | undefined): boolean => day !== undefined && at <= day && day <= until;
  return company.customers
    .filter(({ id }) => customer === undefined || id === customer)
    .flatMap((entry) => {
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
    })
    .sort(
      (one, other) =>
        compare(dueDay(one, at), dueDay(other, at)) ||
        compare(one.customer, other.customer) ||
        compare(one.what, other.what),
    );
}

/** The next day somebody has to think of: the notice where it is still to come, else the end. */
export const dueDay = ({ notice, last }: Ending, at: Day): Day =>
  notice !== undefined && notice >= at ? notice : last;

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

const isOver = (timeline: Timeline, at: Day): boolean => onDay(timeline, at).stage === 'closed';

function recordEndings(entry: Entry<Customer>, company: Company): Ending[] {
  const { timeline, exceptions } = company.compiled(entry);
  const { trials = [], addOns = [], exceptions: records = [] } = entry.data;
  const ending = endingOf(entry);
  const after = (last: Day) => (timeline ? fallText(timeline, last) : '');
  return [
    ...trials.map(({ kind, plan, starts, ends }, index) =>
      ending(kind, starts, ends, ['trials', index], `the ${kind} of ${plan} ends`, after(ends)),
    ),
    ...exceptions.flatMap(({ index, exception, lastDay, droppedOn }) => {
      if (lastDay === forEver || (droppedOn !== undefined && droppedOn <= lastDay)) return [];
      const kind = exception.decision === 'promise' ? 'promise' : 'exception';
      const what = `${exception.id} (${whatItDoes(exception)}) ends`;
      return [
        ending(kind, exception.id, lastDay, ['exceptions', index], what, 'what it gives is gone, but for what is held'),
      ];
    }),
    ...records.flatMap((record, index) =>
      record.decision === 'service' && record.ends !== undefined
        ? [
            ending(
              'service',
              record.id,
              record.ends,
              ['exceptions', index],
              `${record.id} is to be done (${record.need})`,
              'nothing of it is left',
            ),
          ]
        : [],
    ),
    ...addOns.flatMap(({ id, ends }, index) =>
      ends === undefined
        ? []
        : [
            ending(
              'addOn',
              id,
              ends,
              ['addOns', index],
              `add-on ${id} ends`,
              'what it gave is gone, but for what is held',
            ),
          ],
    ),
  ];
}

/** Discounts and credits that the terms of some day from now on hold. */
function moneyEndings(entry: Entry<Customer>, timeline: Timeline, at: Day): Ending[] {
  const ending = endingOf(entry);
  const found = new Map<string, Ending>();
  timeline.segments.forEach(({ terms }, index) => {
    const next = timeline.segments[index + 1]?.from;
    if (next !== undefined && next !== null && next <= at) return;
    const at0: Pointer = terms.contract ? contractPointer(entry, terms.contract.id) : ['billing'];
    const { discount, credits } = terms.billing;
    if (isTree(discount) && typeof discount.until === 'string') {
      const size = discount.percent === undefined ? valueText(discount.amount) : `${valueText(discount.percent)} %`;
      const one = ending(
        'discount',
        discount.until,
        discount.until,
        at0,
        `the discount of ${size} ends`,
        'recurring lines are at their full price',
      );
      found.set(`discount ${one.last} ${size}`, one);
    }
    for (const credit of Array.isArray(credits) ? credits : [])
      if (isTree(credit) && typeof credit.until === 'string') {
        const what = `a credit of ${valueText(credit.amount)} ends${credit.reason === undefined ? '' : ` (${valueText(credit.reason)})`}`;
        const one = ending(
          'credit',
          `${credit.until}-${valueText(credit.amount)}`,
          credit.until,
          at0,
          what,
          'what is left of it is gone',
        );
        found.set(`credit ${what} ${one.last}`, one);
      }
  });
  return [...found.values()];
}

function contractPointer(entry: Entry<Customer>, id: string): Pointer {
  const index = entry.data.contracts?.findIndex((contract) => contract.id === id) ?? -1;
  return index < 0 ? ['billing'] : ['contracts', index, 'billing'];
}

const endingOf =
  (entry: Entry<Customer>) =>
  (kind: EndingKind, id: string, last: Day, pointer: Pointer, what: string, then: string): Ending => {
    const place = entry.document.locate(pointer, 'key');
    return {
      customer: entry.id,
      name: entry.data.name,
      kind,
      id,
      last,
      what,
      then,
      endsWith: [],
      promises: [],
      path: place.path,
      line: place.start.line,
    };
  };

function fallText(timeline: Timeline, last: Day): string {
  const { plan, stage, terms } = onDay(timeline, nextDay(last));
  if (terms.contract) return `contract ${terms.contract.id} follows, on ${plan}`;
  if (stage === 'trial' || stage === 'pilot') return `the ${stage} of ${plan} follows`;
  return `falls back to ${plan}${stage === 'active' ? '' : `, ${stage}`}`;
}
