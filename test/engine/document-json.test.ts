import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readJson } from '../../engine/document/json.ts';
import type { Pointer } from '../../engine/document.ts';

const SEED = Number(process.env.PROVISO_SEED ?? 20261127);

/** Every place in a value, the value itself included. */
function pointersIn(value: unknown, here: Pointer = []): Pointer[] {
  if (typeof value !== 'object' || value === null) return [here];
  return [here, ...Object.entries(value).flatMap(([key, child]) => pointersIn(child, [...here, key]))];
}

const valueAt = (value: unknown, pointer: Pointer): unknown =>
  pointer.reduce<unknown>((inside, step) => (inside as Record<string, unknown>)[step], value);

/** What stands between two positions. */
function cut(text: string, { start, end }: ReturnType<NonNullable<ReturnType<typeof readJson>['document']>['locate']>) {
  const starts = [...text.matchAll(/^/gm)].map(({ index }) => index);
  const offset = (at: { line: number; column: number }) => {
    let line = 1;
    let index = 0;
    for (; line < at.line; line++) index = text.indexOf('\n', index) + 1;
    return index + at.column - 1;
  };
  return starts.length === 0 || !end ? '' : text.slice(offset(start), offset(end));
}

const blanks = fc.constantFrom('', ' ', '\n', '\t', '\r\n  ');

/** The text of a value with blanks wherever they may be. */
const written = (value: unknown, blank: () => string): string => {
  const b = blank;
  if (Array.isArray(value)) return `[${b()}${value.map((one) => written(one, b)).join(`${b()},${b()}`)}${b()}]`;
  if (typeof value === 'object' && value !== null) {
    const pairs = Object.entries(value).map(([key, one]) => `${JSON.stringify(key)}${b()}:${b()}${written(one, b)}`);
    return `{${b()}${pairs.join(`${b()},${b()}`)}${b()}}`;
  }
  return JSON.stringify(value);
};

describe('JSON as a document', () => {
  it(`reads what JSON.parse reads, and finds every value and key in it (seed ${SEED})`, () => {
    const value = fc.jsonValue({ maxDepth: 4 }).map((one) => JSON.parse(JSON.stringify(one)) as unknown);
    fc.assert(
      fc.property(value, fc.infiniteStream(blanks), (data, stream) => {
        const text = `${written(data, () => stream.next().value)}`;
        const { document, diagnostics } = readJson('a.json', text);
        expect([document?.data, diagnostics]).toEqual([data, []]);
        for (const pointer of document ? pointersIn(data) : []) {
          expect(
            JSON.parse(cut(text, document?.locate(pointer) ?? { path: '', start: { line: 1, column: 1 } })),
          ).toEqual(valueAt(data, pointer));
          const key = pointer.at(-1);
          const parent = valueAt(data, pointer.slice(0, -1));
          if (key !== undefined && !Array.isArray(parent)) {
            const place = document?.locate(pointer, 'key');
            expect(place && JSON.parse(cut(text, place))).toBe(key);
          }
        }
      }),
      { seed: SEED, numRuns: 300 },
    );
  });

  it(`refuses what JSON.parse refuses, with a place in it (seed ${SEED})`, () => {
    const damaged = fc
      .tuple(
        fc.json({ maxDepth: 3 }),
        fc.nat(),
        fc.nat(3),
        fc.constantFrom('', ',', '"', '}', '[', '01', 'x', '\n', '\\'),
      )
      .map(([text, at, length, instead]) => {
        const start = at % (text.length + 1);
        return text.slice(0, start) + instead + text.slice(start + length);
      });
    const seen = { read: 0, refused: 0 };
    fc.assert(
      fc.property(damaged, (text) => {
        let isJson = true;
        try {
          JSON.parse(text);
        } catch {
          isJson = false;
        }
        seen[isJson ? 'read' : 'refused']++;
        const { document, diagnostics } = readJson('a.json', text);
        expect([document !== undefined, diagnostics.length]).toEqual([isJson, isJson ? 0 : 1]);
      }),
      { seed: SEED, numRuns: 3000 },
    );
    expect(Math.min(seen.read, seen.refused)).toBeGreaterThan(100);
  });

  it.each([
    ['[1,\n  2', '2:3 the text ends too early'],
    ['', '1:1 the text ends too early'],
    ['[1 2]', '1:4 a comma or the closing bracket is needed here'],
    ['[1,]', '1:4 a value is needed here'],
    ['{"a": 1,}', '1:9 a key in double quotes is needed here'],
    ['{a: 1}', '1:2 a key in double quotes is needed here'],
    ['{"a" 1}', '1:6 a colon is needed here'],
    ['[01]', '1:2 a value is needed here'],
    ["['a']", '1:2 a value is needed here'],
    ['{} x', '1:4 there is more after the end'],
    ['["a\nb"]', '1:2 this text in quotes is not closed on its line, or has a wrong escape'],
    ['["\\x"]', '1:2 this text in quotes is not closed on its line, or has a wrong escape'],
    ['[1}', '1:3 a comma or the closing bracket is needed here'],
    ['\ufeff[1,', '1:4 the text ends too early'],
  ])('%j: %s', (text, said) => {
    const [fault] = readJson('a.json', text).diagnostics;
    expect(`${fault?.at.start.line}:${fault?.at.start.column} ${fault?.message}`).toBe(said);
  });

  it('a byte order mark is no part of it', () => {
    const { document } = readJson('a.json', '\ufeff{"a": 1}');
    expect([document?.data, document?.locate(['a'], 'key').start]).toEqual([{ a: 1 }, { line: 1, column: 3 }]);
  });

  it('what is not there is placed at the key above it', () => {
    const { document } = readJson('a.json', '{"a":\n {"b": [1]}}');
    expect(document?.locate(['a', 'b', 7, 'c']).start).toEqual({ line: 2, column: 3 });
    expect(document?.locate(['z']).start).toEqual({ line: 1, column: 1 });
  });
});
