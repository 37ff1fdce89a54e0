import { describe, expect, it } from 'vitest';
import { offersOf } from '../../../../engine/scan/judge/offer.ts';
import { accountsOf } from '../../../../engine/scan/names/accounts-of.ts';
import { openDictionary } from '../../../../engine/scan/names/open-dictionary.ts';
import { checkOpenTexts } from '../../../../engine/scan/names/open-texts.ts';
import { readAccounts } from '../../../../engine/scan/names/read-accounts.ts';
import { noPolicy, scanPolicyOf } from '../../../../engine/scan/policy.ts';
import { smallSettings } from '../../../fixtures/small-repository.ts';
import { type YamlFiles, yamlModel } from '../../../fixtures/yaml-model.ts';
import { account } from '../sample-accounts.ts';

const files: YamlFiles = {
  'policies/onboarding.yaml': 'details: { billing: { type: email }, site: { type: text }, boss: { type: email } }\n',
  'policies/approvers.yaml':
    'people:\n  - { id: 1, login: ola, classes: [], emails: [ola@product.example, ola@gmail.com] }\n',
  'customers/plain.yaml': 'name: Plain\nplan: starter@1\n',
  'customers/north/northwind.yaml': `name: Northwind Traders
account: acc_19342
aliases: [NWT]
domains: ["@Northwind.example", "https://www.northwind.co.uk/shop", "none"]
externalIds: { stripe: cus_Nw9 }
plan: starter@1
details: { billing: Pay@other.example, site: "ask web@northwind.example, or web@product.example", boss: kim@product.example }
support: { contacts: [ops@northwind.example, help@product.example, "ola@gmail.com", "jo@gmail.com"] }
contracts:
  - id: C-2026-014
    plan: starter@1
    starts: 2026-01-01
    support: { contacts: [night@partner.example] }
    amendments: [{ on: 2026-02-01, support: { contacts: [day@partner.example] } }]
  - { id: main, plan: starter@1, starts: 2027-01-01 }
  - { id: C-2027-009, plan: starter@1, starts: 2028-01-01 }
exceptions:
  - id: EX-1
    need: Exports are signed.
    kind: security
    area: access
    askedBy: "Mia (mia@eu.northwind.example)"
    askedOn: 2026-01-02
    neededBy: 2026-02-01
    worth: { amount: "1.00", currency: USD, per: year }
    demand: []
    usedBy: rep@product.example and all@northwind.example
    decision: feature
    because: They need it.
    owner: team-a
    handledBy: team-b
    livesIn: code
    hoursPerMonth: 0
    tracking: issue 7
    settings: [sso]
`,
};
describe('the accounts of a repository', () => {
  it('are its customers, with everything they may be named by, and none of our own people', async () => {
    expect(accountsOf(await yamlModel(files, smallSettings))).toEqual([
      account('northwind', {
        name: 'Northwind Traders',
        aliases: ['NWT'],
        domains: ['northwind.example', 'northwind.co.uk'],
        externalIds: { account: 'acc_19342', contract: 'C-2026-014', contract2: 'C-2027-009', stripe: 'cus_Nw9' },
        people: [
          'all@northwind.example',
          'day@partner.example',
          'jo@gmail.com',
          'mia@eu.northwind.example',
          'night@partner.example',
          'ops@northwind.example',
          'pay@other.example',
          'web@northwind.example',
        ],
      }),
      account('plain', { name: 'Plain' }),
    ]);
  });

  it('can be written to a file and read again', async () => {
    const accounts = accountsOf(await yamlModel(files, smallSettings));
    expect(await readAccounts(JSON.stringify(accounts), 'a.json')).toEqual({ accounts, diagnostics: [] });
  });
});

describe('the policy', () => {
  it('is empty where there is no file, and says what the file says', async () => {
    expect(scanPolicyOf(undefined)).toEqual(noPolicy);
    const { world } = await yamlModel(
      { 'policies/scan.yaml': 'sentinels: [House]\nordinaryWords: [Globe]\nseverity: { account-map: warning }\n' },
      smallSettings,
    );
    expect(scanPolicyOf(world.scan?.data)).toEqual({
      ...noPolicy,
      sentinels: ['house'],
      ordinaryWords: ['globe'],
      severity: { 'account-map': 'warning' },
    });
  });
});

describe('what goes with a dictionary', () => {
  const menu = 'addOns:\n  euHosting: { label: EU hosting, plans: [starter], sets: { dataRegion: eu } }\n';

  it('is what the product can do already', async () => {
    const { world } = await yamlModel({ 'policies/menu.yaml': menu }, smallSettings);
    const offers = offersOf(world.settings, world.menu?.data);
    expect(offers.map(({ is, id }) => `${is} ${id}`)).toEqual([
      ...Object.keys(smallSettings).map((key) => `setting ${key}`),
      'add-on euHosting',
    ]);
    expect(offers.at(-1)).toEqual({
      is: 'add-on',
      id: 'euHosting',
      label: 'EU hosting',
      words: ['hosting', 'data', 'region'],
    });
    expect(offers[0]?.kind).toBe(smallSettings[offers[0]?.id ?? '']?.kind);
  });

  it('names no customer: offers that do are left out, and of the policy it is said', async () => {
    const { world } = await yamlModel(
      {
        'policies/menu.yaml': `${menu}  hooliExports: { label: Exports, plans: [starter], sets: { sso: true } }\n  other: { label: As sold to hooli.example, plans: [starter], sets: { sso: true } }\n`,
        'policies/scan.yaml': 'exclude:\n  - src/ok/**\n  - src/VandelayFoods/**\n',
      },
      smallSettings,
    );
    const dictionary = openDictionary(
      [account('hooli', { domains: ['hooli.example'] }), account('v', { name: 'Vandelay Foods' }), account('sso')],
      noPolicy,
    );
    const open = checkOpenTexts(world, offersOf(world.settings, world.menu?.data), dictionary);
    expect(open.offers.filter(({ is }) => is === 'add-on').map(({ id }) => id)).toEqual(['euHosting']);
    expect(open.offers).toHaveLength(Object.keys(smallSettings).length + 1);
    expect(
      open.diagnostics.map(({ at, message }) => `${at.path}:${at.start.line}:${at.start.column} ${message}`),
    ).toEqual([
      'policies/scan.yaml:3:5 `src/VandelayFoods/**` names v, and goes into the dictionary as it is',
      'policies/menu.yaml:3:3 the add-on hooliExports names a customer, and was left out of the dictionary',
      'policies/menu.yaml:4:3 the add-on other names a customer, and was left out of the dictionary',
    ]);
  });
});
