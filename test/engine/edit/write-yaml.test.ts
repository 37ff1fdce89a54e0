import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { FORBIDDEN } from '../../../engine/document/characters.ts';
import { readDocument } from '../../../engine/document.ts';
import { blockLines, flowText, itemLines, quote } from '../../../engine/edit/write-yaml.ts';

const read = (text: string): unknown =>
  readDocument({ path: 'x.yaml', bytes: new TextEncoder().encode(text), oid: '' }).document?.data;

/** Every place a text can stand in what is written. */
const placed = (text: string) => ({
  top: text,
  flow: { value: text, list: [text, text], [`key${'x'.repeat(120)}`]: text },
  list: [text, { id: text, deep: { list: [text] } }],
});

const tricky = [
  ['no', 'No', 'yes', 'on', 'off', 'y', 'null', 'Null', '~', 'true', 'True', 'false', 'FALSE', 'unlimited', 'unset'],
  ['1.10', '1e3', '0x1f', '007', '0b1', '1_000', '1,000', '.5', '5.', '+1', '-1', '-0', '.inf', '.nan', '12:30:45'],
  ['2026-12-31', '12345678901234567890', 'a: b', 'a:b', 'a:', ':a', '# x', 'a # b', 'a#b', '- a', '-a', '---', '...'],
  [
    '? a',
    '?',
    '!tag',
    '&a',
    '*a',
    '|',
    '>',
    '%',
    '@a',
    '`a`',
    '"a"',
    "'a'",
    "it's",
    '\\',
    'a\\nb',
    '[a]',
    '{a}',
    'a, b',
  ],
  ['a]b', 'a}b', '', ' ', ' a', 'a ', '\ta', 'a\tb', 'a\nb', 'a\n\n b\n', '\n', '\r\n', 'a\r\nb', '\u00a0a', 'a\u00a0'],
  [
    '<<',
    '=======',
    '<<<<<<< HEAD',
    '__proto__',
    'https://x.example/a?b=c#d',
    '$5',
    '(a)',
    'ünï',
    '漢字',
    '🙂',
    'שלום',
    '24x7',
  ],
  ['no: 1', 'key": 1', "a ' b", '\u2028', '\u202e', '\0', '\x7f', '\ud800', '\ufeff', 'x\ufeffy', '\ufffe'],
].flat();

const words = fc.oneof(
  fc.constantFrom(...tricky),
  fc.string({ unit: fc.constantFrom(...': #-?!&*|>%@`"\'\\[]{},\n\r\t ab1.0~<=_') }),
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'binary' }),
  fc.tuple(fc.constantFrom(...tricky), fc.constantFrom(...tricky)).map(([a, b]) => `${a} ${b}`),
);

describe('a text that somebody types', () => {
  it('is read back as it was typed, by this reader and by another, or refused for a character nobody sees', () => {
    fc.assert(
      fc.property(words, (text) => {
        const data = placed(text);
        const written = `${blockLines(data).join('\n')}\n`;
        const found = read(written);
        if (found === undefined) expect(FORBIDDEN.test(text) || /\p{Surrogate}|\r/u.test(text)).toBe(true);
        else {
          expect(found).toEqual(data);
          expect(parse(written)).toEqual(data);
          expect(FORBIDDEN.test(text)).toBe(false);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('keeps a line to itself: no line end is written into the middle of a value', () => {
    fc.assert(
      fc.property(words, (text) => {
        expect(quote(text)).not.toMatch(/[\n\r]/);
        expect(quote(text, false)).not.toMatch(/[\n\r]/);
      }),
    );
  });

  it.each([
    ['They come, and go', 'They come, and go', '"They come, and go"'],
    ['net30', 'net30', 'net30'],
    ['84.00', '"84.00"', '"84.00"'],
    ['no', '"no"', '"no"'],
    ['2026-12-31', '2026-12-31', '2026-12-31'],
    ['24x7', '24x7', '24x7'],
    ['a: b', '"a: b"', '"a: b"'],
    ['https://x.example/a', 'https://x.example/a', 'https://x.example/a'],
    ['two\nlines', '"two\\nlines"', '"two\\nlines"'],
  ])('%j is %s on a line of its own and %s between brackets', (text, own, flow) => {
    expect([quote(text, false), quote(text)]).toEqual([own, flow]);
  });
});

describe('numbers', () => {
  it('are read back, also very small ones', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.integer(),
          fc.integer({ min: -999_999_999, max: 999_999_999 }).map((digits) => digits / 1e9),
          fc.constantFrom(1e-7, 1.5e-7, -2.5e-8, Number.MAX_SAFE_INTEGER),
        ),
        (number) => {
          fc.pre(!Object.is(number, -0));
          expect(read(`a: ${flowText(number)}\n`)).toEqual({ a: number });
        },
      ),
    );
  });
});

describe('layout', () => {
  it('puts on one line what fits, and below its key what does not', () => {
    const billing = { interval: 'year', unitPrices: { seats: '84.00' } };
    const note = 'a'.repeat(90);
    expect(
      blockLines({ a: undefined, quantities: { seats: 7 }, empty: {}, none: [], billing: { ...billing, note } }),
    ).toEqual([
      'quantities: { seats: 7 }',
      'empty: {}',
      'none: []',
      'billing:',
      '  interval: year',
      '  unitPrices: { seats: "84.00" }',
      `  note: ${note}`,
    ]);
    expect(blockLines({ list: [{ a: 1, b: note, c: note }, 'x'] })).toEqual([
      'list:',
      '  - a: 1',
      `    b: ${note}`,
      `    c: ${note}`,
      '  - x',
    ]);
    expect(itemLines([{ on: '2026-02-15', quantities: { seats: 120 } }])).toEqual([
      '- { on: 2026-02-15, quantities: { seats: 120 } }',
    ]);
  });

  it('leaves `no` bare where it is a word of the language', () => {
    expect(blockLines({ decision: 'no', because: 'no' })).toEqual(['decision: no', 'because: "no"']);
  });
});
