import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Spelling } from '../../../../engine/scan/names/dictionary.ts';
import { hashDictionary } from '../../../../engine/scan/names/hash-dictionary.ts';
import { hasMark } from '../../../../engine/scan/names/mark.ts';
import { openDictionary } from '../../../../engine/scan/names/open-dictionary.ts';
import { openHashed } from '../../../../engine/scan/names/open-hashed.ts';
import { germanWordsOf, wordsOf } from '../../../../engine/scan/names/words-of.ts';
import { noPolicy } from '../../../../engine/scan/policy.ts';
import type { HashedDictionary } from '../../../../schemas/scan-accounts.ts';
import { fileTokens } from '../file-tokens.ts';
import { account, SEED, someAccounts } from '../sample-accounts.ts';

const SALT = Buffer.from('sixteen bytes :-').toString('base64');
const OTHER = Buffer.from('sixteen others :').toString('base64');

/** As it comes from the file. */
const reopened = (data: HashedDictionary) => openHashed(JSON.parse(JSON.stringify(data)) as HashedDictionary);

describe('a dictionary without names', () => {
  it(`finds what the one in clear finds, and keeps what it keeps (seed ${SEED})`, () => {
    const spellings = fc.constantFrom<Spelling>('words', 'domain', 'email', 'number');
    fc.assert(
      fc.property(someAccounts, fc.array(fc.tuple(spellings, fc.string())), (accounts, random) => {
        const [clear, hashed] = [
          openDictionary(accounts, noPolicy),
          reopened(hashDictionary(accounts, noPolicy, SALT)),
        ];
        const written = accounts.flatMap(({ id, name, aliases, domains, externalIds, people }) => [
          id,
          name,
          ...aliases,
          ...Object.values(externalIds),
          ...domains,
          ...people,
        ]);
        const asked = [...written, ...random.map(([, text]) => text)].flatMap((text) =>
          [text, wordsOf(text), germanWordsOf(text), text.toLowerCase()].flatMap((form) =>
            (['words', 'domain', 'email', 'number'] as const).map((spelling) => [spelling, form] as const),
          ),
        );
        let found = 0;
        for (const [spelling, text] of asked) {
          const expected = clear.lookUp(spelling, text);
          if (expected.length > 0) found++;
          expect(hashed.lookUp(spelling, text)).toEqual(expected);
        }
        expect(found).toBeGreaterThanOrEqual(accounts.length);
        expect(hashed.mostParts).toBe(clear.mostParts);
        for (const text of written)
          for (const token of fileTokens(text))
            expect([token, hasMark(hashed.marks, token)]).toEqual([token, hasMark(clear.marks, token)]);
      }),
      { seed: SEED, numRuns: 100 },
    );
  });

  const secret = [
    account('vandelay', {
      name: 'Vandelay Industries GmbH',
      aliases: ['VDLY', 'Kramerica'],
      domains: ['vandelay-imports.example'],
      externalIds: { stripe: 'cus_Vd9LayImpEx042', row: '4821377', contract: 'CT-2025-0117' },
      people: ['art.vandelay@latex.example'],
    }),
    account('longbeach', { name: 'Long Beach School District', domains: ['lbschools.example'] }),
    account('globe', { name: 'Globe Media' }),
  ];
  const policy = { ...noPolicy, ordinaryWords: ['globe', 'kramerica'], identifiers: ['studio'] };
  const data = hashDictionary(secret, policy, SALT);

  it('shows no four letters of any name, domain, address or id', () => {
    const shown = JSON.stringify({ ...data, salt: '' }).toLowerCase();
    const texts = secret.flatMap((one) => [
      one.id,
      one.name,
      ...one.aliases,
      ...one.domains,
      ...Object.values(one.externalIds),
      ...one.people,
    ]);
    const pieces = texts
      .flatMap((text) => text.toLowerCase().split(/[^a-z0-9]+/))
      .flatMap((word) => Array.from({ length: word.length - 3 }, (_, at) => word.slice(at, at + 4)))
      // What everybody has: `example`.
      .filter((piece) => !'example'.includes(piece));
    expect(pieces.length).toBeGreaterThan(50);
    expect(pieces.filter((piece) => shown.includes(piece))).toEqual([]);
  });

  it('says nothing of how much an account is called, or how long its id is', () => {
    const sealed = Object.values(data.terms).flat();
    expect(new Set(sealed.map((one) => one.length)).size).toBe(1);
    expect(new Set(sealed).size).toBe(sealed.length);
    expect(Object.keys(data.terms)).toEqual(Object.keys(data.terms).sort());
  });

  it('keeps the policy, but for the words that are names', () => {
    expect(data.policy).toEqual({ include: [], exclude: [], identifiers: ['studio'], sentinels: [], severity: {} });
    expect(openHashed(data).lookUp('words', 'kramerica')).toEqual([
      { account: 'vandelay', certainty: 'ordinary', naming: 'alias' },
    ]);
  });

  it('is the same bytes again, in whatever order the accounts come, and others with another salt', () => {
    const text = JSON.stringify(data);
    expect(JSON.stringify(hashDictionary([...secret].reverse(), policy, SALT))).toBe(text);
    const other = hashDictionary(secret, policy, OTHER);
    expect(Object.keys(other.terms).filter((term) => Object.hasOwn(data.terms, term))).toEqual([]);
    expect(other.marks).not.toBe(data.marks);
  });

  it('another account under the same name has another key: two files side by side show nothing', () => {
    const sealedOf = (id: string) =>
      Object.values(hashDictionary([account(id, { name: 'Kramerica' })], noPolicy, SALT).terms).flat();
    const [one, other] = [sealedOf('aaaaaaaa'), sealedOf('aaaaaaab')].map((list) =>
      list.map((sealed) => Buffer.from(sealed, 'base64').subarray(8)),
    );
    const differing = (one ?? []).flatMap((bytes) =>
      (other ?? []).map((others) => bytes.filter((byte, at) => byte !== others[at]).length),
    );
    expect(Math.min(...differing)).toBeGreaterThan(50);
  });

  it('ids of every length and script come back', () => {
    for (const id of ['a'.repeat(300), 'Ünïcode', 'x'.repeat(64), 'x'.repeat(65)]) {
      const hashed = reopened(hashDictionary([account(id, { domains: ['a-b.example'] })], noPolicy, SALT));
      expect(hashed.lookUp('domain', 'a-b.example')).toEqual([{ account: id, certainty: 'unique', naming: 'domain' }]);
    }
  });

  it('what was damaged, or sealed under another term, opens nothing', () => {
    const [[first, seals], [, others]] = Object.entries(data.terms) as [[string, string[]], [string, string[]]];
    const swapped = openHashed({ ...data, terms: { ...data.terms, [first]: others } });
    const clear = openDictionary(secret, policy);
    const texts = ['vandelay', 'longbeach', 'globe', 'kramerica', 'globemedia', 'vdly', 'ct20250117'];
    const changed = texts.filter((text) => swapped.lookUp('words', text).length !== clear.lookUp('words', text).length);
    const right = openHashed({ ...data, terms: { ...data.terms, [first]: seals } });
    expect(texts.every((text) => right.lookUp('words', text).length === clear.lookUp('words', text).length)).toBe(true);
    for (const text of changed) expect(swapped.lookUp('words', text)).toEqual([]);
    const flipped = Object.fromEntries(
      Object.entries(data.terms).map(([term, list]) => [
        term,
        list.map((one) => {
          const bytes = Buffer.from(one, 'base64');
          bytes[12] = (bytes[12] ?? 0) ^ 1;
          return bytes.toString('base64');
        }),
      ]),
    );
    for (const text of texts) expect(openHashed({ ...data, terms: flipped }).lookUp('words', text)).toEqual([]);
    for (const junk of ['', 'AAAA', 'A'.repeat(96)]) {
      const every = Object.fromEntries(Object.keys(data.terms).map((term) => [term, [junk]]));
      const broken = openHashed({ ...data, terms: every });
      for (const text of texts) expect(broken.lookUp('words', text)).toEqual([]);
    }
  });
});

it('20,000 accounts make a dictionary, and it finds the last of them', () => {
  const accounts = Array.from({ length: 20_000 }, (_, index) =>
    account(`customer-${index}`, { name: `Qx${index.toString(36)}z Ltd`, domains: [`c${index}.example`] }),
  );
  const hashed = openHashed(hashDictionary(accounts, noPolicy, SALT));
  expect(hashed.lookUp('domain', 'c19999.example').map((match) => match.account)).toEqual(['customer-19999']);
}, 30_000);
