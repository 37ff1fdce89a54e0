import { addDays } from '../../runtime/terms/days.ts';
import type { Day } from '../../runtime/terms/timeline.ts';

/** Days after the one it was made on: three in all. */
const DAYS_AFTER = 2;

/** The last day on which something made in an emergency may be in force. */
export const longestEmergency = (on: Day): Day => addDays(on, DAYS_AFTER);
