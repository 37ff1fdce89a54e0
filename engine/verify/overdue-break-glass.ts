import { addDays } from '../../runtime/terms/days.ts';
import type { Day } from '../../runtime/terms/timeline.ts';
import type { Exception } from '../../schemas/exception.ts';
import type { Model } from '../model.ts';

/** How many days something made in an emergency lasts, the first one included. */
const DAYS = 3;

/** An exception made in an emergency that is over, and of which nobody has said under the usual approvals what becomes of it. */
export interface Overdue {
  customer: string;
  exception: string;
  /** Its last day. */
  last: Day;
}

/** Every one that a release on this day would leave open, also where its record was taken away. Sorted. */
export function overdueBreakGlass(published: Model | undefined, next: Model, today: Day): Overdue[] {
  const open = [...openIn(next), ...(published ? openIn(published) : [])];
  const found = new Map<string, Overdue>();
  for (const { customer, record } of open) {
    const last = lastDay(record);
    const now = next.customers.get(customer)?.data.exceptions?.find(({ id }) => id === record.id);
    if (last === undefined || last >= today || isClosed(now)) continue;
    found.set(`${customer} ${record.id}`, { customer, exception: record.id, last });
  }
  return [...found].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, overdue]) => overdue);
}

const openIn = ({ customers }: Model): { customer: string; record: Exception }[] =>
  [...customers].flatMap(([customer, { data }]) =>
    (data.exceptions ?? []).flatMap((record) =>
      breakGlassOf(record) && !isClosed(record) ? [{ customer, record }] : [],
    ),
  );

const breakGlassOf = (record: Exception | undefined) =>
  record && 'breakGlass' in record ? record.breakGlass : undefined;

const isClosed = (record: Exception | undefined): boolean => breakGlassOf(record)?.closed !== undefined;

function lastDay(record: Exception): Day | undefined {
  const made = breakGlassOf(record);
  if (!made) return undefined;
  const last = addDays(made.on, DAYS - 1);
  const { expires } = record as { expires?: string };
  return expires !== undefined && expires !== 'contract' && expires < last ? expires : last;
}
