import { UsageError } from '../engine/usage-error.ts';
import { day } from '../schemas/scalars.ts';

/** Throws `UsageError` for what is no day of the calendar. */
export function checkDay(words: string): void {
  if (!day.safeParse(words).success) throw new UsageError(`"${words}" is not a day like 2026-06-03`);
}
