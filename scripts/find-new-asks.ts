import { addDays } from '../runtime/terms/days.ts';
import type { Exception } from '../schemas/exception.ts';
import type { Context } from './command.ts';
import { openRepository } from './open-repository.ts';
import { dayIn, daysIn } from './parse-days.ts';

/**
 * What counts as a new ask: `7d` or a day, by when it was asked for; else a commit that did not have its record.
 * Throws `UsageError` where there is no such commit.
 */
export async function findNewAsks(
  context: Context,
  since: string,
): Promise<{ since: string; isNew(exception: Exception): boolean }> {
  const at = context.at.day;
  const days = daysIn(since);
  const day = days === undefined ? dayIn(since) : addDays(at, -days);
  if (day !== undefined) return { since: day, isNew: ({ askedOn }) => askedOn > day && askedOn <= at };
  const { model } = await openRepository(context, { ref: since });
  const known = new Set<string>();
  for (const { data } of model.customers.values()) for (const { id } of data.exceptions ?? []) known.add(id);
  return { since, isNew: ({ id }) => !known.has(id) };
}
