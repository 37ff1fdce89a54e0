import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../../engine/scan/finding.ts';
import { applySuppressions } from '../../../../engine/scan/living/apply-suppressions.ts';
import {
  type KnownExceptions,
  knownExceptions,
  noExceptionsKnown,
} from '../../../../engine/scan/living/known-exceptions.ts';
import { foundAt } from '../../../fixtures/found.ts';
import { suppressionsIn } from '../../../fixtures/scanned.ts';

const day = '2026-11-27';
const allow = 'proviso-allow EX-1 owner=team-a until=2027-03-31 because="they move"';
const ends = new Map([
  ['EX-1', { customer: 'acme', lastDay: '2027-12-31' }],
  ['EX-2', { customer: 'acme', lastDay: '2026-11-26' }],
]);
const known = knownExceptions((id) => ends.get(id));

function judged(text: string, findings: Finding[], who: KnownExceptions = noExceptionsKnown) {
  const { by, counted, diagnostics } = applySuppressions(findings, suppressionsIn(text).suppressions, {
    day,
    known: who,
  });
  return {
    suppressed: by.map(Boolean),
    counted: counted.map(({ suppression, findings: count }) => [suppression.exception, count]),
    said: diagnostics.map(({ rule, severity, at }) => [rule, severity, at.start.line]),
  };
}

describe('a suppression that counts', () => {
  it.each([
    ['the line after it', `// ${allow}\nif (x)`, foundAt('a.ts', 2)],
    ['its own line', `if (x) // ${allow}`, foundAt('a.ts', 1)],
    [
      'the statement that begins after it',
      `// ${allow}\nif (\n x ||\n y)`,
      foundAt('a.ts', 4, { statement: { first: 2, last: 4 } }),
    ],
    ['the statement it ends', `f(\n x,\n) // ${allow}`, foundAt('a.ts', 2, { statement: { first: 1, last: 3 } })],
    [
      'a literal of several lines',
      `// ${allow}\nx`,
      foundAt('a.ts', 1, { at: { path: 'a.ts', start: { line: 1, column: 1 }, end: { line: 3, column: 1 } } }),
    ],
  ])('covers %s', (_, text, finding) => {
    expect(judged(text, [finding])).toEqual({ suppressed: [true], counted: [['EX-1', 1]], said: [] });
  });

  it.each([
    ['the line after that', `// ${allow}\nx`, foundAt('a.ts', 3)],
    ['the line before', `x\n// ${allow}\ny`, foundAt('a.ts', 1)],
    ['another file', `// ${allow}\nx`, foundAt('b.ts', 2)],
    [
      'the middle of a statement it stands in',
      `f(\n// ${allow}\n x,\n y)`,
      foundAt('a.ts', 4, { statement: { first: 1, last: 4 } }),
    ],
  ])('does not cover %s, and is out of use', (_, text, finding) => {
    const { suppressed, said } = judged(text, [finding]);
    expect([suppressed, said.map(([rule, severity]) => [rule, severity])]).toEqual([
      [false],
      [['unused-suppression', 'warning']],
    ]);
  });

  it('covers all findings of its line, and with a repository at hand those about its own customer', () => {
    const both = [
      foundAt('a.ts', 2),
      foundAt('a.ts', 2, { account: 'globex' }),
      foundAt('a.ts', 2, { account: undefined }),
    ];
    expect(judged(`// ${allow}\nx`, both)).toEqual({
      suppressed: [true, true, true],
      counted: [['EX-1', 3]],
      said: [],
    });
    expect(judged(`// ${allow}\nx`, both, known)).toEqual({
      suppressed: [true, false, true],
      counted: [['EX-1', 2]],
      said: [['bad-suppression', 'error', 1]],
    });
  });

  it.each([
    ['2027-11-28', []],
    ['2027-11-29', [['long-suppression', 'warning', 1]]],
  ])('until %s may last a year', (until, said) => {
    expect(judged(`// ${allow.replace('2027-03-31', until)}\nx`, [foundAt('a.ts', 2)])).toEqual({
      suppressed: [true],
      counted: [['EX-1', 1]],
      said,
    });
  });
});

describe('a suppression that is void', () => {
  it.each([
    ['the day after its last', allow.replace('2027-03-31', '2026-11-26'), 'expired-suppression', 'warning'],
    ['where its exception is closed', allow.replace('EX-1', 'EX-2'), 'closed-suppression', 'warning'],
    ['where there is no such exception', allow.replace('EX-1', 'EX-9'), 'bad-suppression', 'error'],
  ])('suppresses nothing %s, and is told once', (_, said, rule, severity) => {
    expect(judged(`// ${said}\nx`, [foundAt('a.ts', 2)], known)).toEqual({
      suppressed: [false],
      counted: [],
      said: [[rule, severity, 1]],
    });
  });

  it('counts on its last day', () => {
    expect(judged(`// ${allow.replace('2027-03-31', day)}\nx`, [foundAt('a.ts', 2)], known).suppressed).toEqual([true]);
  });
});
