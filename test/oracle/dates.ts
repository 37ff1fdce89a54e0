const dayInMs = 86_400_000;

const calculate = (day: string, count: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + count * dayInMs).toISOString().slice(0, 10);

/** Every day near which worlds live, as dates are slow to calculate and days are asked for by the million. */
const calendar = Array.from({ length: 366 * 12 }, (_, index) => calculate('2020-01-01', index));
const positions = new Map(calendar.map((day, index) => [day, index]));

/** The day `count` days after (or, negative, before) a day. */
export function addDays(day: string, count: number): string {
  const position = positions.get(day);
  return (position === undefined ? undefined : calendar[position + count]) ?? calculate(day, count);
}

/** Every day from the first to the last, both included. */
export function daysBetween(first: string, last: string): string[] {
  const days: string[] = [];
  for (let day = first; day <= last; day = addDays(day, 1)) days.push(day);
  return days;
}

/** An end is the last day included; an open side has no limit. */
export const within = (day: string, starts?: string, ends?: string): boolean =>
  (starts === undefined || starts <= day) && (ends === undefined || day <= ends);

/** Every day written anywhere in a record, in order. */
export function datesIn(value: unknown): string[] {
  if (typeof value === 'string') return /^\d{4}-\d{2}-\d{2}$/.test(value) ? [value] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(datesIn).sort();
}

export const byDay = <Entry extends { on: string }>(entries: readonly Entry[] = []): Entry[] =>
  [...entries].sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
