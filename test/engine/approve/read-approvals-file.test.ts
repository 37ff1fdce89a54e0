import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readApprovalsFile } from '../../../engine/approve/read-approvals-file.ts';
import { itemOf, needFor, subjectOf } from '../../fixtures/approve/class-of-one.ts';
import { seed } from '../../fixtures/release/counts.ts';

const item = itemOf('finance');
const plain = itemOf('product');
const entry = {
  login: 'user-1',
  id: 1,
  class: 'finance',
  subject: subjectOf(item),
  at: '2026-11-21T09:00:00Z',
  state: 'APPROVED',
};
const { class: _, subject: __, ...unbound } = entry;

const now = Date.parse('2026-11-21T12:00:00Z');
const read = (entries: unknown) => readApprovalsFile(JSON.stringify(entries), 'approvals.json', now);
const faults = (text: string): string[] =>
  readApprovalsFile(text, 'approvals.json', now).diagnostics.map(
    ({ at: { path, start }, message }) => `${path}:${start.line}:${start.column} ${message}`,
  );

describe('an approval in a file', () => {
  it('counts like the line in a review, for what it was given to', () => {
    const { reviews, diagnostics } = read([entry]);
    expect(diagnostics).toEqual([]);
    expect(needFor(item, reviews)).toMatchObject({ satisfied: true, given: [{ login: 'user-1', id: 1, review: 1 }] });
    expect(needFor(itemOf('finance', { to: 61 }), reviews).satisfied).toBe(false);
  });

  it('counts where no code is wanted too', () => {
    expect(needFor(plain, read([{ ...entry, class: 'product', subject: subjectOf(plain) }]).reviews).satisfied).toBe(
      true,
    );
  });

  it('of one class says nothing of the others, before or after', () => {
    const both = [entry, { ...entry, class: 'product', subject: subjectOf(plain), at: '2026-11-21T10:00:00Z' }];
    for (const entries of [both, [...both].reverse()]) {
      expect(needFor(item, read(entries).reviews).satisfied).toBe(true);
      expect(needFor(plain, read(entries).reviews).satisfied).toBe(true);
    }
    expect(needFor(plain, read([entry]).reviews)).toMatchObject({ satisfied: false, ignored: [] });
  });

  it('without a subject is for nothing in particular, and does not count', () => {
    expect(needFor(plain, read([unbound]).reviews)).toMatchObject({
      satisfied: false,
      ignored: [{ login: 'user-1', why: 'was given to something that cannot be read any more' }],
    });
  });

  it.each<[string, string, boolean]>([
    ['now', '2026-11-21T12:00:00Z', true],
    ['now, in another zone', '2026-11-21T14:00:00+02:00', true],
    ['later', '2026-11-21T12:00:01Z', false],
    ['later, in another zone', '2026-11-21T11:00:00-02:00', false],
  ])('dated %s counts: %s', (_, at, satisfied) => {
    expect(needFor(item, read([{ ...entry, at }]).reviews)).toMatchObject({
      satisfied,
      ignored: satisfied ? [] : [{ login: 'user-1', why: `is dated ${at}, which is still to come` }],
    });
  });

  it('that is still to come neither replaces an approval nor lifts a refusal', () => {
    const ahead = { ...entry, at: '2027-01-01T00:00:00Z' };
    expect(needFor(item, read([entry, ahead]).reviews).satisfied).toBe(true);
    expect(needFor(item, read([{ ...unbound, state: 'CHANGES_REQUESTED' }, ahead]).reviews)).toMatchObject({
      satisfied: false,
      refusedBy: ['user-1'],
    });
    const refusal = { ...unbound, at: '2027-01-01T00:00:00Z', state: 'CHANGES_REQUESTED' };
    expect(needFor(item, read([entry, refusal]).reviews).satisfied).toBe(false);
  });

  it('is taken back by a later one', () => {
    const later = { ...unbound, at: '2026-11-21T10:00:00Z' };
    expect(needFor(item, read([entry, { ...later, state: 'DISMISSED' }]).reviews).satisfied).toBe(false);
    expect(needFor(item, read([{ ...later, state: 'CHANGES_REQUESTED' }, entry]).reviews)).toMatchObject({
      satisfied: false,
      refusedBy: ['user-1'],
    });
    expect(needFor(item, read([{ ...later, state: 'COMMENTED' }, entry]).reviews).satisfied).toBe(true);
  });
});

describe('what is wrong in a file of approvals', () => {
  const text = (...entries: object[]): string =>
    `[\n${entries.map((one) => `  ${JSON.stringify(one)}`).join(',\n')}\n]\n`;

  it.each<[string, string, string[]]>([
    ['nothing', '[]', []],
    ['no text', '', ['approvals.json:1:1 the file is not JSON']],
    ['half of it', '[\n  {"login": "x"', ['approvals.json:2:16 the file is not JSON']],
    ['no list', '{}', ['approvals.json:1:1 approvals are a list']],
    [
      'no object',
      '[\n  7,\n  null]',
      ['approvals.json:2:3 approval 1: it is not an object', 'approvals.json:3:3 approval 2: it is not an object'],
    ],
    [
      'a key that is not there',
      text(entry, { ...entry, subjekt: 'x' }),
      ['approvals.json:3:3 approval 2: there is no key `subjekt`; did you mean subject?'],
    ],
    [
      'another kind of key',
      text(JSON.parse('{"__proto__": 1}') as object),
      [
        'approvals.json:2:3 approval 1: there is no key `__proto__`',
        'approvals.json:2:3 approval 1: `login` is not a login',
        'approvals.json:2:3 approval 1: `id` is not the numeric id of a user',
        'approvals.json:2:3 approval 1: `at` is not an instant like 2026-11-21T09:00:00Z',
        'approvals.json:2:3 approval 1: `state` is not one of APPROVED, CHANGES_REQUESTED, COMMENTED, DISMISSED, PENDING',
      ],
    ],
    [
      'a subject that is too short',
      text({ ...entry, subject: 'abc123' }),
      ['approvals.json:2:3 approval 1: `subject` is not a subject of 64 hex digits'],
    ],
    [
      'a subject of no class',
      text({ ...unbound, subject: entry.subject }),
      ['approvals.json:2:3 approval 1: a `subject` is one of a `class`'],
    ],
    [
      'a number as text',
      text({ ...entry, id: '1' }),
      ['approvals.json:2:3 approval 1: `id` is not the numeric id of a user'],
    ],
    [
      'a day that is none',
      text({ ...entry, at: '2026-13-01T00:00:00Z' }),
      ['approvals.json:2:3 approval 1: `at` is not an instant like 2026-11-21T09:00:00Z'],
    ],
    [
      'a day without its zone',
      text({ ...entry, at: '2026-11-21T09:00:00' }),
      ['approvals.json:2:3 approval 1: `at` is not an instant like 2026-11-21T09:00:00Z'],
    ],
    [
      'brackets in texts, which are no lists',
      text({ ...entry, login: 'a],[{"\\' }, { ...entry, state: 'approved' }),
      [
        'approvals.json:3:3 approval 2: `state` is not one of APPROVED, CHANGES_REQUESTED, COMMENTED, DISMISSED, PENDING',
      ],
    ],
  ])('%s', (_, content, expected) => {
    expect(faults(content)).toEqual(expected);
  });

  it('is left out, and the rest is read', () => {
    const { reviews, diagnostics } = read([entry, 7, { ...entry, id: 2 }]);
    expect([reviews.map(({ user }) => user?.id), diagnostics.length]).toEqual([[1, 2], 1]);
  });

  it('is never thrown', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.array(fc.object()).map((list) => JSON.stringify(list)),
        ),
        (any) => {
          const { reviews, diagnostics } = readApprovalsFile(any, 'approvals.json', now);
          for (const { at } of diagnostics) expect(at.start.line).toBeGreaterThan(0);
          expect(reviews).toEqual([]);
        },
      ),
      { numRuns: 2_000, seed },
    );
  });
});
