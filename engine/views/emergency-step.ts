import type { Day } from '../../runtime/terms/timeline.ts';

/** What an emergency that nobody has closed asks for, with the last day it may stay so. */
export const emergencyStep = (last: Day, at: Day): string =>
  `emergency: bring it under the usual approvals by ${last}, or close it${last < at ? '; releases wait for it' : ''}`;
