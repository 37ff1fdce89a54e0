import type { Day } from '../../runtime/terms/timeline.ts';
import type { Exception } from '../../schemas/exception.ts';
import { longestEmergency } from '../compile/longest-emergency.ts';
import { isOpen } from './break-glass.ts';

/** The last day of what was made in an emergency; from the next on, releases wait until it is closed. */
export function emergencyLastDay(record: Exception): Day | undefined {
  const made = 'breakGlass' in record ? record.breakGlass : undefined;
  if (!made) return undefined;
  const last = longestEmergency(made.on);
  const { expires } = record as { expires?: string };
  return expires !== undefined && expires !== 'contract' && expires < last ? expires : last;
}

/** The same of one that nobody has brought under the usual approvals; undefined of every other record. */
export const openEmergency = (record: Exception): Day | undefined =>
  isOpen(record) ? emergencyLastDay(record) : undefined;
