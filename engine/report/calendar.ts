/** An event that lasts one day. */
export interface CalendarDay {
  /** Stays the same when the text or the day changes; unique in every calendar. */
  uid: string;
  /** `YYYY-MM-DD`. */
  day: string;
  /** The day after. */
  next: string;
  summary: string;
  description: string;
}

const MOST_OCTETS = 75;
const encoder = new TextEncoder();

/** A calendar holds something: one without events says its time zone. */
const noEvents = [
  'BEGIN:VTIMEZONE',
  'TZID:Etc/UTC',
  'BEGIN:STANDARD',
  'DTSTART:19700101T000000',
  'TZOFFSETFROM:+0000',
  'TZOFFSETTO:+0000',
  'END:STANDARD',
  'END:VTIMEZONE',
];

/** A calendar (RFC 5545) of all-day events. `stamp` is a day: the same input is the same calendar. */
export function calendar(name: string, events: readonly CalendarDay[], stamp: string): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Proviso//renewals//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    `X-WR-CALNAME:${escapeText(name)}`,
    ...(events.length === 0 ? noEvents : []),
    ...events.flatMap(({ uid, day, next, summary, description }) => [
      'BEGIN:VEVENT',
      `UID:${escapeText(uid)}`,
      `DTSTAMP:${date(stamp)}T000000Z`,
      `DTSTART;VALUE=DATE:${date(day)}`,
      `DTEND;VALUE=DATE:${date(next)}`,
      `SUMMARY:${escapeText(summary)}`,
      `DESCRIPTION:${escapeText(description)}`,
      // Nobody is busy because a contract ends.
      'TRANSP:TRANSPARENT',
      'END:VEVENT',
    ]),
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${fold(line)}\r\n`).join('');
}

const date = (day: string): string => day.replaceAll('-', '');

/** Control characters have no place in a calendar; a line break is written as one. */
const escapeText = (text: string): string =>
  text
    .replace(/\r\n?/g, '\n')
    .replace(/[\\;,]/g, (character) => `\\${character}`)
    .replaceAll('\n', '\\n')
    .replace(/\p{Cc}/gu, '');

/** A line of at most 75 octets; what is longer goes on in lines that begin with a space. No character is cut. */
function fold(line: string): string {
  let folded = '';
  let octets = 0;
  for (const character of line) {
    const size = encoder.encode(character).length;
    if (octets + size > MOST_OCTETS) {
      folded += '\r\n ';
      octets = 1;
    }
    folded += character;
    octets += size;
  }
  return folded;
}
