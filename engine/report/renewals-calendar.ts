import { nextDay } from '../../runtime/terms/days.ts';
import type { Ending } from '../views/ending.ts';
import { type CalendarDay, calendar } from './calendar.ts';
import { list } from './list.ts';
import { plain } from './plain.ts';

/** The endings as a calendar to subscribe to or import: one event for each last day, one for each last day of notice. */
export function renewalsCalendar(endings: readonly Ending[], at: string): string {
  const events = endings.flatMap((ending) => {
    const { notice, what, name } = ending;
    const end = event(ending, ending.last, `${name}: ${what}`);
    if (notice === undefined || notice < at) return [end];
    return [
      { ...event(ending, notice, `${name}: last day of notice, ${what} on ${ending.last}`), uid: `notice.${end.uid}` },
      end,
    ];
  });
  return calendar('Renewals', withOwnIds(events).sort(byDay), at);
}

/** Two credits of one amount and day are two events. */
function withOwnIds(events: readonly CalendarDay[]): CalendarDay[] {
  const known = new Map<string, number>();
  return events.map((each) => {
    const count = (known.get(each.uid) ?? 0) + 1;
    known.set(each.uid, count);
    return count === 1 ? each : { ...each, uid: `${count}.${each.uid}` };
  });
}

const byDay = (one: CalendarDay, other: CalendarDay): number =>
  one.day < other.day ? -1 : one.day > other.day ? 1 : one.uid < other.uid ? -1 : 1;

function event(ending: Ending, day: string, summary: string): CalendarDay {
  const { customer, kind, id, last, what, then, renewal, maxIncreasePercent, endsWith, promises, path, line } = ending;
  // Each term of a contract that renews by itself is an event of its own; everything else keeps its event when it moves.
  const term = renewal === 'auto' ? `.${last}` : '';
  const details = [
    `${what} on ${last}: ${then}`,
    maxIncreasePercent === undefined ? '' : `The price may rise by ${maxIncreasePercent} % at most.`,
    endsWith.length > 0 ? `Ends with it: ${list(endsWith, 20)}.` : '',
    promises.length > 0 ? `Promised: ${list(promises, 20)}.` : '',
    `${path}:${line}`,
  ];
  return {
    uid: `${kind}.${id}${term}.${customer}@proviso`,
    day,
    next: nextDay(day),
    summary: plain(summary),
    description: details.filter(Boolean).map(plain).join('\n'),
  };
}
