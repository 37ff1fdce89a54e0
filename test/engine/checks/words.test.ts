import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { secretIn } from '../../../engine/checks/facts/secret-in.ts';
import { findingsOf } from '../../fixtures/checks/example-company.ts';
import { acme, contract, exception, proveCheck } from '../../fixtures/checks/prove-check.ts';

/** Put together here, so that no scanner of this repository finds one. */
const token = (...parts: string[]) => parts.join('');

const secrets: readonly [string, string][] = [
  ['a private key', token('-----BEGIN ', 'RSA PRIVATE KEY', '-----')],
  ['a private key', token('-----BEGIN ', 'PRIVATE KEY', '----- MIIEvQ')],
  ['an access key of a cloud', token('AK', 'IA', 'ABCDEFGHIJKLMNOP')],
  ['a token of a code host', token('gh', 'p_', 'a'.repeat(36))],
  ['a token of a code host', token('github', '_pat_', 'A1'.repeat(20))],
  ['a key of a payment provider', token('sk', '_live_', '4eC39HqLyjWDarjtT1zd')],
  ['a chat token', token('xo', 'xb-', '123456789012-abcdefGHIJ')],
  ['a signed token', token('ey', 'JhbGciOiJIUzI1NiJ9', '.ey', 'JzdWIiOiIxMjM0NTY3ODkwIn0', '.dozjgNryP4J3')],
  ['a password in an address', token('postgres://app:', 'hunter22', '@db.acme.example/app')],
  ['a secret: the value of “password”', 'the Password is Tangerine-71'],
  ['a secret: the value of “api key”', 'API key: 9f86d081884c7d65'],
  ['a secret: the value of “token”', 'token=abc123def456'],
  ['a key or a token: 40 characters that say nothing', token('wJalrXUtnFEMI7K7MDENG', 'bPxRfiCYEXAMPLEKEY9')],
];

const harmless = [
  'People sign in through their own identity provider.',
  'They forget one password less; the password policy is theirs.',
  'The token is refreshed every hour by their gateway.',
  'password: <in the vault>',
  'password: ********',
  'API key: see the vault under acme/production',
  'tracking PROD-2026-EnterpriseRenewal-Q4-NorthAmerica',
  'https://wiki.product.example/finance/sla-credits-and-other-things-2026',
  'docs/2026-11-20-Runbook-For-The-Special-Exports-Of-Copperline.md',
  'customer 3f2504e0-4f89-41d3-9a0c-0305e82c3301',
  'commit da39a3ee5e6b4b0d3255bfef95601890afd80709',
  'PO-7781, 4500091377, C-2026-014',
  'Donaudampfschifffahrtsgesellschaftskapitän',
  'the secret of their success',
];

describe('secret-in-text', () => {
  it.each(secrets)('knows %s', (what, text) => {
    expect(secretIn(text)).toBe(what);
  });

  it.each(harmless)('leaves alone: %s', (text) => {
    expect(secretIn(text)).toBeUndefined();
  });

  it('never repeats what it found', async () => {
    for (const [, secret] of secrets) {
      const found = (
        await findingsOf({}, exception(`set: { sso: true }, because: ${JSON.stringify(`use ${secret} there`)}`))
      ).filter(({ rule }) => rule === 'secret-in-text');
      expect(found).toHaveLength(1);
      const values = secret.split(/[\s:@=/]+/).filter((word) => /[0-9]/.test(word));
      for (const value of values) expect(JSON.stringify(found)).not.toContain(value);
    }
  });

  it('looks at every file a change adds text to, and at names of keys too', async () => {
    const [, secret] = secrets[3] as [string, string];
    const found = await findingsOf(
      {},
      {
        'policies/roles.yaml': `roles: { admin: { label: ${secret}, may: [all] } }`,
        'plans/studio@3.yaml': `name: ${secret}\nrank: 1\nprice: { free: true }\n`,
      },
    );
    expect(found.filter(({ rule }) => rule === 'secret-in-text').map(({ at }) => at.path)).toEqual([
      'plans/studio@3.yaml',
      'policies/roles.yaml',
    ]);
  });

  it('says nothing of a text that was there before, or that the policy allows', async () => {
    const text = 'password: Tangerine-71';
    const [before, after] = [
      exception(`set: { sso: true }, because: "${text}"`),
      exception(`set: { sso: true }, because: "${text}", owner: team-b`),
    ];
    expect((await findingsOf(before, after)).filter(({ rule }) => rule === 'secret-in-text')).toEqual([]);
    expect(
      (await findingsOf({ 'policies/checks.yaml': `secret-in-text: { allowed: ["${text}"] }` }, after)).filter(
        ({ rule }) => rule === 'secret-in-text',
      ),
    ).toEqual([]);
  });

  it('takes a time that grows no faster than the text', () => {
    const seed = Number(process.env.PROVISO_SEED ?? 20261120);
    fc.assert(
      fc.property(
        fc.constantFrom(
          'a',
          'A1',
          'password: ',
          'eyJ',
          'eyJaaaaaaaaa-',
          'SG.',
          'SG.aaaaaaaaaaaaaaaaaaaa-',
          '-----BEGIN ',
          'token: ',
          'x:',
          '/',
          'sk-',
          '://a:',
          '=-_+',
        ),
        (piece) => {
          secretIn(piece.repeat(60_000 / piece.length));
        },
      ),
      { seed, numRuns: 50 },
    );
  }, 10_000);
});

proveCheck('odd-characters', [
  [
    'a space without width',
    {},
    acme('aliases: ["Ac\\u200bme"]'),
    ['error «"Ac​me"» there is U+200B here, which nobody can see in a review'],
  ],
  [
    'a soft hyphen',
    {},
    acme('accountOwner: "team\\u00ad-cs"'),
    ['error «"team­-cs"» there is U+00AD here, which nobody can see in a review'],
  ],
  [
    'letters of a tag',
    {},
    acme('accountOwner: "team\\U000E0041"'),
    [`error «"team\u{e0041}"» there is U+E0041 here, which nobody can see in a review`],
  ],
  [
    'a Cyrillic letter among Latin ones',
    {},
    acme('accountOwner: "t\\u0435am-cs"'),
    ['error «"tеam-cs"» one word here has letters of two scripts that look alike: е (U+0435)'],
  ],
  [
    'a Greek letter among Latin ones',
    {},
    acme('accountOwner: "\\u03bfps"'),
    ['error «"οps"» one word here has letters of two scripts that look alike: ο (U+03BF)'],
  ],
  ['words of two scripts', {}, acme('aliases: ["Волга Trade"]'), []],
  ['accents, umlauts, signs and emoji', {}, acme('aliases: ["Größe Ångström Łódź naïve 👩‍🚀 株式会社 µm"]'), []],
  [
    'a name wholly in another script that looks like another name',
    { 'customers/globex.yaml': 'name: copa' },
    { 'customers/hooli.yaml': 'name: "\\u0441\\u043e\\u0440\\u0430"' },
    ['error customers/hooli.yaml «"сора"» this name looks like that of globex, and is written with other characters'],
  ],
  [
    'a name with a zero for a letter',
    { 'customers/globex.yaml': 'name: Globo' },
    { 'customers/hooli.yaml': 'name: Glob0' },
    ['error customers/hooli.yaml «"Glob0"» this name looks like that of globex, and is written with other characters'],
  ],
  [
    'two companies of one name are told apart elsewhere',
    { 'customers/globex.yaml': 'name: Apex' },
    { 'customers/hooli.yaml': 'name: Apex' },
    [],
  ],
]);

const promise = (what: string) =>
  acme(contract(`starts: 2026-12-01, promises: [{ what: ${JSON.stringify(what)}, owner: team-cs }]`));
const limit = (what: string, key: string) => [
  `error «${JSON.stringify(what).slice(0, 40)}» “${what}” promises ${key}, which is a limit of the product: words do not switch it`,
];
proveCheck('limit-in-promise', [
  ['an amount of a unit', {}, promise('700 seats'), limit('700 seats', 'seats')],
  ['one of it', {}, promise('one project and 1 seat'), limit('one project and 1 seat', 'seats')],
  [
    'an amount with its thousands apart',
    {},
    promise('up to 10,000 API calls a month'),
    limit('up to 10,000 API calls a month', 'apiCalls'),
  ],
  ['without limit', {}, promise('unlimited seats for interns'), limit('unlimited seats for interns', 'seats')],
  ['the key itself', {}, promise('apiCalls raised on request'), limit('apiCalls raised on request', 'apiCalls')],
  ['an everyday unit', {}, promise('a review within 5 days, and 2 hours of training'), []],
  ['a number of something else', {}, promise('2 reviews a year'), []],
  ['how support is reached', {}, acme('support: { channel: chat for 50 seats }'), limit('chat for 50 seats', 'seats')],
  [
    'an amendment',
    {},
    acme(contract('starts: 2026-01-01, amendments: [{ on: 2026-12-01, promises: [{ what: 700 seats, owner: x }] }]')),
    limit('700 seats', 'seats'),
  ],
  [
    'one that was promised before',
    promise('700 seats'),
    {
      'customers/acme.yaml': `accountOwner: x\n${contract('starts: 2026-12-01, promises: [{ what: 700 seats, owner: team-cs }]')}`,
    },
    [],
  ],
]);

const text = (words: string) => exception(`set: { supportText: ${JSON.stringify(words)} }`);
const answers = (words: string) => [
  `warning «${JSON.stringify(words).slice(0, 40)}» supportText promises when somebody answers, which is a term of support: “${words}”`,
];
proveCheck('promise-in-setting', [
  ['hours', {}, text('We answer within 4 hours.'), answers('We answer within 4 hours.')],
  ['within the hour', {}, text('Somebody is there within the hour.'), answers('Somebody is there within the hour.')],
  ['day and night', {}, text('Call us 24/7.'), answers('Call us 24/7.')],
  ['words without a promise', {}, text('Write to us; open 7 days.'), []],
  [
    'a plan',
    {},
    {
      'plans/studio@3.yaml':
        'name: S\nrank: 1\nprice: { free: true }\nsettings: { supportText: Answers in 2 business days }\n',
    },
    [
      'warning plans/studio@3.yaml «Answers in 2 business days» supportText promises when somebody answers, which is a term of support: “Answers in 2 business days”',
    ],
  ],
  ['where support is promised it belongs', {}, acme('support: { hours: 24x7 }'), []],
]);

const say = (noes: string) => `answers ${noes}`;
const plain = 'need: Shifts sign in anew every day., because: Their auditors ask for short sessions.';
proveCheck('five-questions', [
  ['five times yes', {}, exception(`set: { sessionHours: 8 }, ${plain}`), []],
  [
    'code for one customer',
    {},
    exception(`set: { sessionHours: 8 }, livesIn: code, ${plain}`),
    [
      `warning «{» EX-acme-1 ${say('1 of 5 questions with no: is it configuration, not code? no, it lives in code and is no feature')}`,
    ],
  ],
  ['a feature lives in code', {}, exception(`decision: feature, livesIn: code, ${plain}`), []],
  [
    'seats given away that the plan sells',
    {},
    exception(`add: { seats: 20 }, ${plain}`),
    [
      `warning «{» EX-acme-1 ${say('1 of 5 questions with no: do invoices stay right? no, it gives seats away, which studio@2 sells by the unit')}`,
    ],
  ],
  ['calls, which the plan sells only as overage', {}, exception(`set: { apiCalls: 90000 }, ${plain}`), []],
  ['fewer seats than they buy', {}, exception(`set: { seats: 4 }, lowers: true, ${plain}`), []],
  [
    'two times no',
    {},
    exception(`add: { seats: 20 }, need: seats, because: ok, handledBy: tbd`),
    [
      `error «{» EX-acme-1 ${say('2 of 5 questions with no: does support understand it? no, nobody answers when it breaks, and the need is not said in plain words, and the reason says too little; do invoices stay right? no, it gives seats away, which studio@2 sells by the unit')}`,
    ],
  ],
  [
    'an action no role has',
    {},
    exception(`access: [{ action: launchRockets, approver: admin }], ${plain}`),
    [
      `warning «{» EX-acme-1 ${say('1 of 5 questions with no: is it the same permission model? no, no base role may launchRockets')}`,
    ],
  ],
  [
    'a group that may what no role may',
    {},
    acme('access: { groups: [{ name: finance, roles: [viewer], may: [approveInvoices] }] }'),
    [
      `warning «{» group finance ${say('1 of 5 questions with no: is it the same permission model? no, no base role may approveInvoices')}`,
    ],
  ],
  [
    'a contract with a discount that never ends',
    {},
    acme(contract('starts: 2026-12-01, billing: { discount: { percent: "10" } }')),
    [
      `warning «{» contract C-1 ${say('1 of 5 questions with no: do invoices stay right? no, a discount has no last day (`until`)')}`,
    ],
  ],
  [
    'a contract whose discount ends with it',
    {},
    acme(
      contract(
        'starts: 2026-12-01, ends: 2027-11-30, renewal: { kind: manual }, billing: { discount: { percent: "10" } }',
      ),
    ),
    [],
  ],
  [
    'a contract that goes on by itself with its discount',
    {},
    acme(
      contract(
        'starts: 2026-12-01, ends: 2027-11-30, renewal: { kind: auto }, billing: { discount: { percent: "10" } }',
      ),
    ),
    [
      `warning «{» contract C-1 ${say('1 of 5 questions with no: do invoices stay right? no, a discount has no last day (`until`)')}`,
    ],
  ],
  [
    'a credit nobody can explain',
    {},
    acme(contract('starts: 2026-12-01, billing: { credits: [{ amount: "5.00" }] }')),
    [
      `warning «{» contract C-1 ${say('1 of 5 questions with no: do invoices stay right? no, a credit has no `reason`')}`,
    ],
  ],
  [
    'a new amendment, and an old fault',
    acme(contract('starts: 2026-01-01, billing: { credits: [{ amount: "5.00" }] }')),
    acme(
      contract(
        'starts: 2026-01-01, billing: { credits: [{ amount: "5.00" }] }, amendments: [{ on: 2026-12-01, billing: { interval: year } }]',
      ),
    ),
    [],
  ],
  [
    'a second customer for one account',
    { 'customers/globex.yaml': 'domains: [globex.example]\nstatuses: [{ stage: closed, since: 2026-01-01 }]' },
    { 'customers/hooli.yaml': 'domains: [Globex.example]' },
    [
      `warning customers/hooli.yaml «"Hooli"» Hooli ${say('1 of 5 questions with no: does the same account move over? no, domain Globex.example belongs to globex already')}`,
    ],
  ],
  [
    'a second customer by the id of another system',
    { 'customers/globex.yaml': 'externalIds: { stripe: cus_1 }' },
    { 'customers/globex.yaml': undefined, 'customers/hooli.yaml': 'externalIds: { stripe: cus_1 }' },
    [
      `warning customers/hooli.yaml «"Hooli"» Hooli ${say('1 of 5 questions with no: does the same account move over? no, stripe id cus_1 belongs to globex already')}`,
    ],
  ],
  [
    'one number in two systems is no clash',
    { 'customers/globex.yaml': 'externalIds: { stripe: "7" }' },
    { 'customers/hooli.yaml': 'externalIds: { crm: "7" }' },
    [],
  ],
  ['a refusal asks nothing', {}, exception('decision: no, livesIn: code, need: x, because: y'), []],
]);

describe('five-questions', () => {
  it('gives all five answers', async () => {
    const [found] = (await findingsOf({}, exception(`add: { seats: 20 }, ${plain}`))).filter(
      ({ rule }) => rule === 'five-questions',
    );
    expect(found?.help).toBe(
      'the five answers: 1 is it configuration, not code? yes · 2 does the same account move over? yes · 3 does support understand it? yes · 4 do invoices stay right? no · 5 is it the same permission model? yes',
    );
  });
});
