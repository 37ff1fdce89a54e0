import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calendar } from '../../../engine/report/calendar.ts';
import { readCalendar } from '../../fixtures/read-calendar.ts';

const seed = Number(process.env.PROVISO_SEED ?? Date.now() % 1_000_000);
const event = {
  uid: 'contract.C-1.acme@proviso',
  day: '2026-12-31',
  next: '2027-01-01',
  summary: 'Acme: ends',
  description: '',
};

describe('a calendar', () => {
  it('is what RFC 5545 says, to the byte', () => {
    expect(calendar('Renewals', [{ ...event, description: 'a;b, c\\d\ne' }], '2026-11-20')).toBe(
      [
        'BEGIN:VCALENDAR',
        'VERSION:2.0',
        'PRODID:-//Proviso//renewals//EN',
        'CALSCALE:GREGORIAN',
        'METHOD:PUBLISH',
        'X-WR-CALNAME:Renewals',
        'BEGIN:VEVENT',
        'UID:contract.C-1.acme@proviso',
        'DTSTAMP:20261120T000000Z',
        'DTSTART;VALUE=DATE:20261231',
        'DTEND;VALUE=DATE:20270101',
        'SUMMARY:Acme: ends',
        'DESCRIPTION:a\\;b\\, c\\\\d\\ne',
        'TRANSP:TRANSPARENT',
        'END:VEVENT',
        'END:VCALENDAR',
        '',
      ].join('\r\n'),
    );
  });

  it('without events still holds a component', () => {
    expect(readCalendar(calendar('Renewals', [], '2026-11-20'))).toMatchObject({ events: [], components: 1 });
  });

  it(`gives back any text, in lines of at most 75 octets without a cut character (seed ${seed})`, () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 200, size: 'max' });
    fc.assert(
      fc.property(fc.array(fc.tuple(text, text), { maxLength: 4 }), (texts) => {
        const events = texts.map(([summary, description], index) => ({
          ...event,
          uid: `${index}@proviso`,
          summary,
          description,
        }));
        const written = calendar('Renewals', events, '2026-11-20');
        const lines = written.split('\r\n');
        expect(lines.at(-1)).toBe('');
        expect(Math.max(...lines.map((line) => Buffer.byteLength(line)))).toBeLessThanOrEqual(75);
        expect(written).not.toMatch(/(?<!\r)\n|\r(?!\n)/);
        for (const line of lines) expect(Buffer.from(line).toString()).toBe(line);
        const clean = (value: string) => value.replace(/\r\n?/g, '\n').replace(/(?!\n)\p{Cc}/gu, '');
        expect(readCalendar(written).events.map(({ SUMMARY, DESCRIPTION }) => [SUMMARY, DESCRIPTION])).toEqual(
          texts.map((pair) => pair.map(clean)),
        );
      }),
      { seed, numRuns: 300 },
    );
  });
});
