import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import type { Location, Log, Notification, ReportingDescriptor, Result, Run } from 'sarif';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { clip } from './clip.ts';
import type { TextOf } from './format-diagnostics.ts';
import { plain } from './plain.ts';
import { plural } from './plural.ts';
import type { RuleWords } from './reporter.ts';
import { sortDiagnostics } from './sort-diagnostics.ts';
import { isCounted, type Tracked } from './tracked.ts';

/** GitHub keeps that many results of a run. */
const MOST_RESULTS = 5_000;
/** GitHub takes no more of a rule's words; what is longer in a message nobody reads. */
const MOST_OF_RULE = 1_024;
const MOST_OF_MESSAGE = 1_000;
/** GitHub takes 10 MB, compressed; so much of results is less in any case. */
const MOST_BYTES = 9_500_000;
const SCHEMA = 'https://json.schemastore.org/sarif-2.1.0.json';

export interface SarifLook {
  textOf: TextOf;
  /** Where what paths count from lies in the checkout, `''` or `terms`. */
  folder: string;
  version: string;
  /** Why the command could not do its work, where it could not. */
  failure?: string;
  /** Words for rules that have some, by name. */
  rules?: Readonly<Record<string, RuleWords>>;
}

/**
 * Diagnostics as one log of SARIF 2.1.0 on one line, worst first, what does not count last; those beyond what GitHub keeps are
 * counted.
 */
export function formatSarif(diagnostics: readonly Tracked[], look: SarifLook): string {
  const byWeight = sortDiagnostics(diagnostics);
  const sorted = [...byWeight.filter(isCounted), ...byWeight.filter((one) => !isCounted(one))];
  const kept = sorted.slice(0, MOST_RESULTS);
  const rules = [...new Set(kept.map(({ rule }) => rule))].sort();
  const ruleIndex = new Map(rules.map((rule, index) => [rule, index]));
  const fingerprint = fingerprints(look.textOf);
  const results = withinBytes(
    kept.map((diagnostic) => resultOf(diagnostic, look, ruleIndex.get(diagnostic.rule), fingerprint(diagnostic))),
  );
  const run: Run = {
    tool: {
      driver: { name: 'proviso', version: look.version, rules: rules.map((rule) => describe(rule, kept, look.rules)) },
    },
    columnKind: 'utf16CodeUnits',
    invocations: [
      {
        executionSuccessful: look.failure === undefined,
        toolExecutionNotifications: notifications(sorted.length - results.length, look.failure),
      },
    ],
    results,
  };
  const log: Log = { $schema: SCHEMA, version: '2.1.0', runs: [run] };
  return `${JSON.stringify(log)}\n`;
}

function resultOf(diagnostic: Tracked, { folder }: SarifLook, ruleIndex: number | undefined, lineHash: string): Result {
  const { rule, severity, message, help, at, related, fingerprint } = diagnostic;
  return {
    ruleId: rule,
    ruleIndex,
    level: severity,
    message: { text: messageText(help ? `${message}; ${help}` : message) },
    locations: [locationOf(at, folder)],
    ...(related && {
      relatedLocations: related.map((other, index) => ({
        id: index,
        ...locationOf(other.at, folder),
        message: { text: messageText(other.message) },
      })),
    }),
    partialFingerprints: {
      primaryLocationLineHash: lineHash,
      ...(fingerprint !== undefined && { 'proviso/v1': fingerprint }),
    },
    ...suppressionsOf(diagnostic),
  };
}

/** The first of them that have room. */
function withinBytes(results: readonly Result[]): Result[] {
  let bytes = 0;
  const end = results.findIndex((result) => {
    bytes += Buffer.byteLength(JSON.stringify(result)) + 1;
    return bytes > MOST_BYTES;
  });
  return results.slice(0, end < 0 ? results.length : end);
}

/** What does not count says why; where one says so, the others say that nothing does. */
const suppressionsOf = ({ fingerprint, accepted, since }: Tracked): Pick<Result, 'suppressions' | 'baselineState'> => ({
  ...(accepted && {
    suppressions: [{ kind: accepted.where, status: 'accepted', justification: messageText(accepted.because) }],
  }),
  ...(fingerprint !== undefined && !accepted && { suppressions: [] }),
  ...(since && { baselineState: since }),
});

/** A rule is as serious as the worst found under it. */
function describe(
  rule: string,
  sorted: readonly Diagnostic[],
  known: Readonly<Record<string, RuleWords>> = {},
): ReportingDescriptor {
  const worst = sorted.find((diagnostic) => diagnostic.rule === rule);
  const words = rule.replaceAll('-', ' ');
  const said = Object.hasOwn(known, rule) ? known[rule] : undefined;
  return {
    id: rule,
    shortDescription: { text: clip(said?.summary ?? words, MOST_OF_RULE) },
    ...(said && {
      fullDescription: { text: clip(said.summary, MOST_OF_RULE) },
      help: { text: said.help, markdown: said.help },
    }),
    defaultConfiguration: { level: worst?.severity ?? 'warning' },
  };
}

function notifications(omitted: number, failure: string | undefined): Notification[] {
  return [
    ...(failure === undefined ? [] : [{ level: 'error', message: { text: messageText(failure) } } as const]),
    ...(omitted > 0
      ? [{ level: 'warning', message: { text: `${plural(omitted, 'more problem')} not shown here` } } as const]
      : []),
  ];
}

/** In a message `{0}` is a place for an argument and `[text](address)` a link; text of a file is neither. */
const messageText = (text: string): string =>
  plain(clip(text, MOST_OF_MESSAGE))
    .replace(/\{(\d+)\}/g, '{{$1}}')
    .replace(/\](?=\()/g, '\\]');

function locationOf({ path, start, end }: Place, folder: string): Location {
  const uri = (folder ? `${folder}/${path}` : path).split('/').map(encodeSegment).join('/');
  return {
    physicalLocation: {
      artifactLocation: { uri, uriBaseId: '%SRCROOT%' },
      region: {
        startLine: start.line,
        startColumn: start.column,
        ...(end && { endLine: end.line, endColumn: end.column }),
      },
    },
  };
}

/** Half a character has no address: by way of bytes it becomes the character for what is none. */
const encodeSegment = (segment: string): string => encodeURIComponent(Buffer.from(segment).toString());

/**
 * The same problem has the same fingerprint wherever its line has moved to: rule, file, the line without its indentation,
 * and which of those that are alike it is.
 */
function fingerprints(textOf: TextOf): (diagnostic: Diagnostic) => string {
  const seen = new Map<string, number>();
  const lines = new Map<string, readonly string[]>();
  const lineOf = ({ path, start }: Place): string => {
    const known = lines.get(path) ?? textOf(path)?.split('\n') ?? [];
    lines.set(path, known);
    return known[start.line - 1]?.trim() ?? '';
  };
  return ({ rule, at, message }) => {
    const content = JSON.stringify([rule, at.path, lineOf(at) || message]);
    const hash = createHash('sha256').update(content).digest('hex').slice(0, 32);
    const occurrence = (seen.get(hash) ?? 0) + 1;
    seen.set(hash, occurrence);
    return `${hash}:${occurrence}`;
  };
}
