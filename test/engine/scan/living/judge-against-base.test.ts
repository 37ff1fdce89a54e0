import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../../engine/scan/finding.ts';
import { emptyBaseline, updateBaseline } from '../../../../engine/scan/living/baseline.ts';
import { judgeAgainstBase, type Side } from '../../../../engine/scan/living/judge-against-base.ts';
import { noExceptionsKnown } from '../../../../engine/scan/living/known-exceptions.ts';
import { foundAt } from '../../../fixtures/found.ts';
import { suppressionsIn } from '../../../fixtures/scanned.ts';

const seed = Number(process.env.PROVISO_SEED ?? 20261127);
const today = { day: '2026-11-27', known: noExceptionsKnown };
const allow = '// proviso-allow EX-1 owner=team-a until=2027-03-31 because="they move"\n';
type Judge = typeof judgeAgainstBase;

/** Findings of files that hold one statement a line; an empty line and a comment are none. */
function side(files: Readonly<Record<string, string>>, more: Partial<Side> = {}): Side {
  const findings = Object.entries(files).flatMap(([path, text]) =>
    text
      .split('\n')
      .flatMap((line, index) => (line.includes('acme') ? [foundAt(path, index + 1, {}, line.trim())] : [])),
  );
  const suppressions = Object.entries(files).flatMap(([path, text]) => suppressionsIn(text, path).suppressions);
  return { findings, suppressions, baseline: emptyBaseline, ...more };
}
const judged = (base: Side, head: Side, judge: Judge = judgeAgainstBase) => {
  const { states, diagnostics } = judge({ base, head }, today);
  return { states, said: diagnostics.map(({ rule }) => rule) };
};

const x = 'if (acme) a()\n';
const y = 'if (acme) b()\n';

describe('what a change adds', () => {
  it.each<[string, Record<string, string>, Record<string, string>, string[]]>([
    ['is what was not there', {}, { 'a.ts': x }, ['new']],
    ['is not what stays', { 'a.ts': x }, { 'a.ts': `\n\n   ${x}` }, ['unchanged']],
    ['is not what moves to another file', { 'a.ts': x }, { 'b.ts': x }, ['unchanged']],
    [
      'is not what is renamed and moved about',
      { 'a.ts': x + y },
      { 'z.ts': `\n${y}`, 'y.ts': x },
      ['unchanged', 'unchanged'],
    ],
    ['is a copy, in the same file', { 'a.ts': x }, { 'a.ts': x + x }, ['unchanged', 'new']],
    [
      'is a copy in another file, and not what it was copied from',
      { 'b.ts': x },
      { 'a.ts': x, 'b.ts': x },
      ['new', 'unchanged'],
    ],
    ['is what reads otherwise now', { 'a.ts': x }, { 'a.ts': y }, ['new']],
    [
      'is one of two where one was taken out',
      { 'a.ts': x + x },
      { 'a.ts': x, 'b.ts': x + x },
      ['unchanged', 'unchanged', 'new'],
    ],
  ])('%s', (_, base, head, states) => {
    expect(judged(side(base), side(head))).toEqual({ states, said: [] });
  });
});

describe('what a change says in its own defence', () => {
  it.each<[string, Record<string, string>, Record<string, string>, string[], string[]]>([
    ['a new suppression of what it adds', {}, { 'a.ts': allow + x }, ['new'], ['new-suppression']],
    [
      'a new suppression that is over already',
      {},
      { 'a.ts': allow.replace('2027', '2026') + x },
      ['new'],
      ['expired-suppression'],
    ],
    ['a new suppression of what was there', { 'a.ts': x }, { 'a.ts': allow + x }, ['unchanged'], ['new-suppression']],
    [
      'an old suppression copied onto what it adds',
      { 'a.ts': allow + x },
      { 'a.ts': allow + y + allow + x },
      ['new', 'unchanged'],
      ['new-suppression'],
    ],
    [
      'an old suppression moved onto another rule',
      { 'a.ts': `${allow}other()\n${x}` },
      { 'a.ts': allow + y },
      ['new'],
      [],
    ],
    [
      'an old suppression that says a later day now',
      { 'a.ts': allow + x },
      { 'a.ts': allow.replace('2027-03', '2027-05') + y },
      ['new'],
      ['new-suppression'],
    ],
    ['an old suppression of the same rule, reworded', { 'a.ts': allow + x }, { 'a.ts': allow + y }, ['suppressed'], []],
    [
      'an old suppression that is over',
      { 'a.ts': allow.replace('2027', '2026') + x },
      { 'a.ts': allow.replace('2027', '2026') + y },
      ['new'],
      [],
    ],
  ])('%s', (_, base, head, states, said) => {
    expect(judged(side(base), side(head))).toEqual({ states, said });
  });

  it('an entry of the baseline', () => {
    const head = side({ 'a.ts': x + x });
    expect(judged(side({}), { ...head, baseline: updateBaseline(head.findings) })).toEqual({
      states: ['new', 'new'],
      said: ['new-baseline-entry'],
    });
    expect(
      judgeAgainstBase({ base: side({}), head: { ...head, baseline: updateBaseline(head.findings) } }, today)
        .diagnostics[0]?.message,
    ).toBe('new in this change: 2 findings of the baseline, of a.ts first, count after it is merged');
  });

  it('an entry that the baseline of the base had excuses no copy', () => {
    const baseline = updateBaseline(side({ 'old.ts': x }).findings);
    expect(judged(side({}, { baseline }), side({ 'a.ts': x }, { baseline }))).toEqual({ states: ['new'], said: [] });
  });
});

describe('random changes', () => {
  const lines = fc.array(fc.constantFrom(x, y, 'if (acme) c()\n', 'other()\n', '\n'), { maxLength: 8 });
  const files = fc.dictionary(
    fc.constantFrom('a.ts', 'b.ts', 'c.ts'),
    lines.map((list) => list.join('')),
    { maxKeys: 3 },
  );
  const countNew = (base: Side, head: Side, judge?: Judge) =>
    judged(base, head, judge).states.filter((state) => state === 'new').length;
  const shuffled = (found: readonly Finding[]) => [...found].reverse();

  it('add nothing by moving, indenting and renaming', () => {
    fc.assert(
      fc.property(files, fc.nat(9), (before, down) => {
        const after = Object.fromEntries(
          Object.entries(before).map(([path, text]) => [
            `new/${path}`,
            '\n'.repeat(down) + text.replace(/^(?=.)/gm, '    '),
          ]),
        );
        expect(countNew(side(before), side(after))).toBe(0);
      }),
      { seed },
    );
  });

  it('add every copy they make, in whatever order files are read', () => {
    fc.assert(
      fc.property(files, files, (before, after) => {
        const [base, head] = [side(before), side(after)];
        const count = (found: readonly Finding[], content: string) =>
          found.filter((one) => one.content === content).length;
        const more = [...new Set(head.findings.map(({ content }) => content))].reduce(
          (sum, content) => sum + Math.max(0, count(head.findings, content) - count(base.findings, content)),
          0,
        );
        expect(countNew(base, head)).toBe(more);
        const states = judgeAgainstBase(
          {
            base: { ...base, findings: shuffled(base.findings) },
            head: { ...head, findings: shuffled(head.findings) },
          },
          today,
        ).states;
        expect([...states].reverse()).toEqual(judgeAgainstBase({ base, head }, today).states);
      }),
      { seed },
    );
  });

  /** That no change excuses itself. */
  const noneExcusesItself = (judge: Judge) =>
    fc.check(
      fc.property(files, files, (before, after) => {
        const bare = countNew(side(before), side(after));
        const defended = Object.fromEntries(
          Object.entries(after).map(([path, text]) => [path, text.replace(/^(?=if)/gm, allow)]),
        );
        const head = side(defended);
        return countNew(side(before), { ...head, baseline: updateBaseline(head.findings) }, judge) === bare;
      }),
      { seed },
    ).failed;

  it('never excuse themselves, which a judge who trusts their suppressions or their baseline would let them', () => {
    const trustsSuppressions: Judge = ({ base, head }, on) => {
      const { states, ...rest } = judgeAgainstBase({ base, head }, on);
      const lines = new Set(head.suppressions.map(({ at, line }) => `${at.path}:${line}`));
      return {
        ...rest,
        states: states.map((state, index) => {
          const { path, start } = head.findings[index]?.at ?? { path: '', start: { line: 0 } };
          return state === 'new' && lines.has(`${path}:${start.line}`) ? 'suppressed' : state;
        }),
      };
    };
    const trustsBaseline: Judge = ({ base, head }, on) => {
      const { states, ...rest } = judgeAgainstBase({ base, head }, on);
      const contents = new Set(head.baseline.entries.map(({ content }) => content));
      return {
        ...rest,
        states: states.map((state, index) => (contents.has(head.findings[index]?.content ?? '') ? 'unchanged' : state)),
      };
    };
    expect([judgeAgainstBase, trustsSuppressions, trustsBaseline].map(noneExcusesItself)).toEqual([false, true, true]);
  });
});
