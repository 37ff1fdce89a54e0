import { expect, it } from 'vitest';
import { applyEdit } from '../../../engine/diff/apply-edit.ts';
import { describeEdit, pathOf } from '../../../engine/diff/describe-edit.ts';
import { findEdits } from '../../../engine/diff/find-edits.ts';
import type { World } from '../../../engine/model.ts';
import { normaliseSettings } from '../../../engine/schemas/normalise-settings.ts';
import type { Settings } from '../../../schemas/setting.ts';
import { randomDiff } from '../../fixtures/diff/random-edits.ts';
import { company, edited, replaced, settings } from '../../fixtures/diff/small-company.ts';
import { type PlainWorld, plainWorld } from '../../fixtures/plain-model.ts';
import { type YamlFiles, yamlModel } from '../../fixtures/yaml-model.ts';

const STUDIO = 'plans/studio@2.yaml';
const MENU = 'policies/menu.yaml';
const LIFECYCLE = 'policies/lifecycle.yaml';

const told = async (head: YamlFiles, after: Settings = settings): Promise<string[]> => {
  const [one, other] = [(await yamlModel(company, settings)).world, (await yamlModel(head, after)).world];
  return findEdits(one, other).map((edit) => `${pathOf(edit)}: ${describeEdit(edit, one.settings, other.settings)}`);
};

it.each<[string, YamlFiles, string[]]>([
  [
    'a value',
    replaced(company, STUDIO, 'seats: 50', 'seats: unlimited'),
    [`${STUDIO} settings.seats: seats 50 → unlimited`],
  ],
  [
    'what a plan names no longer',
    replaced(company, STUDIO, '  apiCalls: 400\n', ''),
    [`${STUDIO} settings.apiCalls: apiCalls 400 → 100 (the default)`],
  ],
  [
    'rank and name',
    replaced(replaced(company, STUDIO, 'rank: 20', 'rank: 25'), STUDIO, 'name: Studio', 'name: Atelier'),
    [`${STUDIO} name: name Studio → Atelier`, `${STUDIO} rank: rank 20 → 25`],
  ],
  [
    'prices',
    replaced(
      replaced(company, STUDIO, '49.00', '59.00'),
      STUDIO,
      'seats: { amount: "9.00" }',
      'seats: { amount: "9.00" }, apiCalls: { amount: "0.01" }',
    ),
    [
      `${STUDIO} price.amount: list price 49.00 → 59.00`,
      `${STUDIO} price.units.apiCalls: list price of a unit of apiCalls none → 0.01`,
    ],
  ],
  [
    'standard terms',
    replaced(
      company,
      STUDIO,
      'firstResponseHours: 24',
      'firstResponseHours: { severity1: 2, other: 8 }, channel: chat',
    ),
    [
      `${STUDIO} standardTerms.support.firstResponseHours: support.firstResponseHours 24 → {severity1 2, other 8}`,
      `${STUDIO} standardTerms.support.channel: support.channel none → chat`,
    ],
  ],
  [
    'plans that came and went',
    edited(company, { 'plans/studio@2.yaml': undefined, 'plans/studio@3.yaml': company[STUDIO] }),
    [`${STUDIO}: plan removed`, 'plans/studio@3.yaml: new plan'],
  ],
  [
    'add-ons',
    edited(company, {
      [MENU]:
        'addOns:\n  moreSeats: { plans: [enterprise], adds: { seats: 5 }, price: { amount: "25.00", per: month } }\n  sso: { plans: [studio], sets: { sso: true } }\n',
    }),
    [
      `${MENU} addOns.moreSeats.plans: add-on moreSeats is sold with studio → enterprise`,
      `${MENU} addOns.moreSeats.price.amount: add-on moreSeats: price.amount 20.00 → 25.00`,
      `${MENU} addOns.priority: add-on priority removed`,
      `${MENU} addOns.sso: new add-on sso`,
    ],
  ],
  [
    'a policy that is gone',
    edited(company, { 'policies/onboarding.yaml': undefined }),
    ['policies/onboarding.yaml details.contact: detail contact removed'],
  ],
  [
    'stages',
    edited(company, {
      [LIFECYCLE]:
        'stages:\n  grace: { days: 30 }\n  pastDue: { card: 10 }\n  suspended: { days: 30, set: { apiCalls: 5, sso: false } }\n  lapsed: { plan: starter@1 }\n',
    }),
    [
      `${LIFECYCLE} stages.grace.days: stage grace: days 14 → 30`,
      `${LIFECYCLE} stages.suspended.set.apiCalls: stage suspended leaves apiCalls 0 → 5`,
      `${LIFECYCLE} stages.suspended.set.sso: stage suspended leaves sso as it is → false`,
      `${LIFECYCLE} stages.closed: stage closed removed`,
    ],
  ],
  [
    'roles',
    edited(company, { 'policies/roles.yaml': 'roles: { editor: { may: [exportReports] }, viewer: { may: [] } }\n' }),
    [
      'policies/roles.yaml roles.editor.may: editor may exportReports and may no longer writePages',
      'policies/roles.yaml roles.viewer: new role viewer',
    ],
  ],
  [
    'what the scanner is told',
    edited(company, { 'policies/scan.yaml': 'sentinels: [house]\nseverity: { account-config: "off" }\n' }),
    [
      'policies/scan.yaml sentinels: sentinels none → house',
      'policies/scan.yaml severity.account-config: account-config none → off',
    ],
  ],
])('%s', async (_, head, lines) => {
  expect(await told(head)).toEqual(lines);
});

it('the catalogue', async () => {
  const { delay: _, ...left } = settings;
  const limit = { kind: 'limit', unit: 'x', area: 'access', favours: 'more', default: 7, description: 'X.' } as const;
  const after = { ...left, seats: { ...left.seats, default: 4 }, sso: limit, extra: limit } as Settings;
  const files = replaced(company, 'plans/enterprise@1.yaml', ', sso: true', '');
  expect((await told(files, after)).slice(1)).toEqual([
    'schemas/settings.ts seats.default: default of seats 3 → 4',
    'schemas/settings.ts delay: setting delay removed',
    'schemas/settings.ts sso: sso is a limit, no longer a feature; its default false → 7',
    'schemas/settings.ts extra: new setting extra, 7 by default',
  ]);
});

it('leaves out what could not be read on one side', async () => {
  const { world } = await yamlModel(company, settings);
  const { world: other } = await yamlModel(edited(company, { [STUDIO]: undefined }), settings);
  expect(findEdits(world, other, new Set([STUDIO]))).toEqual([]);
});

it('finds all of a change and no more: made one by one, the edits are the change', () => {
  const worldOf = (world: unknown): World => {
    const plain = world as PlainWorld;
    return plainWorld({ ...plain, settings: normaliseSettings(plain.settings) });
  };
  const dataOf = ({ settings: stated, plans, menu, lifecycle, roles }: World) =>
    JSON.parse(JSON.stringify({ stated, plans: Object.fromEntries(plans), menu, lifecycle, roles }));
  let count = 0;
  for (let seed = 1; seed <= 60; seed++) {
    const { base, head } = randomDiff(seed, { shared: 5, own: false });
    const [before, after] = [worldOf(base.world), worldOf(head.world)];
    const untouched = dataOf(before);
    const edits = findEdits(before, after);
    const made = edits.reduce((world, edit) => applyEdit(world, edit, after), before);
    expect(findEdits(made, after), `seed ${seed}`).toEqual([]);
    expect(
      findEdits(
        edits.reduce((world, edit) => applyEdit(world, edit, before), after),
        before,
      ),
    ).toEqual([]);
    expect(dataOf(before)).toEqual(untouched);
    count += edits.length;
  }
  expect(count).toBeGreaterThan(100);
});
