import { forEver, previousDay } from '../../../runtime/terms/days.ts';
import type { Day } from '../../../runtime/terms/timeline.ts';
import type { Customer } from '../../../schemas/customer.ts';
import type { Exception, Lasting } from '../../../schemas/exception.ts';
import type { Entry } from '../../model.ts';
import type { CheckedChange } from '../checked-change.ts';
import { isClosed } from './is-closed.ts';

/** An exception that takes effect, with the days on which it does. */
export interface ExceptionLife {
  customer: Entry<Customer>;
  index: number;
  exception: Lasting;
  starts: Day;
  /** The last day by its own dates. */
  ends: Day;
  /** The last day it really counts: an event may have dropped it. Before `starts` where it never counts. */
  lastDay: Day;
  droppedOn?: Day;
  droppedBy?: string;
}

/** The exceptions of a customer that take effect, as the head has them. Compiles the customer. */
export function exceptionLives(change: CheckedChange, customer: Entry<Customer>): ExceptionLife[] {
  const courses = change.after(customer.id)?.exceptions ?? [];
  return courses.map(({ index, exception, starts, lastDay, droppedOn, droppedBy }) => ({
    customer,
    index,
    exception,
    starts,
    ends: lastDay,
    lastDay: droppedOn !== undefined && droppedOn <= lastDay ? previousDay(droppedOn) : lastDay,
    droppedOn,
    droppedBy,
  }));
}

/** Whether an exception is in force or still to come, by its own dates: what can be told of everybody without compiling. */
export const isOpen = (exception: Exception, customer: Entry<Customer>, at: Day): exception is Lasting =>
  (lastOpenDay(exception, customer) ?? '') >= at;

/** The last day on which an exception may be in force, by its own dates; undefined where it never is any more. */
export function lastOpenDay(exception: Exception, customer: Entry<Customer>): Day | undefined {
  if (exception.decision !== 'configuration' && exception.decision !== 'promise') return undefined;
  if (isClosed(customer)) return undefined;
  return exception.expires === 'contract' ? lastContractDay(customer.data) : exception.expires;
}

/** The last day on which some contract may be in force; an end by amendment counts. */
const lastContractDay = ({ contracts = [] }: Customer): Day | undefined =>
  contracts
    .map(({ ends, renewal, amendments = [] }): Day => {
      const last = amendments.reduce((end, amendment) => amendment.ends ?? end, ends);
      const kind = amendments.reduce<string | undefined>((before, { renewal: said }) => {
        if (said === 'unset') return undefined;
        return said?.kind ?? before;
      }, renewal?.kind);
      return last === undefined || last === 'unset' || kind === 'auto' ? forEver : last;
    })
    .sort()
    .at(-1);
