import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Account } from '../../../../engine/scan/names/account.ts';
import type { Spelling } from '../../../../engine/scan/names/dictionary.ts';
import { openDictionary } from '../../../../engine/scan/names/open-dictionary.ts';
import { wordsOf } from '../../../../engine/scan/names/words-of.ts';
import { noPolicy, type ScanPolicy } from '../../../../engine/scan/policy.ts';
import { account, nameWords, SEED, someAccounts, writings } from '../sample-accounts.ts';

const found = (accounts: readonly Account[], spelling: Spelling, text: string, policy: Partial<ScanPolicy> = {}) =>
  openDictionary(accounts, { ...noPolicy, ...policy })
    .lookUp(spelling, text)
    .map((match) => `${match.account}: ${match.certainty}, ${match.naming}`);

describe('what names an account', () => {
  it.each<[string, Account, Spelling, string, string]>([
    ['its id', account('hooli'), 'words', 'hooli', 'name, id'],
    ['an id of digits', account('48213'), 'number', '48213', 'number, id'],
    ['an id of the product', account('acc_19342'), 'words', 'acc19342', 'unique, id'],
    ['its name', account('a1x', { name: 'Hooli' }), 'words', 'hooli', 'name, name'],
    ['its name with what it is in law', account('h1', { name: 'Hooli Inc' }), 'words', 'hooliinc', 'unique, name'],
    ['its name without that', account('h1', { name: 'Hooli, Inc.' }), 'words', 'hooli', 'name, name'],
    ['that written otherwise', account('h1', { name: 'Hooli Corp' }), 'words', 'hoolicorporation', 'unique, name'],
    ['without several of them', account('h1', { name: 'Hooli GmbH & Co. KG' }), 'words', 'hooli', 'name, name'],
    [
      'two words, one of them no word',
      account('v', { name: 'Vandelay Foods' }),
      'words',
      'vandelayfoods',
      'unique, name',
    ],
    [
      'two words that each mean something',
      account('d', { name: 'Delta Freight' }),
      'words',
      'deltafreight',
      'name, name',
    ],
    ['three of them', account('n', { name: 'North Star Foods' }), 'words', 'northstarfoods', 'unique, name'],
    ['two words of products', account('n', { name: 'Data Plan' }), 'words', 'dataplan', 'name, name'],
    ['two that are only those', account('n', { name: 'User Report' }), 'words', 'userreport', 'ordinary, name'],
    ['an id of two words in one', account('longbeach'), 'words', 'longbeach', 'name, id'],
    ['a word of English', account('delta'), 'words', 'delta', 'ordinary, id'],
    ['a word of British English', account('colour'), 'words', 'colour', 'ordinary, id'],
    ['a word of technology', account('prisma'), 'words', 'prisma', 'ordinary, id'],
    ['a month', account('january'), 'words', 'january', 'ordinary, id'],
    ['a city', account('london'), 'words', 'london', 'ordinary, id'],
    ['a plan', account('starter'), 'words', 'starter', 'ordinary, id'],
    ['a protocol', account('acme'), 'words', 'acme', 'ordinary, id'],
    ['three letters', account('qzx'), 'words', 'qzx', 'ordinary, id'],
    ['four letters that are no word', account('x', { aliases: ['LBSD'] }), 'words', 'lbsd', 'name, alias'],
    ['an alias', account('x', { aliases: ['AcmeCorp'] }), 'words', 'acmecorp', 'name, alias'],
    ['a domain', account('x', { domains: ['Acme.COM'] }), 'domain', 'acme.com', 'unique, domain'],
    [
      'a domain of other letters',
      account('x', { domains: ['müller.de'] }),
      'domain',
      'xn--mller-kva.de',
      'unique, domain',
    ],
    ['and as it is read', account('x', { domains: ['müller.de'] }), 'domain', 'müller.de', 'unique, domain'],
    [
      'a number of another system',
      account('x', { externalIds: { row: '48213' } }),
      'number',
      '48213',
      'number, external id',
    ],
    ['a short one', account('x', { externalIds: { row: '25' } }), 'number', '25', 'number, external id'],
    [
      'one with zeros before it',
      account('x', { externalIds: { crm: '00213' } }),
      'number',
      '213',
      'number, external id',
    ],
    [
      'an id of another system',
      account('x', { externalIds: { s: 'cus_NffrFeUfNV2Hib' } }),
      'words',
      'cusnffrfeufnv2hib',
      'unique, external id',
    ],
    ['a contract', account('x', { externalIds: { c: 'CT-2025-0117' } }), 'words', 'ct20250117', 'unique, external id'],
    [
      'a UUID',
      account('x', { externalIds: { u: 'c0ffee00-1111-4222-8333-444455556666' } }),
      'words',
      'c0ffee00111142228333444455556666',
      'unique, external id',
    ],
    [
      'a word as id elsewhere',
      account('x', { externalIds: { crm: 'globe' } }),
      'words',
      'globe',
      'ordinary, external id',
    ],
    ['a person', account('x', { people: ['Jo@Gmail.com'] }), 'email', 'jo@gmail.com', 'unique, person'],
    ['accents', account('x', { name: 'Müller-Zürich' }), 'words', 'mullerzurich', 'name, name'],
    ['German letters', account('x', { name: 'Möllerei' }), 'words', 'moellerei', 'name, name'],
  ])('%s', (_, one, spelling, text, said) => {
    expect(found([one], spelling, text)).toEqual([`${one.id}: ${said}`]);
  });

  it.each<[string, Account, Spelling, string, Partial<ScanPolicy>?]>([
    ['a public mail domain', account('x', { domains: ['gmail.com'] }), 'domain', 'gmail.com'],
    ['a domain without a dot', account('x', { domains: ['intranet'] }), 'domain', 'intranet'],
    ['what stands for nobody', account('demo'), 'words', 'demo'],
    ['a sentinel of the policy', account('house'), 'words', 'house', { sentinels: ['House'] }],
    ['one letter', account('x'), 'words', 'x'],
    ['a number as words', account('48213'), 'words', '48213'],
    ['the domain as words', account('x', { domains: ['hooli.example'] }), 'words', 'hooli'],
    ['a domain under it: its suffixes are asked for', account('x', { domains: ['acme.com'] }), 'domain', 'a.acme.com'],
    ['a name an object has anyway', account('x'), 'words', 'constructor'],
    ['the beginning of a name', account('hooli'), 'words', 'hool'],
  ])('nothing: %s', (_, one, spelling, text, policy) => {
    expect(found([one], spelling, text, policy)).toEqual([]);
  });

  it('the policy knows words that are ordinary in this product', () => {
    expect(found([account('hooli')], 'words', 'hooli', { ordinaryWords: ['Hooli'] })).toEqual(['hooli: ordinary, id']);
  });

  it('two accounts share a word: both, the surer one first, in whatever order they come', () => {
    const two = [account('acme-eu', { aliases: ['globe'] }), account('globe', { name: 'Globe Media' })];
    expect(found(two, 'words', 'globe')).toEqual(['globe: ordinary, id', 'acme-eu: ordinary, alias']);
    expect(found([...two].reverse(), 'words', 'globe')).toEqual(found(two, 'words', 'globe'));
    const numbers = [account('n2', { externalIds: { a: '777' } }), account('n1', { externalIds: { a: '777' } })];
    expect(found(numbers, 'number', '777')).toEqual(['n1: number, external id', 'n2: number, external id']);
  });

  it('says of one account only the surest', () => {
    expect(found([account('hooli', { aliases: ['HOOLI'], name: 'Hooli' })], 'words', 'hooli')).toEqual([
      'hooli: name, id',
    ]);
  });
});

describe('however it is written', () => {
  it(`a name is found (seed ${SEED})`, () => {
    fc.assert(
      fc.property(nameWords, (words) => {
        fc.pre(wordsOf(words.join('')).length > 8);
        const dictionary = openDictionary([account('q7', { name: words.join(' ') })], noPolicy);
        for (const text of writings(words))
          expect([text, dictionary.lookUp('words', wordsOf(text)).map((one) => one.account)]).toEqual([text, ['q7']]);
      }),
      { seed: SEED, numRuns: 100 },
    );
  });
});

describe('many parts', () => {
  it.each([
    [account('hooli'), 1],
    [account('x', { name: 'North Star Logistics' }), 3],
    [account('x', { name: 'northStarLogistics GmbH' }), 5],
    [account('longbeach', { name: 'Long Beach' }), 2],
    [account('x', { externalIds: { u: 'c0ffee00-1111-4222-8333-444455556666' } }), 5],
    [account('x', { name: 'a b c d e f g h i j k l m n o p q r s t' }), 16],
  ])('%j: so many may have to be joined: %i', (one, parts) => {
    expect(openDictionary([one], noPolicy).mostParts).toBe(parts);
  });
});

it(`accounts in another order are the same dictionary (seed ${SEED})`, () => {
  fc.assert(
    fc.property(someAccounts, (accounts) => {
      const [one, other] = [openDictionary(accounts, noPolicy), openDictionary([...accounts].reverse(), noPolicy)];
      for (const { id, name } of accounts)
        for (const text of [id, name])
          expect(one.lookUp('words', wordsOf(text))).toEqual(other.lookUp('words', wordsOf(text)));
      expect([...one.marks.exact].sort()).toEqual([...other.marks.exact].sort());
      expect(one.mostParts).toBe(other.mostParts);
    }),
    { seed: SEED, numRuns: 50 },
  );
});
