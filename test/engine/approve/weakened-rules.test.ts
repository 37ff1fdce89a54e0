import { describe, expect, it } from 'vitest';
import type { GivenReview } from '../../../engine/approve/approval.ts';
import { findItems } from '../../../engine/approve/find-items.ts';
import { subjectsOf } from '../../../engine/approve/subjects-of.ts';
import { verdictOf } from '../../../engine/approve/verdict-of.ts';
import type { ChangeSet } from '../../../engine/review/change-set.ts';
import { changeOf } from '../../fixtures/approve/change-of.ts';
import { nobody } from '../../fixtures/approve/class-of-one.ts';
import { sampleCompany, sampleSettings } from '../../fixtures/approve/sample-company.ts';
import { edited } from '../../fixtures/diff/small-company.ts';
import type { YamlFiles } from '../../fixtures/yaml-model.ts';

const APPROVALS = 'policies/approvals.yaml';
const APPROVERS = 'policies/approvers.yaml';
const MENU = 'policies/menu.yaml';
const STUDIO = 'customers/studio/pixel-and-co.yaml';

const base: YamlFiles = {
  ...sampleCompany,
  'policies/checks.yaml': 'expires-soon: { severity: error, days: 30 }\n',
  'package.json': '{ "scripts": { "check": "proviso check" } }\n',
  'package-lock.json': '{}\n',
  '.github/workflows/review.yml': 'on: pull_request_target\n',
  '.github/CODEOWNERS': '* @cto-kim\n',
  '.gitattributes': '* text=auto\n',
  'engine/approve/counts.ts': 'export const counts = () => judge();\n',
  'schemas/settings.ts': 'export const settings = {};\n',
  'schemas/generated/catalogue.json': '{}\n',
  'schemas/generated/validators.ts': 'export const approvals = shape;\n',
  'scripts/commands/check.ts': 'export const check = run;\n',
};

/** A text of a file with another in its place; one that is not there is a mistake of the test. */
function swap(path: string, text: string | RegExp, other: string): YamlFiles {
  const found = base[path]?.replace(text, other);
  if (found === undefined || found === base[path]) throw new Error(`${path} does not hold ${text}`);
  return { [path]: found };
}

/** The mallory of this test has an account and nobody's trust. */
const mallory =
  '{ id: 6666, login: mallory, classes: [founder, product, security, finance, support, bulk, machinery, breakGlass] }';

const weakenings: Readonly<Record<string, Record<string, string | undefined>>> = {
  'no policy': { [APPROVALS]: undefined },
  'no lines': swap(APPROVALS, /lines:[^]*/, 'lines: []\n'),
  'only the line of machinery': swap(
    APPROVALS,
    /lines:[^]*/,
    'lines: [{ when: { machinery: true }, class: machinery, because: x }]\n',
  ),
  'higher bounds': {
    [APPROVALS]: base[APPROVALS]
      ?.replaceAll('timesPlan: 2', 'timesPlan: 2000')
      .replaceAll('"20"', '"100"')
      .replaceAll('outsideMenu: true', 'past: true'),
  },
  'a class of friends': {
    [APPROVALS]: base[APPROVALS]?.replaceAll(/class: (product|finance|founder)/g, 'class: support'),
  },
  'no code': { [APPROVALS]: base[APPROVALS]?.replaceAll(', code: true', '') },
  'an approver more': swap(APPROVERS, /$/, `  - ${mallory}\n`),
  'another number for a known login': { [APPROVERS]: base[APPROVERS]?.replaceAll('id: 1001', 'id: 6666') },
  'no limits': swap(APPROVERS, ', limit: "50000.00"', ''),
  'nobody but mallory': { [APPROVERS]: `people:\n  - ${mallory}\n` },
  'checks off': { 'policies/checks.yaml': 'expires-soon: { severity: "off" }\n' },
  'unverified releases': swap(
    'policies/publish.yaml',
    'local: { verify: none }',
    'local: { verify: none }\n  production: { verify: none }',
  ),
  'a wider menu': swap(
    MENU,
    /percentUpTo: "10", monthsUpTo: 12 \}\n {2}paymentTerms: \[net15, net30\]/,
    'percentUpTo: "100" }\n  paymentTerms: [net15, net30, net90]',
  ),
  'an unreadable policy': { [APPROVALS]: 'classes: [\n' },
  'a workflow': { '.github/workflows/review.yml': 'on: push\n' },
  'the owners of files': { '.github/CODEOWNERS': '* @mallory\n' },
  'a script of the package': { 'package.json': '{ "scripts": { "check": "true" } }\n' },
  'what git shows': { '.gitattributes': 'customers/** -diff\n' },
  'the code that counts': { 'engine/approve/counts.ts': 'export const counts = () => true;\n' },
  'the shape of files': { 'schemas/generated/validators.ts': 'export const approvals = () => true;\n' },
};

const uses: Readonly<Record<string, YamlFiles>> = {
  seats: swap(STUDIO, 'seats: 7', 'seats: 50'),
  discount: swap(
    STUDIO,
    'quantities: { seats: 7 }',
    'quantities: { seats: 7 }, billing: { discount: { percent: "90", until: 2030-12-31 } }',
  ),
  'payment terms': swap(
    STUDIO,
    'quantities: { seats: 7 }',
    'quantities: { seats: 7 }, billing: { paymentTerms: net90 }',
  ),
};

const changes = Object.entries(weakenings).flatMap(([weakened, files]) =>
  Object.entries(uses).map(
    ([used, use]) => [`${weakened}, for ${used}`, edited(base, { ...files, ...use }), use] as const,
  ),
);

const options = { settings: sampleSettings, broken: true };

/** An approval of all there is to approve, by these people. */
function approvalsOf(change: ChangeSet, ...ids: number[]): GivenReview[] {
  const subjects = subjectsOf(findItems(change));
  return ids.map((id) => ({
    id,
    user: { id, login: id === 6666 ? 'cto-kim' : `user-${id}`, type: 'User' },
    state: 'APPROVED',
    body: [...subjects.values()].map((subject) => `approve ${subject}`).join('\n'),
    submittedAt: '2026-11-21T09:00:00Z',
    lastEditedAt: null,
    seen: Object.fromEntries(subjects),
  }));
}

const passes = (change: ChangeSet, reviews: readonly GivenReview[]): boolean =>
  verdictOf(findItems(change), change.base.model.world, reviews, nobody).every(({ satisfied }) => satisfied);

describe(`each of ${changes.length} changes that weaken a rule and use it at once`, () => {
  it.each(changes)('%s', async (_, head, use) => {
    const change = await changeOf(base, head, options);
    const needs = verdictOf(findItems(change), change.base.model.world, approvalsOf(change, 6666), nobody);
    expect(needs.every(({ satisfied }) => satisfied)).toBe(false);
    expect(needs.flatMap(({ given }) => given)).toEqual([]);
    expect(needs.map((need) => need.class)).toContain('machinery');

    // What it uses is asked as if no rule had been touched, and approving that is not approving the rule.
    const alone = await changeOf(base, edited(base, use), options);
    const asked = findItems(alone);
    expect(asked.length).toBeGreaterThan(0);
    expect(findItems(change).map(({ id }) => id)).toEqual(expect.arrayContaining(asked.map(({ id }) => id)));
    const honest = approvalsOf(alone, 1001, 1002, 1003, 1004, 1006);
    expect(passes(alone, honest)).toBe(true);
    expect(passes(change, honest)).toBe(false);
  });

  it('is many, and would often pass by the rules it brings along', async () => {
    expect(changes.length).toBe(60);
    let passed = 0;
    for (const [, head] of changes) {
      const rules = Object.fromEntries(Object.entries(head).filter(([path]) => path.startsWith('policies/')));
      const before = edited({ ...base, ...rules }, APPROVALS in head ? {} : { [APPROVALS]: undefined });
      const change = await changeOf(before, head, options);
      if (passes(change, approvalsOf(change, 6666))) passed++;
    }
    expect(passed).toBeGreaterThan(10);
  });
});
