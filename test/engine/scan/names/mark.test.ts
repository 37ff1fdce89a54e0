import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Account } from '../../../../engine/scan/names/account.ts';
import type { Marks } from '../../../../engine/scan/names/dictionary.ts';
import { hasMark, markOf, marksOf } from '../../../../engine/scan/names/mark.ts';
import { openDictionary } from '../../../../engine/scan/names/open-dictionary.ts';
import { noPolicy } from '../../../../engine/scan/policy.ts';
import { fileTokens } from '../file-tokens.ts';
import { account, nameWords, SEED, writings } from '../sample-accounts.ts';

const marksFor = (one: Account): Marks => openDictionary([one], noPolicy).marks;
const isKept = (marks: Marks, file: string): boolean => [...fileTokens(file)].some((token) => hasMark(marks, token));

describe('a mark', () => {
  it.each([
    [0, '', 0xab3e_7c0b],
    [0, 'acme', 0x7860_b3c2],
    [7, 'acme', 0xbe8a_a969],
    [0, 'müller', 0x4b2c_7594],
  ])('with the salt %i, %j is a number that stays', (salt, token, mark) => {
    expect(markOf(salt, token) >>> 0).toBe(mark);
  });

  it('takes ASCII capitals as small letters, and other bytes as they are', () => {
    expect(markOf(3, 'ACME')).toBe(markOf(3, 'acme'));
    expect(markOf(3, 'MÜLLER')).not.toBe(markOf(3, 'müller'));
    expect(markOf(3, 'MüLLER')).toBe(markOf(3, 'müller'));
  });

  it('is in a set by its bit and by itself', () => {
    const marks = marksOf(3, [markOf(3, 'acme')]);
    expect([hasMark(marks, 'Acme'), hasMark(marks, 'acm'), hasMark({ ...marks, salt: 4 }, 'acme')]).toEqual([
      true,
      false,
      false,
    ]);
    expect(hasMark({ ...marks, bits: new Uint8Array(1 << 17) }, 'acme')).toBe(false);
    expect(hasMark({ ...marks, exact: new Set() }, 'acme')).toBe(false);
  });
});

describe('a file is kept', () => {
  const around = ['§', 'if (x === "§") {}', 'const is§Enabled = 1', '"§"', '/api/§/v2', '@§;', 'enum A { §, B }'];

  it(`however a name is written in it (seed ${SEED})`, () => {
    fc.assert(
      fc.property(nameWords, fc.constantFrom('', ' GmbH', ' Inc.'), fc.constantFrom(...around), (words, form, text) => {
        const marks = marksFor(account('zzq', { name: words.join(' ') + form }));
        // Between letters a name is seen where it begins with a capital.
        for (const written of writings(words))
          if (text !== around[2] || /^\p{Lu}/u.test(written))
            expect([written, isKept(marks, text.replace('§', written))]).toEqual([written, true]);
      }),
      { seed: SEED, numRuns: 300 },
    );
  });

  it.each<[string, Account, string]>([
    ['an id that the name writes apart', account('longbeach', { name: 'Long Beach Schools' }), 'x = "long-beach"'],
    [
      'that id where another part tells more',
      account('longbeach', { name: 'Long Beach Vandelay' }),
      'x = "long-beach"',
    ],
    ['an alias in humps', account('q', { aliases: ['McDonald'] }), 'isMcDonald()'],
    ['part of a name joined', account('q', { name: 'North Star Logistics' }), 'NORTHSTAR_LOGISTICS'],
    ['the other part', account('q', { name: 'North Star Logistics' }), 'north-starlogistics'],
    ['other letters, in capitals', account('q', { name: 'Яндекс Такси' }), 'имя == "ЯНДЕКС ТАКСИ"'],
    ['other letters', account('q', { name: '株式会社' }), '"株式会社"'],
    ['accents joined', account('q', { name: 'Müller Gruppe' }), 'müllergruppe'],
    ['accents in humps', account('q', { name: 'Müller Gruppe' }), 'myMüllerGruppe'],
    ['a domain', account('q', { domains: ['long-beach.co.uk'] }), '/long-beach\\.co\\.uk$/'],
    ['a domain under it', account('q', { domains: ['acme.com'] }), 'login.acme.com'],
    ['an address', account('q', { people: ['art.v@acme.com'] }), '"Art.V@ACME.com"'],
    ['an address anybody may have', account('q', { people: ['artvandelay@gmail.com'] }), 'artvandelay@gmail.com'],
    ['a number', account('q', { externalIds: { row: '48213' } }), 'id == 48213'],
    ['a number in groups', account('q', { externalIds: { row: '48213' } }), 'id == 48_213'],
    ['a long number in groups', account('q', { externalIds: { row: '1048213' } }), 'id == 1_048_213L'],
    ['a contract', account('q', { externalIds: { c: 'CT-2025-0117' } }), '"CT-2025-0117"'],
    ['a contract as a name', account('q', { externalIds: { c: 'CT-2025-0117' } }), 'CT_2025_0117 = 1'],
    [
      'a UUID',
      account('q', { externalIds: { u: 'c0ffee00-1111-4222-8333-444455556666' } }),
      'C0FFEE00-1111-4222-8333-444455556666',
    ],
    [
      'a UUID without dashes',
      account('q', { externalIds: { u: 'c0ffee00-1111-4222-8333-444455556666' } }),
      '"c0ffee00111142228333444455556666"',
    ],
    ['an id of another system', account('q', { externalIds: { s: 'cus_Vd9LayImpEx042' } }), '"cus_Vd9LayImpEx042"'],
  ])('that writes %s', (_, one, file) => {
    expect(isKept(marksFor(one), file)).toBe(true);
  });

  it.each<[string, Account, string]>([
    [
      'what is in every source',
      account('q', { name: 'Delta Service Group Inc.' }),
      'import group from "../service"; Inc',
    ],
    ['the year of a contract', account('q', { externalIds: { c: 'C-2025-0117' } }), 'const year = 2025'],
    ['what ends a domain', account('q', { domains: ['acme.co.uk'] }), 'example.co.uk'],
    ['what ends many of them', account('q', { domains: ['acme.com'] }), 'https://other.com'],
    ['the host of everybody', account('q', { people: ['artvandelay@gmail.com'] }), '"@gmail.com"'],
    ['the beginning of a name', account('hooli'), 'hool hoo'],
    [
      'a number of two digits, which decides only beside a word for an account',
      account('q', { externalIds: { a: '25' } }),
      'x == 25',
    ],
    ['the second word where the first is the id', account('vandelay', { name: 'Vandelay Industries' }), 'industries'],
  ])('not for %s', (_, one, file) => {
    expect(isKept(marksFor(one), file)).toBe(false);
  });
});

it('a thousand times as many accounts do not keep a thousand times as many files', () => {
  const accounts = Array.from({ length: 20_000 }, (_, index) =>
    account(`zq${index.toString(36)}v`, {
      name: `Qx${index.toString(36)}z Industries GmbH`,
      domains: [`wq${index.toString(36)}y.example`],
      externalIds: { row: String(1_000_000 + index) },
    }),
  );
  const { marks } = openDictionary(accounts, noPolicy);
  const others = Array.from({ length: 100_000 }, (_, index) => `someName${index}`);
  expect(others.filter((token) => hasMark(marks, token)).length).toBeLessThan(20);
});
