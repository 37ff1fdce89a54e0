import fc from 'fast-check';
import { expect, test } from 'vitest';
import { read } from './read-text.ts';
import { readWithYaml } from './yaml-oracle.ts';
import { placesByUs, placesByYaml } from './yaml-places.ts';
import { render, type Tree } from './yaml-render.ts';

const SEED = Number(process.env.PROVISO_SEED ?? 20261121);

/** What no text may hold, and so no generated one does. */
const HIDDEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that are refused
  /[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ufeff\ufffe\uffff]/u;

const texts = fc
  .oneof(
    fc.string({ unit: 'binary', maxLength: 12 }),
    fc.string({ unit: 'grapheme', maxLength: 12 }),
    fc
      .array(
        fc.constantFrom(
          'a',
          'Acme',
          '1',
          '-',
          ':',
          '#',
          ' ',
          '\n',
          '\t',
          '"',
          "'",
          '[',
          '{',
          ',',
          '|',
          '&',
          '*',
          '!',
          '%',
          '@',
          '?',
          '\\',
          'é',
          '😀',
        ),
        { maxLength: 14 },
      )
      .map((parts) => parts.join('')),
    fc
      .array(fc.constantFrom('several', 'customers', 'want', 'it', 'x: y', '# z', "it's", '- a'), {
        minLength: 2,
        maxLength: 8,
      })
      .map((words) => words.join(' ')),
    fc.constantFrom(
      '',
      'no',
      'true',
      'null',
      '~',
      '014',
      '1e3',
      '2026-01-01',
      '12:30:45',
      '1_000',
      '-',
      '---',
      '...',
      '<<',
      'yes',
      '=',
      '0x1F',
      '.inf',
      'a\n\nb\n',
      '  lead',
      'trail ',
      'x\n\n\n',
    ),
  )
  .filter((text) => !HIDDEN.test(text));

const keys = fc
  .oneof(fc.constantFrom('name', 'plan', 'seats', 'constructor', 'toString', '1', '1.0', 'true', 'null', '~'), texts)
  .filter((key) => key !== '' && key !== '<<' && key !== '__proto__' && !key.includes('\n'));

const numbers = fc.oneof(
  fc.maxSafeInteger().map((value) => value + 0 || 0),
  fc.integer({ min: -1_000_000, max: 1_000_000 }).map((cents) => cents / 100 || 0),
);

const { tree } = fc.letrec<{ tree: Tree; list: Tree[]; mapping: { [key: string]: Tree } }>((tie) => ({
  tree: fc.oneof({ depthSize: 'small' }, texts, numbers, fc.boolean(), fc.constant(null), tie('list'), tie('mapping')),
  list: fc.array(tie('tree'), { maxLength: 5 }),
  mapping: fc.dictionary(keys, tie('tree'), { maxKeys: 5 }),
}));

test('a document is read as it was meant and placed where it stands, in every style it can be written in', () => {
  const property = fc.property(
    fc.dictionary(keys, tree, { maxKeys: 6 }),
    fc.infiniteStream(fc.nat(1 << 30)),
    (meant, stream) => {
      const text = render(meant, (count) => (stream.next().value ?? 0) % count);
      const { document, diagnostics } = read(text);
      const message = JSON.stringify(text);
      expect(diagnostics, message).toEqual([]);
      expect(document?.data, message).toEqual(meant);
      expect(readWithYaml(text), message).toEqual({ value: meant });
      const seen = placesByYaml(text);
      expect(document && placesByUs(document, seen), message).toEqual(seen);
    },
  );
  console.log(`seed ${SEED}`);
  fc.assert(property, { seed: SEED, numRuns: Number(process.env.PROVISO_FUZZ ?? 10_000) / 5 });
}, 3_600_000);
