import type { Day } from '../../runtime/terms/timeline.ts';
import type { Exception } from '../../schemas/exception.ts';
import { emergencyLastDay } from '../approve/emergency-last-day.ts';
import type { Model } from '../model.ts';

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
    const last = emergencyLastDay(record);
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
