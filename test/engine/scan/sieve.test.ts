import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mayHoldUnlisted, spokenWords } from '../../../engine/scan/judge/may-hold-unlisted.ts';
import { markOf, marksOf, marksOfTokens } from '../../../engine/scan/names/mark.ts';
import { MOST_SPOKEN, sift } from '../../../engine/scan/sieve.ts';
import { fileTokens } from './file-tokens.ts';
import { SEED } from './sample-accounts.ts';

const SALT = 11;
const nobody = marksOfTokens(SALT, []);
const nouns = marksOfTokens(SALT, spokenWords([]));
const sifted = (text: string, tokens: readonly string[]): string[] =>
  [...sift(Buffer.from(text), marksOfTokens(SALT, tokens), nobody).tokens].sort();

describe('the sieve', () => {
  const letters = fc.constantFrom(...'abzABZ019__--. "\n\\', 'ü', 'É', 'ß', '株', '😀', 'Ab', 'AB', '48_213');
  const texts = fc.array(letters, { maxLength: 60 }).map((parts) => parts.join(''));

  it(`finds every token there is, whether or not it knows the tokens beforehand (seed ${SEED})`, () => {
    fc.assert(
      fc.property(texts, (text) => {
        const tokens = [...fileTokens(text)].filter((token) => token !== '');
        expect(sifted(text, tokens)).toEqual(expect.arrayContaining(tokens));
        const unknown = marksOf(
          SALT,
          tokens.map((token) => markOf(SALT, token)),
        );
        expect([...sift(Buffer.from(text), unknown, nobody).tokens]).toEqual(expect.arrayContaining(tokens));
      }),
      { seed: SEED, numRuns: 500 },
    );
  });

  it(`finds none that is not there (seed ${SEED})`, () => {
    fc.assert(
      fc.property(texts, texts, (text, other) => {
        const small = new Set(
          [...fileTokens(text)].map((token) => token.replace(/[A-Z]/g, (one) => one.toLowerCase())),
        );
        const absent = [...fileTokens(other)].filter(
          (token) => token !== '' && !small.has(token.replace(/[A-Z]/g, (one) => one.toLowerCase())),
        );
        expect(sifted(text, absent)).toEqual([]);
      }),
      { seed: SEED, numRuns: 500 },
    );
  });

  it.each([
    ['a run', 'x=acme;', 'acme', 'acme'],
    ['a run at the end', 'x=acme', 'acme', 'acme'],
    ['a hump', 'const zephyraLoader', 'zephyra', 'zephyra'],
    ['a hump after capitals', 'NSLRouter2', 'router2', 'Router2'],
    ['a run that has humps', 'northStar', 'northstar', 'northStar'],
    ['a number in groups', 'id == 48_213L', '48213', '48213'],
    ['a number with its type', 'id == 48213n', '48213', '48213'],
    ['a number in groups with its type', 'id == 48_213_u64', '48213', '48213'],
    ['a number in groups at the end', 'id == 48_213', '48213', '48213'],
    ['what a pattern begins with', String.raw`/\bacme/`, 'acme', 'acme'],
    ['a name of several humps in a pattern', String.raw`/\bacmeCorp/`, 'acme', 'acme'],
    ['a name behind a namespace', String.raw`App\Acme`, 'acme', 'Acme'],
    ['other letters', '"株式会社"', '株式会社', '株式会社'],
    ['letters beside others', 'müller', 'ller', 'ller'],
  ])('finds %s', (_, text, token, found) => {
    expect(sifted(text, [token])).toEqual([found]);
  });

  it('takes any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(sift(bytes, nobody, nouns).spoken.every((at) => at < bytes.length)).toBe(true);
      }),
      { seed: SEED },
    );
  });
});

describe('a word for an account', () => {
  const mayHold = (text: string): boolean => {
    const bytes = Buffer.from(text);
    return mayHoldUnlisted(bytes, sift(bytes, nobody, nouns).spoken);
  };

  it('is noted where it stands, and no more often than is looked at', () => {
    expect(sift(Buffer.from('x.tenant == 4'), nobody, nouns).spoken).toEqual([2]);
    const bytes = Buffer.from('customer '.repeat(MOST_SPOKEN * 2));
    expect(sift(bytes, nobody, nouns).spoken).toHaveLength(MOST_SPOKEN);
  });

  it.each([
    ['compared with a number', 'if (account.id === 4711) {}', true],
    ['compared over two lines', 'account.id\n      === 4711', true],
    ['compared with something opaque', 'tenant == plan; const x = "cus_9sJk2LmQ"', true],
    ['in a list', '[4711, 4712].includes(account.id)', true],
    ['in a short list', '[7, 25].includes(account.id)', true],
    ['in a list of texts', "['t25'].includes(account.id)", true],
    ['looked up beside a number', 'list.includes(account.id, 25)', true],
    ['looked up beside names with digits', 'const kind = x_1.kind.includes(account.id, sha2)', false],
    ['beside the first and all', 'const kind = [0, 1, -1].includes(account.id, 0)', false],
    ['switched on', 'switch (tenantId) {\n  case 4711:\n', true],
    ['only spoken of', 'the customer pays 4711', false],
    ['compared far away', `account${' '.repeat(5_000)}=== 4711`, false],
  ])('%s', (_, text, expected) => expect(mayHold(text)).toBe(expected));
});
