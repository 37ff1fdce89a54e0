import fc from 'fast-check';
import type { Account } from '../../../engine/scan/names/account.ts';

/** An account with only these things. */
export const account = (id: string, rest: Partial<Account> = {}): Account => ({
  id,
  name: id,
  aliases: [],
  domains: [],
  externalIds: {},
  people: [],
  ...rest,
});

export const SEED = Number(process.env.PROVISO_SEED ?? 20261127);

const words =
  'north star delta globe harbor initech vandelay hooli müller straße ångström école søren łódź long beach zürich'.split(
    ' ',
  );
const word = fc.oneof(
  fc.constantFrom(...words),
  fc.string({ unit: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz'), minLength: 4, maxLength: 9 }),
);
const capitalised = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** The words of a company's name, of lower case. */
export const nameWords = fc.array(word, { minLength: 1, maxLength: 4 });

/** Accounts of every kind, with ids that differ. */
export const someAccounts: fc.Arbitrary<Account[]> = fc
  .array(
    fc.record({
      words: nameWords,
      form: fc.constantFrom('', ' GmbH', ' Inc.', ' & Co. KG', ' Ltd'),
      alias: fc.option(word),
      number: fc.integer({ min: 1, max: 999_999 }),
      hex: fc.uuid(),
      domain: fc.constantFrom('example', 'com', 'co.uk'),
    }),
    { minLength: 1, maxLength: 8 },
  )
  .map((drawn) =>
    drawn.map(({ words: parts, form, alias, number, hex, domain }, index) => ({
      id: `${parts
        .join('-')
        .normalize('NFKD')
        .replace(/[^a-z-]/g, '')}-${index}x`,
      name: parts.map(capitalised).join(' ') + form,
      aliases: alias === null ? [] : [alias],
      domains: [
        `${
          parts
            .join('')
            .normalize('NFKD')
            .replace(/[^a-z]/g, '') || 'x'
        }${index}.${domain}`,
      ],
      externalIds: { row: String(number), uuid: hex },
      people: [`jo.${index}@${parts[0]?.normalize('NFKD').replace(/[^a-z]/g, '') || 'x'}.example`],
    })),
  );

const cases = {
  spaced: (parts: readonly string[]) => parts.map(capitalised).join(' '),
  kebab: (parts: readonly string[]) => parts.join('-'),
  snake: (parts: readonly string[]) => parts.join('_'),
  shout: (parts: readonly string[]) => parts.join('_').toUpperCase(),
  camel: (parts: readonly string[]) => parts.map((part, index) => (index === 0 ? part : capitalised(part))).join(''),
  pascal: (parts: readonly string[]) => parts.map(capitalised).join(''),
  joined: (parts: readonly string[]) => parts.join(''),
  dotted: (parts: readonly string[]) => parts.join('.'),
};
const german: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss', å: 'aa', ø: 'oe' };
const plain: Readonly<Record<string, string>> = { ß: 'ss', ø: 'o', ł: 'l' };
const letters = {
  'as it is': (text: string) => text,
  'accents apart': (text: string) => text.normalize('NFD'),
  'no accents': (text: string) =>
    text
      .replace(/[ßøł]/g, (letter) => plain[letter] ?? '')
      .normalize('NFD')
      .replace(/\p{M}/gu, ''),
  German: (text: string) =>
    text
      .replace(/[äöüßåø]/g, (letter) => german[letter] ?? '')
      .replaceAll('ł', 'l')
      .normalize('NFD')
      .replace(/\p{M}/gu, ''),
};

/** Every way to write the words of a name that its people would recognise. */
export const writings = (parts: readonly string[]): string[] => [
  ...new Set(
    Object.values(letters).flatMap((spell) =>
      Object.values(cases).map((join) => join(parts.map((part) => spell(part)))),
    ),
  ),
];
