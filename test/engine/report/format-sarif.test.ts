import { Ajv } from 'ajv';
import type { Log } from 'sarif';
import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../../engine/diagnostic.ts';
import { formatSarif } from '../../../engine/report/format-sarif.ts';
import { sarifSchema } from '../../fixtures/sarif-schema.ts';

const path = 'customers/acme.yaml';
const text = 'name: Acme\nplan: proo@1\nquantities: { seats: 5 }\n';
const unknownPlan: Diagnostic = {
  rule: 'unknown-plan',
  severity: 'error',
  message: 'no plan named proo@1',
  at: { path, start: { line: 2, column: 7 }, end: { line: 2, column: 13 } },
  help: 'a plan is a file',
  related: [{ message: 'named like this one', at: { path: 'plans/pro@1.yaml', start: { line: 1, column: 1 } } }],
};
const at = (line: number): Diagnostic['at'] => ({ path, start: { line, column: 1 } });
const isValid = new Ajv({ strict: false, validateFormats: false }).compile(sarifSchema);

function sarif(diagnostics: readonly Diagnostic[], file = text, look: { folder?: string; failure?: string } = {}): Log {
  const written = formatSarif(diagnostics, { textOf: () => file, folder: '', version: '0.1.0', ...look });
  const log: Log = JSON.parse(written);
  expect(isValid(log), JSON.stringify(isValid.errors)).toBe(true);
  expect([written.endsWith('}\n'), written.trimEnd().includes('\n')]).toEqual([true, false]);
  return log;
}

const resultsOf = (log: Log) => log.runs[0]?.results ?? [];
const fingerprintsOf = (log: Log) =>
  resultsOf(log).map(({ partialFingerprints }) => partialFingerprints?.primaryLocationLineHash);

describe('a log of SARIF', () => {
  it('holds rules, places and levels', () => {
    const log = sarif([{ rule: 'a-note', severity: 'note', message: 'a note', at: at(1) }, unknownPlan], text, {
      folder: 'the terms',
    });
    expect(log).toEqual({
      $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
      version: '2.1.0',
      runs: [
        {
          tool: {
            driver: {
              name: 'proviso',
              version: '0.1.0',
              rules: [
                { id: 'a-note', shortDescription: { text: 'a note' }, defaultConfiguration: { level: 'note' } },
                {
                  id: 'unknown-plan',
                  shortDescription: { text: 'unknown plan' },
                  defaultConfiguration: { level: 'error' },
                },
              ],
            },
          },
          columnKind: 'utf16CodeUnits',
          invocations: [{ executionSuccessful: true, toolExecutionNotifications: [] }],
          results: [
            {
              ruleId: 'unknown-plan',
              ruleIndex: 1,
              level: 'error',
              message: { text: 'no plan named proo@1; a plan is a file' },
              locations: [
                {
                  physicalLocation: {
                    artifactLocation: { uri: 'the%20terms/customers/acme.yaml', uriBaseId: '%SRCROOT%' },
                    region: { startLine: 2, startColumn: 7, endLine: 2, endColumn: 13 },
                  },
                },
              ],
              relatedLocations: [
                {
                  id: 0,
                  physicalLocation: {
                    artifactLocation: { uri: 'the%20terms/plans/pro%401.yaml', uriBaseId: '%SRCROOT%' },
                    region: { startLine: 1, startColumn: 1 },
                  },
                  message: { text: 'named like this one' },
                },
              ],
              partialFingerprints: { primaryLocationLineHash: expect.stringMatching(/^[0-9a-f]{32}:1$/) },
            },
            {
              ruleId: 'a-note',
              ruleIndex: 0,
              level: 'note',
              message: { text: 'a note' },
              locations: [
                {
                  physicalLocation: {
                    artifactLocation: { uri: 'the%20terms/customers/acme.yaml', uriBaseId: '%SRCROOT%' },
                    region: { startLine: 1, startColumn: 1 },
                  },
                },
              ],
              partialFingerprints: { primaryLocationLineHash: expect.stringMatching(/^[0-9a-f]{32}:1$/) },
            },
          ],
        },
      ],
    });
  });

  it('ends at what GitHub keeps, and says how many there are besides', () => {
    const log = sarif([
      ...Array.from(
        { length: 6_000 },
        (_, index): Diagnostic => ({ ...unknownPlan, severity: 'note', at: at(index + 1) }),
      ),
      unknownPlan,
    ]);
    expect([resultsOf(log).length, resultsOf(log)[0]?.level]).toEqual([5_000, 'error']);
    expect(log.runs[0]?.invocations?.[0]?.toolExecutionNotifications).toEqual([
      { level: 'warning', message: { text: '1,001 more problems not shown here' } },
    ]);
  });

  it('says that a command could not do its work', () => {
    expect(sarif([], text, { failure: 'there is no folder x' }).runs[0]?.invocations).toEqual([
      {
        executionSuccessful: false,
        toolExecutionNotifications: [{ level: 'error', message: { text: 'there is no folder x' } }],
      },
    ]);
  });

  it.each([
    ['a [link](https://evil.example) and {0}', 'a [link\\](https://evil.example) and {{0}}'],
    ['sets { seats: 60 } [now]', 'sets { seats: 60 } [now]'],
    ['\u202eturned\n', '\\u202eturned\\u000a'],
  ])('shows %j as it is', (message, shown) => {
    expect(resultsOf(sarif([{ ...unknownPlan, help: undefined, message }]))[0]?.message.text).toBe(shown);
  });

  it.each(['a:b/c d.yaml', 'x/ü#?%.yaml', 'x/\ud800.yaml', '../x.yaml'])('has an address for the file %j', (odd) => {
    const [result] = resultsOf(sarif([{ ...unknownPlan, at: { ...at(1), path: odd } }]));
    const { uri = '' } = result?.locations?.[0]?.physicalLocation?.artifactLocation ?? {};
    expect(decodeURIComponent(uri)).toBe(odd.replace('\ud800', '\ufffd'));
  });
});

describe('a fingerprint', () => {
  const found = (line: number): Diagnostic => ({ ...unknownPlan, at: at(line) });

  it('stays when the line moves or is indented, and when the message is worded anew', () => {
    const [before] = fingerprintsOf(sarif([found(2)]));
    expect(
      fingerprintsOf(
        sarif([{ ...found(4), message: 'other words' }], `# new\n# lines\n${text.replace('plan', '  plan')}`),
      ),
    ).toEqual([before]);
  });

  it('differs by rule, by file, by the line and among those that are alike', () => {
    const all = fingerprintsOf(
      sarif([
        found(2),
        found(2),
        found(3),
        { ...found(2), rule: 'other' },
        { ...found(2), at: { ...at(2), path: 'b.yaml' } },
      ]),
    );
    expect(new Set(all).size).toBe(5);
  });
});
