import { describe, expect, it } from 'vitest';
import { findItems } from '../../../engine/approve/find-items.ts';
import { subjectsOf } from '../../../engine/approve/subjects-of.ts';
import { changeOf } from '../../fixtures/approve/change-of.ts';
import { itemOf, subjectOf } from '../../fixtures/approve/class-of-one.ts';
import { governed } from '../../fixtures/approve/policy.ts';
import { company, edited, exception } from '../../fixtures/diff/small-company.ts';
import { drawFrom, seed } from '../../fixtures/release/counts.ts';
import type { YamlFiles } from '../../fixtures/yaml-model.ts';

const CASES = 500;

const policy = (more = ''): string => `currency: USD
classes: { product: { needs: 1 }, finance: { needs: 1, code: true }, bulk: { needs: 1, code: true }${more && ', other: { needs: 2 }'} }
lines:
${more}  - { when: { setting: [seats, apiCalls] }, class: product, because: capacity }
  - { when: { term: [billing, support] }, class: finance, because: money }
  - { when: { customers: { above: 2 } }, class: bulk, because: many }
`;
const base = governed(company, policy());

it('of a new customer, or of one whose terms go to another account, are about that account and no other', async () => {
  const subjectFor = async (customer: string, account: string): Promise<string | undefined> => {
    const file = `name: Somebody\nplan: starter@1\n${account}quantities: {}\n${exception('EX-9', 'decision: configuration, set: { seats: 400 }, starts: 2026-12-01, expires: 2027-11-30')}`;
    const change = await changeOf(base, edited(base, { [`customers/${customer}.yaml`]: file }));
    return subjectsOf(findItems(change)).get('product');
  };
  for (const customer of ['new', 'free']) {
    const given = await Promise.all(
      ['', 'account: acc_1\n', 'account: acc_2\n'].map((one) => subjectFor(customer, one)),
    );
    expect(new Set(given).size).toBe(3);
    expect(await subjectFor(customer, `account: ${customer}\n`)).toBe(given[0]);
  }
});

type Edit = (files: YamlFiles, draw: () => number) => YamlFiles;
const upTo = (draw: () => number, most: number): number => 1 + Math.floor(draw() * most);
const swap = (files: YamlFiles, path: string, text: RegExp, other: string): YamlFiles => ({
  ...files,
  [path]: (files[path] as string).replace(text, other),
});

/** What a branch does; made on whatever is there, as a rebase makes it. */
const patches: readonly Edit[] = [
  (files, draw) => ({
    ...files,
    'customers/free.yaml': `${files['customers/free.yaml']}${exception('EX-9', `decision: configuration, add: { seats: ${upTo(draw, 90)} }, starts: 2026-12-01, expires: 2027-11-30`)}`,
  }),
  (files, draw) => ({
    ...files,
    'customers/free.yaml': `${files['customers/free.yaml']}${exception('EX-9', `decision: configuration, set: { seats: ${100 + upTo(draw, 90)} }, starts: 2026-12-01, expires: 2027-11-30`)}`,
  }),
  (files, draw) => ({
    ...files,
    'customers/free.yaml': `${files['customers/free.yaml']}amendments: [{ on: 2026-12-01, plan: studio@2, billing: { paymentTerms: net${upTo(draw, 90)} } }]\n`,
  }),
  (files, draw) => swap(files, 'plans/studio@2.yaml', /apiCalls: \d+/, `apiCalls: ${5_000 + upTo(draw, 900)}`),
];

/** What else may have been merged that has nothing to do with those. */
const unrelated: readonly Edit[] = [
  (files, draw) => ({ ...files, [`customers/new-${upTo(draw, 9)}.yaml`]: 'name: New\nplan: starter@1\n' }),
  (files) => swap(files, 'customers/bought.yaml', /$/, '# a remark\n'),
  (files) => swap(files, 'plans/studio@2.yaml', /name: Studio/, 'name: The Studio'),
  (files) => ({ ...files, 'docs/a.md': 'x' }),
  (files) => swap(files, 'customers/free.yaml', /name: Free/, 'name: Free & Easy'),
  (files, draw) => swap(files, 'policies/onboarding.yaml', /email/, upTo(draw, 2) === 1 ? 'text' : 'url'),
  (files) => governed(files, policy('  - { when: { setting: delay }, class: other, because: waiting }\n')),
  (files) => ({ ...files, 'policies/approvers.yaml': 'people: [{ id: 7, login: somebody, classes: [product] }]\n' }),
];

/** What changes what those patches come to. */
const related: readonly (readonly Edit[])[] = [
  [(files, draw) => swap(files, 'plans/starter@1.yaml', /$/, `settings: { seats: ${3 + upTo(draw, 90)} }\n`)],
  [(files, draw) => swap(files, 'plans/starter@1.yaml', /$/, `settings: { seats: ${3 + upTo(draw, 90)} }\n`)],
  [
    (files) => swap(files, 'plans/studio@2.yaml', /method: card/, 'method: invoice'),
    (files, draw) =>
      swap(files, 'plans/studio@2.yaml', /firstResponseHours: 24/, `firstResponseHours: ${24 + upTo(draw, 9)}`),
  ],
  [
    (files, draw) => swap(files, 'plans/studio@2.yaml', /apiCalls: \d+/, `apiCalls: ${400 + upTo(draw, 900)}`),
    (files) => swap(files, 'customers/bare.yaml', /studio@2/, 'starter@1'),
  ],
];

const subjects = async (before: YamlFiles, after: YamlFiles): Promise<string> =>
  JSON.stringify([...subjectsOf(findItems(await changeOf(before, after)))]);

const pick = <T>(list: readonly T[], draw: () => number): T => list[Math.floor(draw() * list.length)] as T;

describe('a subject', () => {
  it(`stays over ${CASES} rebases onto something unrelated, from seed ${seed}`, async () => {
    for (let round = 0; round < CASES; round++) {
      const draw = drawFrom(seed + round);
      const patch = pick(patches, draw);
      const made = Math.floor(draw() * 1e9);
      const moved = [pick(unrelated, draw), pick(unrelated, draw)].reduce((files, edit) => edit(files, draw), base);
      const before = await subjects(base, patch(base, drawFrom(made)));
      const after = await subjects(moved, patch(moved, drawFrom(made)));
      if (before === '[]' || before !== after)
        expect.fail(`round ${round} from seed ${seed}: ${before} is not ${after}`);
    }
  });

  it(`is another one in ${CASES} rebases that give the same patch another effect, from seed ${seed}`, async () => {
    for (let round = 0; round < CASES; round++) {
      const draw = drawFrom(seed + round);
      const which = Math.floor(draw() * patches.length);
      const patch = patches[which] as Edit;
      const made = Math.floor(draw() * 1e9);
      const moved = pick(related[which] as readonly Edit[], draw)(base, draw);
      const before = await subjects(base, patch(base, drawFrom(made)));
      const after = await subjects(moved, patch(moved, drawFrom(made)));
      if (before === after) expect.fail(`round ${round} from seed ${seed}: ${before}`);
    }
  });

  it('of one class does not mind what another class is asked', async () => {
    const patch = edited(base, {
      'customers/free.yaml': 'name: Free\nplan: starter@1\nbilling: { paymentTerms: net60 }\n',
    });
    const [alone] = subjectsOf(findItems(await changeOf(base, patch)));
    const both = edited(patch, { 'customers/bare.yaml': 'name: Bare\nplan: studio@2\nquantities: { seats: 90 }\n' });
    expect(alone?.[0]).toBe('finance');
    expect([...subjectsOf(findItems(await changeOf(base, both)))]).toEqual([
      alone,
      ['product', expect.stringMatching(/^[0-9a-f]{64}$/)],
    ]);
  });

  it('is the same whatever the order of items, and however often one is there', () => {
    const items = [1, 2, 3].map((to) => itemOf('finance', { to }));
    const expected = subjectsOf(items);
    expect(subjectsOf([...items].reverse())).toEqual(expected);
    expect(subjectsOf([...items, ...items])).toEqual(expected);
    expect(subjectsOf(items.slice(1))).not.toEqual(expected);
    expect(subjectsOf(items.map((item) => ({ ...item, class: 'bulk' }))).get('bulk')).not.toBe(expected.get('finance'));
  });
});

describe('two exceptions', () => {
  const TRIES = 200_000;
  const subjectsOfReasons = Array.from({ length: TRIES }, (_, index) =>
    subjectOf(itemOf('finance', { reason: `try ${index}` })),
  );
  const distinct = (digits: number): number =>
    new Set(subjectsOfReasons.map((subject) => subject.slice(0, digits))).size;

  it(`never share a subject, nor its first 32 digits, among ${TRIES} that differ only in their reason`, () => {
    expect([distinct(64), distinct(32)]).toEqual([TRIES, TRIES]);
  });

  it('would share one that was shorter', () => {
    expect(distinct(8)).toBeLessThan(TRIES);
  });
});
