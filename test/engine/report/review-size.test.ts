import { Buffer } from 'node:buffer';
import { beforeAll, describe, expect, it } from 'vitest';
import { compileSides } from '../../../engine/diff/compile-sides.ts';
import type { Cause, CustomerDiff, Diff } from '../../../engine/diff/diff.ts';
import { diffModels } from '../../../engine/diff/diff-models.ts';
import { chanceFrom } from '../../../engine/generate/chance.ts';
import { reviewMarkdown } from '../../../engine/report/review-markdown.ts';
import { company, diffOf, edited, exception, settings, today } from '../../fixtures/diff/small-company.ts';
import { itemsOf, needOf, reviewedOf, reviewOf } from '../../fixtures/review/reviews.ts';
import { type YamlFiles, yamlModel } from '../../fixtures/yaml-model.ts';

const MOST = 60_000;
const link = 'https://ci.example/runs/1';
const seed = Number(process.env.PROVISO_SEED ?? 20261121);
const CASES = Number(process.env.PROVISO_REVIEWS ?? 200);
const MANY = 5_000;

const shared = Object.fromEntries(Object.entries(company).filter(([path]) => !path.startsWith('customers/')));
const idOf = (index: number) => `customer-${String(index).padStart(4, '0')}`;
const seatsOf = (index: number) => 60 + (index % 700);
const fileOf = (index: number, more = 0) =>
  `name: Customer ${index}\nplan: studio@2\nquantities: { seats: ${seatsOf(index) + more} }\n`;

const diffBetween = async (base: YamlFiles, head: YamlFiles): Promise<Diff> => {
  const sides = compileSides(
    { name: 'base', model: await yamlModel(base, settings) },
    { name: 'head', model: await yamlModel(head, settings) },
  );
  return diffModels(sides.base, sides.head, { at: today });
};

const isWithin = (text: string) => Buffer.byteLength(text) <= MOST && text.length <= MOST;

describe('a plan edit that touches 5,000 customers', () => {
  let diff: Diff;
  beforeAll(async () => {
    const customers = Object.fromEntries(
      Array.from({ length: MANY }, (_, index) => [
        `customers/${idOf(index)}.yaml`,
        index < 7
          ? `name: Shielded ${index}\nplan: studio@2\nquantities: { seats: 60 }\n`
          : `name: Customer ${index}\nplan: studio@2\n`,
      ]),
    );
    const base = { ...shared, ...customers };
    const plan = 'plans/studio@2.yaml';
    diff = await diffBetween(base, { ...base, [plan]: base[plan]?.replace('seats: 50', 'seats: 40') ?? '' });
  }, 60_000);

  it('is told in a report of a screen, with all the counts', () => {
    const items = itemsOf(diff);
    const text = reviewMarkdown(
      reviewOf(diff, { verdict: 'needsApproval', approvals: [needOf({ class: 'bulk', code: true, items })] }),
    );
    expect(text.length).toBeLessThan(3_000);
    expect(text).toContain('**Terms change for 4,993 customers.**');
    expect(text).toContain('- plan studio@2: seats 50 → 40: takes from 4,993 customers, 7 shielded\n');
    expect(text).toContain(
      '- **takes** **seats** 50 → 40: 4,993 customers (customer-0007, customer-0008, customer-0009, customer-0010, customer-0011 and 4,988 more)',
    );
    expect(text).toContain(`approve ${needOf({ items }).subject}`);
  });
});

/** One change nobody should get away with, and what of it a reader has to see. */
const hostile: readonly { id: string; before?: string; after: string | undefined; see: RegExp }[] = [
  { id: 'discount', after: 'billing: { discount: { percent: "95" } }\n', see: /billing\.discount\.percent\*\* 95/ },
  { id: 'seats', after: 'quantities: { seats: 900000 }\n', see: /seats\*\* 50 → 900000/ },
  {
    id: 'fewer',
    before: 'quantities: { seats: 90 }\n',
    after: 'quantities: { seats: 89 }\n',
    see: /seats\*\* 90 → 89/,
  },
  {
    id: 'exception',
    after: exception('EX-9', 'decision: configuration, set: { region: eu }, starts: 2026-12-01, expires: 2026-12-31'),
    see: /region\*\* us → eu/,
  },
  { id: 'terms', after: 'billing: { paymentTerms: net90 }\n', see: /billing\.paymentTerms\*\* net15 → net90/ },
  {
    id: 'closed',
    after: 'statuses: [{ stage: closed, since: 2027-01-01, because: gone }]\n',
    see: /stage\*\* active → closed/,
  },
  { id: 'vanished', after: undefined, see: /plan\*\* studio@2 → none/ },
  {
    id: 'groups',
    after: 'access: { groups: [{ name: all, roles: [editor] }] }\n',
    see: /access\.groups\.all/,
  },
];

const minimal = (id: string) => `name: Hostile ${id}\nplan: studio@2\n`;

describe('one hostile change among up to 5,000 benign ones', () => {
  let benign: Diff;
  let bad: Diff;
  beforeAll(async () => {
    const files = (more: number) =>
      Object.fromEntries(
        Array.from({ length: MANY }, (_, index) => [
          `customers/${idOf(index)}.yaml`,
          fileOf(index, more === 0 ? 0 : 1 + (index % 9)),
        ]),
      );
    benign = await diffBetween({ ...shared, ...files(0) }, { ...shared, ...files(1) });
    const before = Object.fromEntries(
      hostile.map(({ id, before = '' }) => [`customers/hostile-${id}.yaml`, minimal(id) + before]),
    );
    const after = Object.fromEntries(
      hostile.map(({ id, after }) => [
        `customers/hostile-${id}.yaml`,
        after === undefined ? undefined : minimal(id) + after,
      ]),
    );
    bad = await diffOf({ ...shared, ...before }, edited({ ...shared, ...before }, after));
  }, 60_000);

  const byId = (a: CustomerDiff, b: CustomerDiff) => (a.customer < b.customer ? -1 : 1);
  const byPath = (a: Cause, b: Cause) => (a.path < b.path ? -1 : 1);

  /** Edits of customers' own files do not touch each other, so the diff of both is both diffs. */
  function hidden(id: string, from: number, count: number): Diff {
    const some = benign.customers.slice(from, from + count);
    const ids = new Set(some.map(({ customer }) => customer));
    return {
      ...benign,
      customers: [...some, ...bad.customers.filter(({ customer }) => customer === `hostile-${id}`)].sort(byId),
      causes: [
        ...benign.causes.filter(({ customers }) => customers.some((one) => ids.has(one))),
        ...bad.causes.filter(({ path }) => path === `customers/hostile-${id}.yaml`),
      ].sort(byPath),
    };
  }

  it(`is shown in ${CASES} of ${CASES}, whatever else the policy asks for`, () => {
    const chance = chanceFrom(seed);
    const missed: string[] = [];
    for (let number = 0; number < CASES; number += 1) {
      const { id, see } = hostile[number % hostile.length] as (typeof hostile)[number];
      const count = Math.floor(MANY ** (chance.int(0, 1000) / 1000));
      const diff = hidden(id, chance.int(0, MANY - count), count);
      const asked = ['nobody', 'everybody', 'the hostile one'][number % 3];
      const all = itemsOf(diff);
      const items =
        asked === 'everybody'
          ? all
          : asked === 'nobody'
            ? []
            : all.filter(({ customer }) => customer === `hostile-${id}`);
      const text = reviewMarkdown(
        reviewOf(diff, {
          verdict: items.length > 0 ? 'needsApproval' : 'approved',
          approvals: items.length > 0 ? [needOf({ items })] : [],
        }),
        { link },
      );
      const isShown = text.split('\n').some((line, index, lines) => {
        const near = `${lines[index - 1]} ${lines[index - 2]} ${lines[index - 3]} ${line}`;
        return see.test(line) && near.includes(`hostile-${id}`);
      });
      if (!isShown || !isWithin(text)) missed.push(`${number}: ${id} among ${count}, asked ${asked}, ${text.length}`);
    }
    expect(missed, `PROVISO_SEED=${seed}`).toEqual([]);
  }, 60_000);

  it('is shown among fifty edits of the same customer', async () => {
    const many = Array.from({ length: 50 }, (_, index) => `group${index}`);
    const file = (names: readonly string[], more: string) =>
      `name: One\nplan: studio@2\n${more}access: { groups: [${names.map((name) => `{ name: ${name}, roles: [editor] }`).join(', ')}] }\n`;
    const before = { ...shared, 'customers/one.yaml': file([], 'quantities: { seats: 90 }\n') };
    const diff = await diffOf(
      before,
      edited(before, {
        'customers/one.yaml': file(many, 'quantities: { seats: 89 }\nbilling: { discount: { percent: "95" } }\n'),
      }),
    );
    const text = reviewMarkdown(reviewOf(diff));
    expect(text).toContain('**takes** **seats** 90 → 89, at once');
    expect(text).toContain('gives **billing.discount.percent** 95, at once');
    expect(text.match(/\*\*access\.groups\./g)?.length).toBeGreaterThan(40);
  });

  it('counts what needs approval and is not shown', () => {
    const diff = hidden('discount', 0, MANY);
    const items = itemsOf(diff).map((item, index) => ({ ...item, reason: `reason number ${index} ${'x'.repeat(60)}` }));
    const text = reviewMarkdown(
      reviewOf(diff, { verdict: 'needsApproval', approvals: [needOf({ items, code: true })] }),
      { link },
    );
    expect(isWithin(text)).toBe(true);
    const approval = text.slice(text.indexOf('### Approval by finance'), text.indexOf('### What happens next'));
    const shown = approval.split('\n').filter((line) => line.startsWith('- ')).length;
    const told = /\*\*([\d,]+) more items of this approval not shown here\*\*: see \[the full report\]/.exec(approval);
    expect(shown).toBeGreaterThan(50);
    expect(shown + Number(told?.[1]?.replace(',', ''))).toBe(items.length);
    expect(approval).toContain(`approve ${needOf({ items }).subject}`);
  });
});

describe('whatever there is of anything', () => {
  const hostileText = '$@#`<|*_[\u202e'.repeat(400);

  it.each([
    ['classes', { approvals: 500 }],
    ['people who may approve', { people: 2_000 }],
    ['exceptions', { exceptions: 3_000 }],
    ['checks', { checks: 20_000 }],
    ['all of them', { approvals: 200, people: 300, exceptions: 500, checks: 500 }],
  ])('%s: the report stays within what GitHub takes, and says what is missing', async (_, counts) => {
    const { approvals = 1, people = 1, exceptions = 0, checks = 0 } = counts as Record<string, number>;
    const diff = await diffOf(company, company);
    const needs = Array.from({ length: approvals }, (_, index) =>
      needOf({
        class: `class-${index}`,
        label: hostileText,
        because: [hostileText, hostileText],
        code: true,
        mayApprove: Array.from({ length: people }, (_, person) => `${hostileText}${person}`),
        ignored: Array.from({ length: people }, (_, person) => ({ login: `${person}`, why: hostileText })),
        items: itemsOf(diff),
      }),
    );
    const text = reviewMarkdown(
      reviewOf(diff, {
        base: hostileText,
        head: hostileText,
        verdict: 'blocked',
        approvals: needs,
        exceptions: Array.from({ length: exceptions }, () => reviewedOf({ name: hostileText, does: hostileText })),
        diagnostics: Array.from({ length: checks }, (_, index) => ({
          rule: 'a-rule',
          severity: 'error' as const,
          message: hostileText,
          help: hostileText,
          at: { path: `customers/${hostileText}.yaml`, start: { line: index + 1, column: 1 } },
        })),
      }),
      { link: `https://ci.example/${'x'.repeat(900)}` },
    );
    expect([isWithin(text), Buffer.byteLength(text) > 2_000]).toEqual([true, true]);
    if (approvals > 100) expect(text).toMatch(/\*\*No room here for .*approval by .* and \d+ more\*\*: see/);
    if (checks > 1_000) expect(text).toMatch(/[\d,]+ more problems not shown here: see \[the full report\]/);
    if (exceptions > 1_000) expect(text).toMatch(/\*\*[\d,]+ more exceptions\*\* not shown here/);
  });
});
