import { describe, expect, it } from 'vitest';
import { record } from '../fixtures/views-company.ts';
import { temporaryRepository } from '../temporary-repository.ts';
import { product, scan, scanText, seats } from './scanned-product.ts';
import { tinyCompany } from './tiny-company.ts';

/** The rule of `seats` on its third line, below a comment on its second. */
const below = (comment: string, account?: string): string => seats(account).replace('  if', `  // ${comment}\n  if`);
const good = 'proviso-allow EX-31 owner=team-a until=2026-12-31 because="they move"';
const rule = 'src/a.ts:3:22 account-equality zephyra';

describe('a comment that excuses a rule', () => {
  it('takes it out of what counts, and is listed with its owner, its end and why', async () => {
    const root = product({ 'src/a.ts': below(good) });
    const scanned = await scan(root);
    expect(scanned).toMatchObject({ exitCode: 0, found: [], accepted: [`${rule} suppressed`], said: [] });
    expect(scanned.whole).toMatchObject({
      accepted: [{ state: 'suppressed', exception: 'EX-31', because: 'they move' }],
      suppressions: [
        {
          path: 'src/a.ts',
          line: 2,
          column: 6,
          exception: 'EX-31',
          owner: 'team-a',
          until: '2026-12-31',
          because: 'they move',
          findings: 1,
        },
      ],
    });
    expect((await scanText(root)).stdout).toMatch(
      /^Suppressed\n.*\n +EX-31 +team-a +2026-12-31 +1 +src\/a\.ts:2 +they move\n\nno rules about accounts\n1 other suppressed\n/s,
    );
  });

  const faults: readonly [comment: string, said: string][] = [
    ['proviso-allow', 'it names no exception, `owner` is missing, `until` is missing and `because` is missing'],
    [good.replace(' owner=team-a', ''), '`owner` is missing'],
    [good.replace(' until=2026-12-31', ''), '`until` is missing'],
    [good.replace(' because="they move"', ''), '`because` is missing'],
    [good.replace('2026-12-31', '2026-13-31'), '`until` is not a day like 2027-03-31'],
    [good.replace('EX-31 ', ''), 'it names no exception'],
    [good.replace('owner', 'ownr'), 'there is no key `ownr`; did you mean owner? and `owner` is missing'],
  ];
  it.each(faults)('suppresses nothing where it does not say all: %s', async (comment, said) => {
    expect(await scan(product({ 'src/a.ts': below(comment) }))).toMatchObject({
      exitCode: 1,
      found: [rule],
      said: [`error src/a.ts:2:6 bad-suppression this suppresses nothing: ${said}`],
    });
  });

  it('fails the run where it is malformed and there is no rule', async () => {
    expect(await scan(product({ 'src/a.ts': '// proviso-allow EX-1\nexport {};\n' }))).toMatchObject({
      exitCode: 1,
      found: [],
      said: [expect.stringContaining('src/a.ts:1:4 bad-suppression')],
    });
  });

  it.each([
    ['2026-12-31', 0, []],
    [
      '2027-01-01',
      1,
      ['warning src/a.ts:2:6 expired-suppression this suppresses nothing any more: it ended on 2026-12-31'],
    ],
  ])('is void after its last day: on %s', async (at, exitCode, said) => {
    expect(await scan(product({ 'src/a.ts': below(good) }), '--at', at)).toMatchObject({ exitCode, said });
  });

  it('is told where there is nothing left to excuse, which does not fail the run', async () => {
    expect(await scan(product({ 'src/a.ts': `// ${good}\nexport const seats = 10;\n` }))).toMatchObject({
      exitCode: 0,
      said: ['warning src/a.ts:1:4 unused-suppression this suppresses nothing: there is no finding on its statement'],
    });
  });

  it('is told where it lasts for more than a year', async () => {
    const root = product({ 'src/a.ts': below(good.replace('2026', '2036')) });
    expect(await scan(root)).toMatchObject({ exitCode: 0, said: [expect.stringContaining(' long-suppression ')] });
  });

  it('speaks for its own statement only', async () => {
    const root = product({ 'src/a.ts': below(good) + seats('lumora', 'rows') });
    expect(await scan(root)).toMatchObject({ exitCode: 1, found: ['src/a.ts:7:22 account-equality lumora'] });
  });

  it.each([
    ['a.py', 'def f(account):\n    # %\n    return account.slug == "zephyra"\n'],
    ['a.sql', "-- %\nDELETE FROM jobs WHERE account_id = 'zephyra';\n"],
    ['a.vue', '<template>\n  <!-- % -->\n  <b v-if="account.slug === \'zephyra\'">x</b>\n</template>\n'],
    ['a.tsx', "const a = (\n  <b>\n    {/* % */}\n    {account.slug === 'zephyra' && <i />}\n  </b>\n);\n"],
    [
      'b.vue',
      "<script setup>\n// %\nconst a = account.slug === 'zephyra';\n</script>\n<template>it's {{ a }}</template>\n",
    ],
    ['b.svelte', "<p>it's</p>\n<script>\n  // %\n  const a = account.slug === 'zephyra';\n</script>\n"],
    ['a.go', 'package a\n\nfunc f(account Account) bool {\n\treturn account.ID == "zephyra" // %\n}\n'],
    ['a.rb', "def f(account)\n  # %\n  account.slug == 'zephyra'\nend\n"],
    ['a.svelte', "<!-- % -->\n{#if account.slug === 'zephyra'}\n  <b>x</b>\n{/if}\n"],
  ])('is a comment of the language: %s', async (name, text) => {
    const bare = await scan(product({ [name]: text.replace('%', 'why') }));
    expect(bare.found).toHaveLength(1);
    const scanned = await scan(product({ [name]: text.replace('%', good) }));
    expect(scanned).toMatchObject({ exitCode: 0, found: [], said: [] });
    expect(scanned.accepted).toHaveLength(1);
  });
});

describe('a comment that excuses a rule, beside the repository of terms', () => {
  const exception = record({
    id: 'EX-31',
    says: 'decision: configuration, set: { sso: true }, starts: 2026-02-01, expires: 2026-09-30, onUpgrade: keep, onDowngrade: keep, onLapse: keep',
  });
  const terms = () =>
    temporaryRepository({
      ...tinyCompany,
      'customers/zephyra.yaml': `name: Zephyra Labs GmbH\nplan: studio@1\nexceptions:\n${exception}`,
      'customers/lumora.yaml': 'name: Lumora\nplan: studio@1\n',
    }).root;
  const lumora = rule.replace('zephyra', 'lumora');

  it.each([
    ['is good while its exception is', below(good), '2026-06-01', [], []],
    ['is void with the exception', below(good), '2026-10-01', [rule], [' closed-suppression ']],
    [
      'is no excuse for another customer',
      below(good, 'lumora'),
      '2026-06-01',
      [lumora],
      [' bad-suppression this does not suppress a rule about lumora'],
    ],
    [
      'is void where there is no such exception',
      below(good.replace('31', '77')),
      '2026-06-01',
      [rule],
      [' bad-suppression this suppresses nothing: there is no exception EX-77'],
    ],
  ])('%s', async (_, text, at, found, said) => {
    const { root } = temporaryRepository({ 'src/a.ts': text });
    const scanned = await scan(root, '--root', terms(), '--at', at);
    expect(scanned).toMatchObject({ exitCode: found.length, found });
    expect(scanned.said).toEqual(said.map((words) => expect.stringContaining(words)));
  });
});
