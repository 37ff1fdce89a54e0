import { addDays } from '../../runtime/terms/days.ts';
import type { Day } from '../../runtime/terms/timeline.ts';
import type { Exception } from '../../schemas/exception.ts';
import { isOpen } from './break-glass.ts';

/** How many days something made in an emergency lasts, the first one included. */
const DAYS = 3;

/** The last day of what was made in an emergency; from the next on, releases wait until it is closed. */
export function emergencyLastDay(record: Exception): Day | undefined {
  const made = 'breakGlass' in record ? record.breakGlass : undefined;
  if (!made) return undefined;
  const last = addDays(made.on, DAYS - 1);
  const { expires } = record as { expires?: string };
  return expires !== undefined && expires !== 'contract' && expires < last ? expires : last;
}

/** The same of one that nobody has brought under the usual approvals; undefined of every other record. */
export const openEmergency = (record: Exception): Day | undefined =>
  isOpen(record) ? emergencyLastDay(record) : undefined;
