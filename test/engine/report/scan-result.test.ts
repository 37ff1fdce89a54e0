import { Ajv } from 'ajv';
import fc from 'fast-check';
import type { Log } from 'sarif';
import { describe, expect, it } from 'vitest';
import { noPaint } from '../../../engine/report/paint.ts';
import { reporters } from '../../../engine/report/registry.ts';
import { scanResultJson } from '../../../engine/report/scan-result-json.ts';
import { scanResultMarkdown } from '../../../engine/report/scan-result-markdown.ts';
import { scanResultText } from '../../../engine/report/scan-result-text.ts';
import { ruleWords } from '../../../engine/scan/judge/rule-words.ts';
import { rules } from '../../../engine/scan/judge/rules.ts';
import { type ScanResult, trackedFindings } from '../../../engine/scan/scan-result.ts';
import { foundAt } from '../../fixtures/found.ts';
import { hostileText } from '../../fixtures/hostile-text.ts';
import { withoutCode } from '../../fixtures/markdown-reader.ts';
import { sarifSchema } from '../../fixtures/sarif-schema.ts';
import { scannedPath, scannedText, scanResult, scanResultSaying } from '../../fixtures/scan-result.ts';

const seed = Number(process.env.PROVISO_SEED ?? 20261127);
const numRuns = Math.ceil(Number(process.env.PROVISO_STRINGS ?? 5_000) / 10);
const textOf = (path: string) => (path === scannedPath ? scannedText : undefined);
const isValid = new Ajv({ strict: false, validateFormats: false }).compile(sarifSchema);

/** What a format prints of a result, on stdout. */
function printed(format: keyof typeof reporters, result: ScanResult, folder = ''): string {
  return reporters[format](
    {
      diagnostics: result.diagnostics,
      tracked: trackedFindings(result),
      rules: ruleWords,
      json: () => scanResultJson(result),
      text: () => scanResultText(result, { textOf }),
      markdown: () => scanResultMarkdown(result),
    },
    { paint: noPaint, textOf, folder, hasSummary: false, version: () => '0.1.0' },
  ).out;
}

function sarif(result: ScanResult, folder?: string): NonNullable<Log['runs'][0]> {
  const log: Log = JSON.parse(printed('sarif', result, folder));
  expect(isValid(log), JSON.stringify(isValid.errors)).toBe(true);
  const [run] = log.runs;
  if (!run) throw new Error('no run');
  return run;
}

describe('what the scanner found', () => {
  it('is shown to people with its lines, whose it is, what to do and how much of what there is', () => {
    expect(
      printed('text', scanResult()),
    ).toBe(`src/price.ts:2:19 error an account is compared with acme (account-equality)
  1 | export function price(account) {
> 2 |   if (account === 'acme') return 5;
    |                   ^^^^^^
  3 |   // proviso-allow EX-1 owner=team-a until=2027-03-31 because="they move"
  4 |   if (account === 'globex') return 6;
  account: acme
  help: give the customer a setting of its own

Suppressed
  exception  owner   until       rules  where           why
  EX-1       team-a  2027-03-31  1      src/price.ts:3  they move

1 rule about accounts in 1 file: 1 error
1 other suppressed and 1 other known in the baseline
1,204 files looked at for 12 accounts, 17 files read as code; skipped: 12 vendored, 3 generated
`);
  });

  it('is told in a line where there is nothing', () => {
    expect(printed('text', scanResult({ findings: [], suppressions: [], base: 'main' }))).toBe(
      'no rules about accounts, new in this change\n1,204 files looked at for 12 accounts, 17 files read as code; skipped: 12 vendored, 3 generated\n',
    );
  });

  it('does not say for how many accounts it looked where nobody knows', () => {
    const result = scanResult({ accounts: undefined });
    expect(printed('text', result)).toContain('\n1,204 files looked at, 17 files read as code; skipped');
    expect(JSON.parse(printed('json', result)).accounts).toBeNull();
  });

  it('names the files of what has no room', () => {
    const many = Array.from({ length: 130 }, (_, index) => foundAt(`f${index % 25}.ts`, index + 1));
    const shown = printed('text', scanResult({}, many));
    expect(shown.match(/^f\d+\.ts:/gm)).toHaveLength(100);
    expect(shown).toContain('\n… and 30 more rules in 6 files; --format json has all\n');
  });

  it('is for programs what counts, and apart from it what does not', () => {
    const { findings, accepted, suppressions, ...rest } = JSON.parse(printed('json', scanResult()));
    const { content } = scanResult().findings[0] ?? {};
    expect(findings).toEqual([
      {
        path: scannedPath,
        line: 2,
        column: 19,
        endColumn: 25,
        rule: 'account-equality',
        account: 'acme',
        message: 'an account is compared with acme',
        fingerprint: `${content}:1`,
        severity: 'error',
        literal: "'acme'",
        help: 'give the customer a setting of its own',
      },
    ]);
    expect(Object.keys(findings[0]).slice(0, 8)).toEqual([
      'path',
      'line',
      'column',
      'endColumn',
      'rule',
      'account',
      'message',
      'fingerprint',
    ]);
    expect(accepted).toMatchObject([
      { line: 4, state: 'suppressed', exception: 'EX-1', because: 'they move' },
      { line: 5, state: 'known' },
    ]);
    expect(suppressions).toEqual([
      {
        path: scannedPath,
        line: 3,
        column: 6,
        exception: 'EX-1',
        owner: 'team-a',
        until: '2027-03-31',
        because: 'they move',
        findings: 1,
      },
    ]);
    expect(rest).toEqual({
      files: {
        scanned: 1_204,
        parsed: 17,
        skipped: [
          { why: 'vendored', files: 12, examples: ['vendor/a.js'] },
          { why: 'generated', files: 3, examples: ['src/api.gen.ts'] },
        ],
      },
      accounts: 12,
      diagnostics: [],
    });
  });

  it('is an account of null where no list holds it', () => {
    const [found] = JSON.parse(printed('json', scanResult({}, [foundAt('a.ts', 1, { account: undefined })]))).findings;
    expect(found).toMatchObject({ account: null });
  });

  it('is annotated where it counts, ten of a kind, the worst first', () => {
    const many = Array.from({ length: 12 }, (_, index) =>
      foundAt('a.ts', index + 1, { severity: index < 11 ? 'warning' : 'error' }),
    );
    const lines = printed('github', scanResult({ diagnostics: [] }, many), 'shop').split('\n');
    expect(lines[0]).toBe(
      '::error file=shop/a.ts,line=12,col=5,endLine=12,endColumn=10,title=account-equality::an account is compared with acme%0Agive the customer a setting of its own',
    );
    expect(lines.filter((line) => line.startsWith('::warning'))).toHaveLength(10);
    expect(lines).toContain('1 more of severity warning; GitHub shows ten');
    expect(printed('github', scanResult()).match(/^::/gm)).toHaveLength(1);
  });

  it('is a document with what is wrong beside it', () => {
    expect(
      printed(
        'markdown',
        scanResult({
          diagnostics: [
            {
              rule: 'unused-suppression',
              severity: 'warning',
              message: 'out of use',
              at: { path: 'b.ts', start: { line: 1, column: 1 } },
            },
          ],
        }),
      ),
    ).toBe(`## 1 rule about accounts in 1 file: 1 error

### \`src/price.ts\`

- **Error** line 2, \`'acme'\`, account \`acme\`: an account is compared with acme (account-equality)
  - give the customer a setting of its own

**1 warning**

- Warning \`b.ts:1:1\` out of use (unused-suppression)

### Suppressed

| exception | owner | until | rules | where | why |
| --- | --- | --- | --- | --- | --- |
| EX-1 | team-a | 2027-03-31 | 1 | src/price.ts:3 | they move |

1 other suppressed and 1 other known in the baseline. 1,204 files looked at for 12 accounts, 17 files read as code; skipped: 12 vendored, 3 generated.
`);
  });
});

describe('what the scanner found, as SARIF', () => {
  it('says of each result whether it counts, and why not, what counts first', () => {
    const { results = [], tool } = sarif(scanResult(), 'shop');
    expect(results.map(({ suppressions, level }) => [level, suppressions])).toEqual([
      ['error', []],
      ['error', [{ kind: 'inSource', status: 'accepted', justification: 'EX-1, team-a until 2027-03-31: they move' }]],
      ['error', [{ kind: 'external', status: 'accepted', justification: 'it was there when the baseline was made' }]],
    ]);
    expect(results[0]?.locations?.[0]?.physicalLocation).toEqual({
      artifactLocation: { uri: 'shop/src/price.ts', uriBaseId: '%SRCROOT%' },
      region: { startLine: 2, startColumn: 19, endLine: 2, endColumn: 25 },
    });
    expect(tool.driver.rules).toEqual([
      {
        id: 'account-equality',
        shortDescription: { text: 'an account is compared with one of its names' },
        fullDescription: { text: 'an account is compared with one of its names' },
        help: { text: ruleWords['account-equality']?.help, markdown: ruleWords['account-equality']?.help },
        defaultConfiguration: { level: 'error' },
      },
    ]);
  });

  it('carries fingerprints that stay when lines move', () => {
    const of = (found: ScanResult) =>
      sarif(found).results?.map(({ partialFingerprints }) => partialFingerprints?.['proviso/v1']);
    const moved = [foundAt('new.ts', 90), foundAt('new.ts', 7)];
    expect(of(scanResult({}, moved))).toEqual(of(scanResult({}, [foundAt('a.ts', 2), foundAt('b.ts', 3)])));
    expect(sarif(scanResult()).results?.[0]?.partialFingerprints).toEqual({
      primaryLocationLineHash: expect.stringMatching(/^[0-9a-f]{32}:1$/),
      'proviso/v1': expect.stringMatching(/^[0-9a-f]{32}:1$/),
    });
  });

  it('says what a change brought, where one is judged, and nothing of it elsewhere', () => {
    const result = scanResult({ base: 'main' });
    const findings = result.findings.map((one, index) => ({
      ...one,
      state: index === 0 ? ('new' as const) : ('unchanged' as const),
    }));
    expect(sarif({ ...result, findings }).results?.map(({ baselineState }) => baselineState)).toEqual([
      'new',
      'unchanged',
      'unchanged',
    ]);
    expect(sarif(scanResult()).results?.map(({ baselineState }) => baselineState)).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('stays within what GitHub keeps: of 6,000 results the ones that count, and each in few words', () => {
    const long = { message: 'm'.repeat(50_000), help: 'h'.repeat(50_000) };
    const many = Array.from({ length: 6_000 }, (_, index) => foundAt(`a${index}.ts`, 1, long));
    const result = scanResult({ diagnostics: [] }, many);
    const findings = result.findings.map((one, index) => ({
      ...one,
      state: index < 5_500 ? ('known' as const) : ('new' as const),
    }));
    const run = sarif({ ...result, findings });
    const kept = run.results ?? [];
    expect(kept.slice(0, 500).map(({ suppressions }) => suppressions)).toEqual(Array.from({ length: 500 }, () => []));
    expect([kept.length, JSON.stringify(run).length < 10_000_000]).toEqual([5_000, true]);
    expect(run.invocations?.[0]?.toolExecutionNotifications?.[0]?.message.text).toBe(
      '1,000 more problems not shown here',
    );
    expect(Math.max(...kept.map(({ message: { text = '' } }) => text.length))).toBeLessThanOrEqual(1_000);
  });

  it('ends where the log would become too large to be taken, and says so', () => {
    const related = Array.from({ length: 20 }, () => ({ message: 'é'.repeat(900), at: foundAt('a.ts', 1).at }));
    const many = Array.from({ length: 1_000 }, (_, index) => foundAt(`a${index}.ts`, 1, { related }));
    const run = sarif(scanResult({ diagnostics: [] }, many));
    const left = 1_000 - (run.results?.length ?? 0);
    expect([left > 500, Buffer.byteLength(JSON.stringify(run)) < 10_000_000]).toEqual([true, true]);
    expect(run.invocations?.[0]?.toolExecutionNotifications?.[0]?.message.text).toBe(
      `${left} more problems not shown here`,
    );
  });

  it('has words for every rule', () => {
    expect(Object.keys(ruleWords)).toEqual(Object.keys(rules));
  });
});

describe(`${numRuns} hostile texts in source, comments and names`, () => {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters a terminal obeys
  const OBEYED = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069]/;
  const linesOf = (text: string) => printed('text', scanResultSaying(text)).split('\n').length;

  it('stay text in every format', () => {
    const usual = linesOf('word');
    fc.assert(
      fc.property(hostileText, (text) => {
        const said = `w${text}w`;
        const result = scanResultSaying(said);
        const terminal = printed('text', result);
        expect([OBEYED.test(terminal), linesOf(said)]).toEqual([false, usual]);
        expect(printed('markdown', result).split('\n').map(withoutCode).join('\n')).not.toMatch(
          /(?<![A-Za-z0-9_])@[A-Za-z0-9]|(?<!&)#\d|\bhttps?:\/\/|<(?!span>\$<\/span>|\/span>)/i,
        );
        const commands = printed('github', result).split(/[\n\r\u2028\u2029]/);
        expect(commands.filter((line) => /^[\s\u0085]*::/.test(line)).map((line) => line.split(' ')[0])).toEqual([
          '::error',
          '::error',
        ]);
        expect(commands.filter((line) => line.includes('##[') && !line.startsWith('::'))).toEqual([]);
        expect(JSON.parse(printed('json', result)).findings[0].literal).toBe(said);
        sarif(result);
      }),
      { seed, numRuns },
    );
  });
});
