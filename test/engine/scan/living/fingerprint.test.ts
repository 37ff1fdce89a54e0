import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contentOf, fingerprintsOf } from '../../../../engine/scan/living/fingerprint.ts';

const seed = Number(process.env.PROVISO_SEED ?? 20261127);
const said = { rule: 'account-equality', statement: 'if (account.id === "acme") return 5;', within: ['priceOf'] };
const before = contentOf(said);

describe('the content of a finding', () => {
  it.each([
    ['is indented anew', { statement: '    if (account.id === "acme") return 5;\n' }],
    ['is broken over lines', { statement: 'if (\n\t\taccount.id ===\r\n\t\t"acme"\n)\n\treturn 5;' }],
    [
      'gets a comment',
      { statement: 'if (account.id /* x */ === "acme") return 5;', comments: [{ start: 15, end: 22 }] },
    ],
  ])('stays when the statement %s', (_, change) => {
    expect(contentOf({ ...said, ...change })).toBe(before);
  });

  it('stays when a formatter adds the comma before a bracket', () => {
    expect(contentOf({ ...said, statement: 'vip(["acme", "globex"])' })).toBe(
      contentOf({ ...said, statement: 'vip([\n  "acme",\n  "globex",\n])' }),
    );
  });

  it.each([
    ['rule', { rule: 'account-case' }],
    ['statement', { statement: 'if (account.id === "acme") return 6;' }],
    ['function', { within: ['costOf'] }],
    ['class', { within: ['Prices', 'priceOf'] }],
    ['literal', { literal: 'acme' }],
    ['word, cut in two', { statement: 'if (account.id === "acme") re turn 5;' }],
  ])('is another with another %s', (_, change) => {
    expect(contentOf({ ...said, ...change })).not.toBe(before);
  });

  it('is a hash that anybody can work out from the source alone', () => {
    expect(before).toMatch(/^[0-9a-f]{32}$/);
  });
});

describe('fingerprints', () => {
  const found = (content: string, path: string, line: number, column = 1) => ({
    content,
    at: { path, start: { line, column } },
  });

  it('count copies by file and place, whatever order they are given in', () => {
    expect(
      fingerprintsOf([found('a', 'x.ts', 10), found('a', 'x.ts', 9), found('b', 'x.ts', 1), found('a', 'b.ts', 50)]),
    ).toEqual(['a:3', 'a:2', 'b:1', 'a:1']);
  });

  const findings = fc.array(
    fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.constantFrom('x.ts', 'y/z.py'), fc.nat(30), fc.nat(5)),
    { maxLength: 12 },
  );
  const all = (list: [string, string, number, number][], move = 0, path = (old: string) => old) =>
    [...fingerprintsOf(list.map(([c, p, l, k]) => found(c, path(p), l + move, k)))].sort();

  it('are the same set when lines move and files are renamed, and one more for a copy', () => {
    fc.assert(
      fc.property(findings, fc.nat(500), fc.constantFrom('a', 'b', 'c'), (list, move, copied) => {
        const usual = all(list);
        expect(all(list, move, (old) => `moved/${old}`)).toEqual(usual);
        expect(new Set(usual).size).toBe(list.length);
        const more = all([...list, [copied, 'copy.ts', 1, 1]]);
        expect(more.filter((one) => !usual.includes(one))).toHaveLength(1);
        expect(usual.filter((one) => !more.includes(one))).toEqual([]);
      }),
      { seed },
    );
  });
});
