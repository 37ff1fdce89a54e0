import { expect, it } from 'vitest';
import { agendaMarkdown } from '../../../engine/report/agenda-markdown.ts';
import { agendaText } from '../../../engine/report/agenda-text.ts';
import { exceptionsText } from '../../../engine/report/exceptions-text.ts';
import { renewalsCalendar } from '../../../engine/report/renewals-calendar.ts';
import { renewalsMarkdown } from '../../../engine/report/renewals-markdown.ts';
import { renewalsText } from '../../../engine/report/renewals-text.ts';
import { type Agenda, agendaTopics } from '../../../engine/views/agenda-item.ts';
import type { Ending } from '../../../engine/views/ending.ts';
import { exceptionTotals } from '../../../engine/views/exception-totals.ts';
import type { ListedException } from '../../../engine/views/listed-exception.ts';
import { readCalendar } from '../../fixtures/read-calendar.ts';

const EVIL = 'A\u001b[31m\u202e\r\nEND:VCALENDAR\r\nBEGIN:x';
const hidden = /[\u0000-\u0009\u000b-\u001f\u202e]/;
const days = { at: '2026-11-20', since: '2026-11-13', until: '2026-12-20' };
const place = { path: EVIL, line: 1 };

const ending: Ending = {
  customer: EVIL,
  name: EVIL,
  kind: 'contract',
  id: EVIL,
  last: '2026-12-31',
  notice: '2026-12-01',
  what: EVIL,
  then: EVIL,
  isFollowed: false,
  renewal: 'manual',
  maxIncreasePercent: EVIL,
  endsWith: [EVIL],
  promises: [EVIL],
  ...place,
};

const exception: ListedException = {
  customer: EVIL,
  name: EVIL,
  id: EVIL,
  area: 'access',
  decision: 'configuration',
  need: EVIL,
  does: EVIL,
  askedBy: EVIL,
  askedOn: '2026-11-19',
  neededBy: '2026-11-19',
  because: EVIL,
  usedBy: EVIL,
  livesIn: 'config',
  owner: EVIL,
  handledBy: EVIL,
  hoursPerMonth: 1,
  worth: { amount: '1.00', currency: 'USD', per: 'year' },
  state: 'active',
  demand: [EVIL],
  alike: [EVIL],
  alikeInAll: 1,
  isPattern: true,
  suggestion: { verdict: 'merge', because: EVIL },
  ...place,
};

it('no text of a file reaches a terminal as it is', () => {
  const item = { customer: EVIL, name: EVIL, what: EVIL, next: EVIL, ...place };
  const topics = agendaTopics.map((topic) => [topic, [item]] as const);
  const agenda = Object.fromEntries(topics) as unknown as Agenda;
  const page = {
    at: days.at,
    exceptions: [exception],
    totals: exceptionTotals([exception]),
    leaving: { customer: EVIL, records: [{ id: EVIL, does: EVIL, after: EVIL }], stays: [EVIL] },
  };
  for (const text of [renewalsText({ endings: [ending], ...days }), agendaText(agenda, days), exceptionsText(page)]) {
    expect(text).toContain(String.raw`A\u001b[31m\u202e`);
    expect(text).not.toMatch(hidden);
    expect(text).not.toMatch(/^END:VCALENDAR/m);
  }
});

it('no text of a file ends a calendar, and two events of one id stay apart', () => {
  const { events } = readCalendar(
    renewalsCalendar([ending, { ...ending, kind: 'credit' }, { ...ending, kind: 'credit' }], days.at),
  );
  expect(events).toHaveLength(6);
  expect(events[0]?.SUMMARY).toContain(String.raw`A\u001b[31m\u202e\u000d\u000aEND:VCALENDAR`);
});

it('as Markdown no text of a file opens a cell, a link, a tag or code, and the agenda fits into one issue', () => {
  const evil = 'a|b ` <img src=x> [x](http://evil.example) @everyone\n# head';
  const item = { customer: evil, name: evil, what: evil.repeat(20), next: evil, path: evil, line: 1 };
  const topics = agendaTopics.map((topic) => [topic, Array.from({ length: 300 }, () => item)] as const);
  const agenda = agendaMarkdown(Object.fromEntries(topics) as unknown as Agenda, days);
  expect(agenda.length).toBeLessThanOrEqual(60_000);
  expect(agenda).toMatch(/\n… and \d+ more: `proviso agenda` shows all\.\n/);
  const renewals = renewalsMarkdown({ endings: [{ ...ending, name: evil, what: evil }], ...days });
  for (const text of [agenda, renewals]) {
    expect(text).not.toMatch(/^# head/m);
    expect(text.replace(/(?<![\\`])(`+)(?!`).*?(?<!`)\1(?!`)/g, '')).not.toMatch(/<img|(?<!\\)\]\(http/);
  }
  expect(
    renewals
      .split('\n')
      .find((line) => line.includes('img'))
      ?.match(/(?<!\\)\|/g),
  ).toHaveLength(10);
});
