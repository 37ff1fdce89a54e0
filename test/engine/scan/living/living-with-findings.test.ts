import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadInstalled } from '../../../../engine/io/scan/load-installed.ts';
import { languages } from '../../../../engine/scan/languages/registry.ts';
import { emptyBaseline, updateBaseline } from '../../../../engine/scan/living/baseline.ts';
import type { Side } from '../../../../engine/scan/living/judge-against-base.ts';
import { judgeChange, judgeScan } from '../../../../engine/scan/living/judge-scan.ts';
import { noExceptionsKnown } from '../../../../engine/scan/living/known-exceptions.ts';
import { openDictionary } from '../../../../engine/scan/names/open-dictionary.ts';
import { openScanner } from '../../../../engine/scan/open-scanner.ts';
import { noPolicy } from '../../../../engine/scan/policy.ts';
import { openGrammars } from '../../../../engine/scan/syntax/grammars.ts';
import { accounts } from '../accounts.ts';

const scanner = openScanner(
  openDictionary(accounts, noPolicy),
  noPolicy,
  openGrammars(languages, { isFile: existsSync, load: loadInstalled }),
);
const judge = { day: '2026-11-27', known: noExceptionsKnown };
const [account = { id: '' }] = accounts;
const { id } = account;

/** Everything the scanner finds in these files. */
function sideOf(files: Readonly<Record<string, string>>, more: Partial<Side> = {}): Side {
  const all = Object.entries(files).map(([path, text]) => {
    const language = languages.find(({ extensions }) => extensions.some((end) => path.endsWith(end)));
    if (!language) throw new Error(`no language for ${path}`);
    return scanner.scan({ path, bytes: Buffer.from(text), language });
  });
  return {
    findings: all.flatMap(({ findings }) => findings),
    suppressions: all.flatMap(({ suppressions }) => suppressions),
    baseline: emptyBaseline,
    ...more,
  };
}
const statesOf = (side: Side) =>
  judgeScan(side, judge).findings.map(({ at, state }) => `${at.path}:${at.start.line} ${state}`);

const allow = 'proviso-allow EX-1 owner=team-a until=2027-03-31 because="they move"';
const price = `export function price(account: Account) {\n  if (account.id === '${id}') return 5;\n}\n`;
const moved = `import x from 'x';\n\nexport function price(\n  account: Account,\n) {\n    if (\n      account.id === '${id}' // who\n    )\n      return 5;\n}\n`;

describe('findings of source', () => {
  it('are known again where lines are moved, indented and broken anew, and a copy is not', () => {
    const baseline = updateBaseline(sideOf({ 'src/a.ts': price }).findings);
    expect(baseline.entries).toHaveLength(1);
    expect(statesOf(sideOf({ 'src/renamed.ts': moved }, { baseline }))).toEqual(['src/renamed.ts:7 known']);
    expect(statesOf(sideOf({ 'src/a.ts': price, 'src/copy.ts': price }, { baseline }))).toEqual([
      'src/a.ts:2 known',
      'src/copy.ts:2 new',
    ]);
  });

  it.each([
    [
      'a.ts',
      `export const price = (account: Account) => {\n  // ${allow}\n  if (account.id === '${id}') return 5;\n};\n`,
      3,
    ],
    [
      'a.ts',
      `export const price = (account: Account) => {\n  // ${allow}\n  if (\n    isPaid ||\n    account.id === '${id}'\n  ) return 5;\n};\n`,
      5,
    ],
    [
      'a.tsx',
      `export const P = ({ account }: Props) => (\n  <p>\n    {/* ${allow} */}\n    {account.id === '${id}' && <b />}\n  </p>\n);\n`,
      4,
    ],
    ['a.py', `def price(account):\n    if account.id == "${id}":  # ${allow}\n        return 5\n`, 2],
    [
      'a.go',
      `package a\n\nfunc price(account Account) int {\n\t// ${allow}\n\tif account.ID == "${id}" {\n\t\treturn 5\n\t}\n\treturn 0\n}\n`,
      5,
    ],
  ])('are suppressed by a comment: %s %#', (path, text, line) => {
    const { findings, diagnostics } = judgeScan(sideOf({ [path]: text }), judge);
    expect([findings.map(({ at, state }) => [at.start.line, state]), diagnostics]).toEqual([
      [[line, 'suppressed']],
      [],
    ]);
  });

  it('are none where a comment is left behind in a file that names nobody', () => {
    const { findings, diagnostics } = judgeScan(sideOf({ 'a.ts': `// ${allow}\nexport const price = 5;\n` }), judge);
    expect([findings, diagnostics.map(({ rule }) => rule)]).toEqual([[], ['unused-suppression']]);
  });

  it('of a change are what it adds, and it cannot excuse them', () => {
    const added = price.replace('5', '6').replace('  if', `  // ${allow}\n  if`);
    const head = sideOf({ 'src/a.ts': moved, 'src/b.ts': added });
    const { findings, diagnostics } = judgeChange({ base: sideOf({ 'src/a.ts': price }), head }, judge);
    expect(findings.map(({ at, state }) => [at.path, state])).toEqual([
      ['src/a.ts', 'unchanged'],
      ['src/b.ts', 'new'],
    ]);
    expect(diagnostics.map(({ rule }) => rule)).toEqual(['new-suppression']);
  });
});
