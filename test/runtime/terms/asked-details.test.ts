import { beforeAll, describe, expect, test } from 'vitest';
import { missingDetails } from '../../../engine/onboarding.ts';
import { askedDetails } from '../../../runtime/terms/asked-details.ts';
import type { DetailNeed, Rules } from '../../../runtime/terms/rules.ts';
import { type Segment, stages, type Value } from '../../../runtime/terms/timeline.ts';
import { type PublishedSample, publishSample } from '../../fixtures/release/published-sample.ts';

const segment: Segment = {
  from: null,
  plan: 'studio@2',
  stage: 'active',
  layers: [],
  terms: {
    billing: { method: 'invoice', discount: { percent: '12' } },
    support: {},
    contract: { id: 'C-1', starts: '2026-01-01' },
  },
  access: { groups: [], rules: [] },
};
const values: Readonly<Record<string, Value>> = {
  sso: true,
  seats: 5,
  calls: 'unlimited',
  region: 'eu',
  formats: ['csv', 'xlsx'],
};

const onboarding = (when?: DetailNeed): Pick<Rules, 'onboarding'> => ({
  onboarding: { contact: { type: 'email', label: 'Contact', ...(when && { when }) } },
});
const contact = { detail: 'contact', type: 'email', label: 'Contact' };

describe('a detail', () => {
  test.each<[string, DetailNeed | undefined, boolean]>([
    ['without a need', undefined, true],
    ['for a feature that is on', { setting: 'sso', is: true }, true],
    ['for a feature that is off', { setting: 'sso', is: false }, false],
    ['for a number', { setting: 'seats', is: 5 }, true],
    ['for another number', { setting: 'seats', is: 6 }, false],
    ['for what is unlimited', { setting: 'calls', is: 'unlimited' }, true],
    ['for a choice', { setting: 'region', is: 'eu' }, true],
    ['for another choice', { setting: 'region', is: 'us' }, false],
    ['for a list', { setting: 'formats', is: ['csv', 'xlsx'] }, true],
    ['for another list', { setting: 'formats', is: ['csv'] }, false],
    ['for a setting that is not there', { setting: 'nothing', is: true }, false],
    ['for a word every object knows', { setting: 'constructor', is: 'Object' }, false],
    ['for a term', { term: 'billing.method', is: 'invoice' }, true],
    ['for another term', { term: 'billing.method', is: 'card' }, false],
    ['for a term within a term', { term: 'billing.discount.percent', is: '12' }, true],
    ['for a term of the contract', { term: 'contract.id', is: 'C-1' }, true],
    ['for a term that is not there', { term: 'support.channel', is: 'email' }, false],
    ['for a term below one that has no parts', { term: 'billing.method.name', is: 'invoice' }, false],
    ['for a part every text has', { term: 'billing.method.length', is: 7 }, false],
    ['for a part every object has', { term: 'billing.__proto__.method', is: 'invoice' }, false],
    ['for a plan', { plan: 'studio@2' }, true],
    ['for every version of a plan', { plan: 'studio' }, true],
    ['for another version of it', { plan: 'studio@1' }, false],
    ['for a plan whose name begins the same', { plan: 'stud' }, false],
    ['for one of several plans', { plan: ['team', 'studio@2'] }, true],
    ['for several others', { plan: ['team', 'studio@3'] }, false],
    ['for no plan', { plan: [] }, false],
  ])('%s is asked for: %j', (_, when, isAsked) => {
    expect(askedDetails(onboarding(when), segment, values)).toEqual(isAsked ? [contact] : []);
  });

  test('that is known is not asked for', () => {
    expect(askedDetails(onboarding(), segment, values, ['contact'])).toEqual([]);
    expect(askedDetails(onboarding(), segment, values, ['Contact', ''])).toEqual([contact]);
  });

  test.each(stages.map((stage) => [stage, stage !== 'closed' && stage !== 'lapsed'] as const))(
    'of a customer that is %s is asked for: %j',
    (stage, isAsked) => {
      expect(askedDetails(onboarding(), { ...segment, stage }, values)).toEqual(isAsked ? [contact] : []);
    },
  );

  test('stands where the rules have it, and may be called anything', () => {
    const names = ['z', 'constructor', 'a'];
    const all = Object.fromEntries(names.map((name) => [name, { type: 'text' as const }]));
    expect(askedDetails({ onboarding: all }, segment, values).map(({ detail }) => detail)).toEqual(names);
  });
});

describe('the sample company', () => {
  let sample: PublishedSample;
  beforeAll(async () => {
    sample = await publishSample();
  });

  test('is asked by the product what the engine finds missing, for every customer on every day something changes', () => {
    const { model, compiled, on } = sample;
    let asked = 0;
    for (const [id, { timeline }] of compiled.customers) {
      const entry = model.customers.get(id);
      if (!entry || !timeline) throw new Error(`there is no ${id}`);
      for (const { from } of timeline.segments) {
        const day = from ?? '2000-01-01';
        for (const details of [entry.data.details ?? {}, {}]) {
          const needs = on(id, day).onboardingNeeds(Object.keys(details));
          const missing = missingDetails(model.world, { ...entry.data, details }, timeline, day);
          const now = missing.filter((each) => each.from === null);
          // A release has its objects in the order of their keys, a policy in that of its author.
          expect([id, day, needs.map(({ detail }) => detail)]).toEqual([
            id,
            day,
            now.map(({ detail }) => detail).sort(),
          ]);
          asked += needs.length;
        }
      }
    }
    expect(asked).toBeGreaterThan(20);
  });

  test('asks Quarry Labs who sets up single sign-on from the day its contract brings it, and Pixel & Co nothing', () => {
    const needs = (customer: string, day: string): string[] =>
      sample
        .on(customer, day)
        .onboardingNeeds()
        .map(({ detail }) => detail);
    expect(needs('quarry-labs', '2026-06-02')).not.toContain('securityContact');
    expect(needs('quarry-labs', '2026-06-03')).toEqual(expect.arrayContaining(['securityContact', 'billingContact']));
    expect(needs('pixel-and-co', '2026-06-03')).toEqual([]);
  });
});
