import { type Diagnostic, type Position, topOf } from '../diagnostic.ts';
import { didYouMean } from '../did-you-mean.ts';
import type { GivenReview, ReviewState } from './approval.ts';

const states: readonly ReviewState[] = ['APPROVED', 'CHANGES_REQUESTED', 'COMMENTED', 'DISMISSED', 'PENDING'];
const keys = ['login', 'id', 'class', 'subject', 'at', 'state'];
const example =
  '[{ "login": "fin-ola", "id": 1002, "class": "finance", "subject": "…", "at": "2026-11-21T09:00:00Z", "state": "APPROVED" }]';

/**
 * Approvals written to a file, for those who work without GitHub: a list of `{ login, id, class?, subject?, at, state }`.
 * One with a class and the subject it was shown counts like the line `approve <subject>` in a review; without them it
 * can say no, and not yes, for nobody knows what it was given to. One that says yes later than `now` (milliseconds since
 * 1970) says nothing yet. What is wrong is reported at its place, never thrown, and left out.
 */
export function readApprovalsFile(
  text: string,
  path: string,
  now: number,
): { reviews: GivenReview[]; diagnostics: Diagnostic[] } {
  const { data, fault } = parse(text);
  if (fault !== undefined) return { reviews: [], diagnostics: [problem(path, fault, 'the file is not JSON')] };
  if (!Array.isArray(data))
    return { reviews: [], diagnostics: [problem(path, { line: 1, column: 1 }, 'approvals are a list')] };
  let places: number[] | undefined;
  const placeOf = (index: number): Position => {
    places ??= startsOf(text);
    return positionOf(text, places[index] ?? 0);
  };
  const reviews: GivenReview[] = [];
  const diagnostics: Diagnostic[] = [];
  data.forEach((entry: unknown, index) => {
    const faults = faultsIn(entry);
    if (faults.length === 0) reviews.push(reviewOf(entry as Entry, index + 1, now));
    diagnostics.push(...faults.map((message) => problem(path, placeOf(index), `approval ${index + 1}: ${message}`)));
  });
  return { reviews, diagnostics };
}

interface Entry {
  login: string;
  id: number;
  class?: string;
  subject?: string;
  at: string;
  state: ReviewState;
}

const reviewOf = ({ login, id, class: name, subject, at, state }: Entry, number: number, now: number): GivenReview => ({
  id: number,
  user: { id, login, type: 'User' },
  state,
  ...(name !== undefined && { class: name }),
  body: subject === undefined ? '' : `approve ${subject}`,
  submittedAt: at,
  lastEditedAt: null,
  // Only a yes: a no that comes from a clock that is fast still has to stop what it is about.
  ...(state === 'APPROVED' && Date.parse(at) > now && { isAhead: true }),
});

const problem = (path: string, start: Position, message: string): Diagnostic => ({
  rule: 'approvals-file',
  severity: 'error',
  message,
  at: { ...topOf(path), start },
  help: `write a list like ${example}`,
});

/** Everything that is wrong with one entry, in words. */
function faultsIn(entry: unknown): string[] {
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) return ['it is not an object'];
  const said = entry as Readonly<Record<string, unknown>>;
  const faults = Object.keys(said).flatMap((key) =>
    keys.includes(key) ? [] : [`there is no key \`${key}\`${didYouMean(key, keys)}`],
  );
  const expect = (key: string, isRight: (value: unknown) => boolean, what: string) => {
    if (!isRight(said[key])) faults.push(`\`${key}\` is not ${what}`);
  };
  const isText = (value: unknown) => typeof value === 'string' && /\S/.test(value);
  expect('login', isText, 'a login');
  expect('id', (value) => Number.isSafeInteger(value) && (value as number) > 0, 'the numeric id of a user');
  expect('at', isInstant, 'an instant like 2026-11-21T09:00:00Z');
  expect('state', (value) => (states as readonly unknown[]).includes(value), `one of ${states.join(', ')}`);
  if (said.class !== undefined) expect('class', isText, 'the name of a class');
  if (said.subject !== undefined)
    expect(
      'subject',
      (value) => typeof value === 'string' && /^[0-9a-f]{64}$/i.test(value),
      'a subject of 64 hex digits',
    );
  if (said.subject !== undefined && said.class === undefined) faults.push('a `subject` is one of a `class`');
  return faults;
}

const isInstant = (value: unknown): boolean =>
  typeof value === 'string' &&
  /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/.test(value) &&
  !Number.isNaN(Date.parse(value));

function parse(text: string): { data?: unknown; fault?: Position } {
  try {
    return { data: JSON.parse(text) };
  } catch (error) {
    // Where the message names no position, the text ended too early.
    const at = /position (\d+)/.exec(String(error))?.[1];
    return { fault: positionOf(text, at === undefined ? text.length : Number(at)) };
  }
}

function positionOf(text: string, offset: number): Position {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1) ?? '').length + 1 };
}

/** Where each entry of the list starts; the text is known to be JSON. */
function startsOf(text: string): number[] {
  const starts: number[] = [];
  let level = 0;
  let isNext = false;
  for (const { 0: token, index } of text.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{},:]|[^\s[\]{},:"]+/g)) {
    if (isNext && token !== ']') starts.push(index);
    isNext = level === 1 && token === ',';
    if (token === '[' || token === '{') level += 1;
    if (token === ']' || token === '}') level -= 1;
    if (token === '[' && level === 1) isNext = true;
  }
  return starts;
}
