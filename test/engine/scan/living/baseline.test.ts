import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  applyBaseline,
  type Baseline,
  emptyBaseline,
  pruneBaseline,
  staleDiagnostics,
  updateBaseline,
} from '../../../../engine/scan/living/baseline.ts';
import { baselineText, readBaseline } from '../../../../engine/scan/living/baseline-file.ts';
import { foundAt } from '../../../fixtures/found.ts';

const seed = Number(process.env.PROVISO_SEED ?? 20261127);
const path = 'proviso-baseline.json';
const [a, b] = ['a'.repeat(32), 'b'.repeat(32)];
const entry = { content: a, count: 1, rule: 'account-equality', path: 'src/a.ts' };

describe('a baseline', () => {
  it('knows what it was made of, wherever it moves to, and nothing else', () => {
    const made = updateBaseline([foundAt('a.ts', 3), foundAt('b.ts', 9, { account: 'globex' })]);
    const now = [foundAt('new/a.ts', 77), foundAt('b.ts', 1, { account: 'globex' }), foundAt('c.ts', 1, {}, 'limit()')];
    expect(applyBaseline(now, made)).toEqual({ isKnown: [true, true, false], stale: [] });
  });

  it('knows as many copies as there were: the one that came is the one elsewhere', () => {
    const made = updateBaseline([foundAt('m.ts', 3)]);
    const copies = [foundAt('a.ts', 1), foundAt('m.ts', 5), foundAt('z.ts', 1)];
    expect(applyBaseline(copies, made).isKnown).toEqual([false, true, false]);
    expect(applyBaseline([foundAt('m.ts', 9), foundAt('m.ts', 5)], made).isKnown).toEqual([false, true]);
  });

  it('says what is gone, at its line, and only of what was looked at', () => {
    const made = updateBaseline([foundAt('a.ts', 1), foundAt('a.ts', 9), foundAt('b.ts', 1, { account: 'globex' })]);
    const { stale } = applyBaseline([foundAt('a.ts', 1)], made);
    const { placeOf } = readBaseline(baselineText(made), path);
    expect(staleDiagnostics(stale, placeOf).map(({ message, at }) => [message, at.start.line])).toEqual([
      ['a known finding is gone: account-equality, last seen in a.ts', 4],
      ['a known finding is gone: account-equality, last seen in b.ts', 5],
    ]);
    expect(applyBaseline([foundAt('a.ts', 1)], made, (file) => file === 'b.ts').stale).toHaveLength(1);
  });

  it('loses what is gone and gains nothing when it is pruned', () => {
    const made = updateBaseline([foundAt('a.ts', 1), foundAt('a.ts', 9), foundAt('b.ts', 1, { account: 'globex' })]);
    const pruned = pruneBaseline([foundAt('a.ts', 1), foundAt('c.ts', 1, { account: 'initech' })], made);
    expect(pruned.entries.map(({ path: file, count }) => [file, count])).toEqual([['a.ts', 1]]);
  });

  it('keeps notes, and what was not looked at, when it is made anew', () => {
    const before: Baseline = {
      entries: [
        { ...entry, content: foundAt('a.ts', 1).content, path: 'a.ts', note: 'until the rewrite' },
        { ...entry, content: b, path: 'web/b.ts' },
      ],
    };
    expect(updateBaseline([foundAt('moved.ts', 1)], before, (file) => !file.startsWith('web/'))).toEqual({
      entries: [{ ...before.entries[0], path: 'moved.ts' }, before.entries[1]],
    });
  });

  it('names no account', () => {
    expect(baselineText(updateBaseline([foundAt('a.ts', 1, { account: 'acme' })]))).not.toContain('acme');
  });

  const findings = fc
    .array(
      fc.record({
        file: fc.constantFrom('a.ts', 'b.py', 'c/d.go'),
        line: fc.nat(40),
        code: fc.constantFrom('x', 'y', 'z'),
      }),
      { maxLength: 10 },
    )
    .map((list) => list.map(({ file, line, code }) => foundAt(file, line, {}, code)));

  it('reads back as it was written, in the same bytes whatever order things were found in', () => {
    fc.assert(
      fc.property(findings, (list) => {
        const made = updateBaseline(list);
        expect(readBaseline(baselineText(made), path)).toMatchObject({ baseline: made, diagnostics: [] });
        expect(updateBaseline([...list].reverse())).toEqual(made);
        expect(updateBaseline(list, made)).toEqual(made);
        expect(applyBaseline(list, made)).toEqual({ isKnown: list.map(() => true), stale: [] });
        expect(applyBaseline(list, emptyBaseline).isKnown).toEqual(list.map(() => false));
      }),
      { seed },
    );
  });

  it('knows all but one when anything is copied', () => {
    fc.assert(
      fc.property(findings, fc.nat(), (list, at) => {
        const copied = list[at % Math.max(1, list.length)];
        if (!copied) return;
        const { isKnown } = applyBaseline(
          [...list, { ...copied, at: { ...copied.at, path: '0.ts' } }],
          updateBaseline(list),
        );
        expect(isKnown.filter((known) => !known)).toHaveLength(1);
      }),
      { seed },
    );
  });
});

describe('the file of a baseline', () => {
  it('has one line an entry, by path', () => {
    expect(baselineText(updateBaseline([foundAt('b.ts', 1, { content: b }), foundAt('a.ts', 1, { content: a })]))).toBe(
      `{\n  "version": 1,\n  "findings": [\n    {"content":"${a}","count":1,"rule":"account-equality","path":"a.ts"},\n    {"content":"${b}","count":1,"rule":"account-equality","path":"b.ts"}\n  ]\n}\n`,
    );
    expect(readBaseline(baselineText(emptyBaseline), path)).toMatchObject({ baseline: emptyBaseline, diagnostics: [] });
  });

  const file = (...entries: object[]) => JSON.stringify({ version: 1, findings: entries }, undefined, 2);

  it.each([
    ['', '1:1 the text ends too early'],
    ['[]', '1:1 a baseline is an object with `version` and `findings`'],
    ['{ "findings": [] }', '1:1 a baseline says its version: 1'],
    ['{ "version": 2,\n  "findings": [] }', '1:14 there is no version 2 of baselines, only 1'],
    ['{ "version": 1 }', '1:1 `findings` of a baseline is a list'],
    ['{ "version": 1, "findings": {} }', '1:29 `findings` of a baseline is a list'],
    ['{ "version": 1, "findings": [],\n}', '2:1 a key in double quotes is needed here'],
    ['{ "version": 1,\n  "findings": [1,] }', '2:18 a value is needed here'],
    ['{ "version": 1,\n  "findings": [\n', '2:15 the text ends too early'],
    ['{ "version": 1,\n  "findings": [],\n  "findings": [] }', '3:3 `findings` is there twice'],
    ['{\n<<<<<<< ours\n', '2:1 there are merge conflict markers in the file'],
    [`{ "version": 1, "findings": ${'['.repeat(9_000)}`, '1:9028 the text ends too early'],
    [file(1 as never), '4:5 entry 1: it is not an object'],
    [file(entry, { ...entry, content: b, count: 0 }), '10:5 entry 2: `count` is not a whole number from 1'],
    [file({ ...entry, content: 'A' }), '4:5 entry 1: `content` is not 32 hex digits'],
    [file({ ...entry, pth: 'x', path: undefined }), '4:5 entry 1: there is no key `pth`; did you mean path?'],
    [file(entry, entry), '10:5 entry 2: its content has an entry already'],
    [file({ ...entry, note: 1 }), '4:5 entry 1: `note` is not a text'],
  ])('says what is wrong, and where: %#', (text, said) => {
    const [first] = readBaseline(text, path).diagnostics;
    expect(`${first?.at.start.line}:${first?.at.start.column} ${first?.message}`).toBe(said);
    expect([first?.rule, first?.severity]).toEqual(['bad-baseline', 'error']);
  });

  it('knows the rest where one entry is wrong, and nothing where the whole is', () => {
    expect(readBaseline(file(1 as never, entry), path).baseline).toEqual({ entries: [entry] });
    expect(readBaseline('{', path).baseline).toBeUndefined();
  });

  it('is never thrown at, nor quietly empty, whatever happens to it', () => {
    const good = file(entry, { ...entry, content: b, note: 'é "x" \\' });
    fc.assert(
      fc.property(fc.nat(good.length), fc.nat(4), fc.string({ maxLength: 3 }), (at, gone, put) => {
        const text = good.slice(0, at) + put + good.slice(at + gone);
        const { baseline, diagnostics } = readBaseline(text, path);
        let isJson = true;
        try {
          JSON.parse(text);
        } catch {
          isJson = false;
        }
        if (!isJson) expect(diagnostics.length).toBeGreaterThan(0);
        if (diagnostics.length === 0) expect(baseline?.entries.length).toBe(JSON.parse(text).findings.length);
      }),
      { seed, numRuns: Number(process.env.PROVISO_FUZZ ?? 10_000) / 10 },
    );
  });
});
