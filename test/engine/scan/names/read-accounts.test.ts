import { describe, expect, it } from 'vitest';
import { hashDictionary } from '../../../../engine/scan/names/hash-dictionary.ts';
import { readAccounts } from '../../../../engine/scan/names/read-accounts.ts';
import { noPolicy } from '../../../../engine/scan/policy.ts';
import { account } from '../sample-accounts.ts';

const SALT = Buffer.from('sixteen bytes :-').toString('base64');

async function said(text: string): Promise<string[]> {
  const { diagnostics } = await readAccounts(text, 'a.json');
  return diagnostics.map(
    ({ severity, rule, message, at, help, related }) =>
      `${severity} ${at.start.line}:${at.start.column} ${rule}: ${message}${help ? ` | ${help}` : ''}${related ? ` | ${related[0]?.at.start.line}:${related[0]?.at.start.column} ${related[0]?.message}` : ''}`,
  );
}

describe('a list of accounts', () => {
  it('is read with everything an account may say', async () => {
    const text = `[
      { "id": "acme", "name": "Acme", "aliases": ["ACM"], "domains": ["acme.com"],
        "externalIds": { "stripe": "cus_1", "row": 48213 }, "people": ["jo@acme.com"] },
      { "id": "b", "name": "B" }
    ]`;
    expect(await readAccounts(text, 'a.json')).toEqual({
      accounts: [
        account('acme', {
          name: 'Acme',
          aliases: ['ACM'],
          domains: ['acme.com'],
          externalIds: { stripe: 'cus_1', row: '48213' },
          people: ['jo@acme.com'],
        }),
        account('b', { name: 'B' }),
      ],
      diagnostics: [],
    });
  });

  it.each<[string, string, string[]]>([
    [
      'unknown and missing keys',
      '[{"id": "a", "nmae": "A"}]',
      [
        'error 1:2 missing-key: `name` is missing | `name`: The company, as people call it.',
        'error 1:14 unknown-key: unknown key `nmae`; did you mean name? | keys here: id, name, aliases, domains, externalIds, people',
      ],
    ],
    [
      'a domain with a sign before it, or an address of the web',
      '[{"id": "a", "name": "A", "domains": [\n"@acme.com", "https://acme.com", "acme", "acme.com"]}]',
      ['@acme.com', 'https://acme.com', 'acme'].map(
        (domain, index) =>
          `error 2:${[1, 14, 34][index]} wrong-value: \`${domain}\` is not a domain like acme.com, without @, https:// or a path`,
      ),
    ],
    [
      'an account that is there twice',
      '[{"id": "a", "name": "A"},\n {"id": "a", "name": "B"}]',
      [
        'error 2:9 duplicate-account: the account a is here twice | make one entry of the two: aliases, domains and externalIds hold everything it is called by | 1:9 a stands here first',
      ],
    ],
    [
      'where anybody has an address',
      '[{"id": "a", "name": "A", "domains": ["GMail.com"]}]',
      [
        'warning 1:39 public-domain: anybody has an address at GMail.com, so it is not looked for | remove it; addresses of the customer go under people',
      ],
    ],
    [
      'values of the wrong kind',
      '[{"id": 7, "name": " ", "people": ["jo"], "aliases": "x"}]',
      [
        'error 1:9 wrong-type: text is needed, this is a number | put it in quotes if it is meant as text',
        'error 1:20 wrong-value: this text is empty',
        'error 1:36 wrong-value: `jo` is not an e-mail address',
        'error 1:54 wrong-type: a list is needed, this is text',
      ],
    ],
    ['nothing', '[]', ['warning 1:1 no-accounts: there are no accounts in this list']],
    [
      'something else',
      '{"acme": true}',
      [
        'error 1:1 no-accounts: this is neither a list of accounts nor a dictionary of them | write [{ "id": "acme", "name": "Acme" }], or take what `proviso accounts --hashed` writes',
      ],
    ],
    ['no JSON', '[{"id": }]', ['error 1:9 json-syntax: a value is needed here | see json.org for how JSON is written']],
  ])('%s', async (_, text, diagnostics) => {
    expect(await said(text)).toEqual(diagnostics);
  });

  it('is not read where something is wrong, and is where something is only remarkable', async () => {
    expect((await readAccounts('[{"id": "a", "name": "A"}, {"id": "a", "name": "A"}]', 'a')).accounts).toBeUndefined();
    expect((await readAccounts('[{"id": "a"}]', 'a')).accounts).toBeUndefined();
    expect((await readAccounts('[{"id": "a", "name": "A", "domains": ["gmail.com"]}]', 'a')).accounts).toHaveLength(1);
  });

  it('may be what a command printed as JSON', async () => {
    const printed = '{"accounts": [{"id": "a", "name": "A"}], "diagnostics": []}';
    expect((await readAccounts(printed, 'a.json')).accounts).toEqual([account('a', { name: 'A' })]);
    expect(await said('{"accounts": [{"id": "a"}], "diagnostics": []}')).toEqual([
      'error 1:15 missing-key: `name` is missing | `name`: The company, as people call it.',
    ]);
  });

  it('may be long, and may be wrong in every line', async () => {
    const list = Array.from({ length: 100_000 }, (_, index) => ({
      id: `c${index}`,
      name: `Company ${index}`,
      domains: [`c${index}.example`],
      externalIds: { row: index },
    }));
    expect((await readAccounts(JSON.stringify(list), 'a.json')).accounts).toHaveLength(100_000);
    const wrong = await said(
      JSON.stringify(
        list.slice(0, 20_000).map(({ id }) => ({ id, nam: id })),
        null,
        1,
      ),
    );
    expect([wrong.length, wrong[0], wrong.at(-1)]).toEqual([
      21,
      'error 2:2 missing-key: `name` is missing | `name`: The company, as people call it.',
      'note 1:1 more-problems: 39980 more problems in this file are not shown',
    ]);
  });
});

describe('a dictionary', () => {
  const data = hashDictionary([account('acme', { domains: ['acme.com'] })], noPolicy, SALT);

  it('is read as it was written, and as a command printed it', async () => {
    expect(await readAccounts(JSON.stringify(data), 'a.json')).toEqual({ hashed: data, diagnostics: [] });
    const printed = JSON.stringify({ ...data, diagnostics: [] });
    expect(await readAccounts(printed, 'a.json')).toEqual({ hashed: data, diagnostics: [] });
  });

  it.each<[string, object, string[]]>([
    [
      'of another version',
      { ...data, version: 2 },
      [
        'error 1:12 dictionary-version: this dictionary is of version 2; this program reads version 1 | write it anew with `proviso accounts --hashed`, or use the program that wrote it',
      ],
    ],
    [
      'without its salt',
      { version: 1, salt: '', mostParts: 1, marks: '', terms: {}, policy: {}, offers: [] },
      ['error 1:21 wrong-value: this text is empty'],
    ],
    [
      'with terms in clear',
      { version: 1, salt: data.salt, mostParts: 1, marks: '', terms: { acme: ['AAAA'] }, policy: {}, offers: [] },
      ['error 1:82 wrong-name: `acme` is not 32 digits in hexadecimal'],
    ],
  ])('%s is refused', async (_, dictionary, diagnostics) => {
    expect(await said(JSON.stringify(dictionary))).toEqual(diagnostics);
    expect((await readAccounts(JSON.stringify(dictionary), 'a.json')).hashed).toBeUndefined();
  });
});
