import type { Diagnostic, Place } from '../../diagnostic.ts';
import { topOf } from '../../diagnostic.ts';
import { didYouMean } from '../../did-you-mean.ts';
import { readJson } from '../../document/json.ts';
import { findConflict } from '../../document/layout.ts';
import { toDiagnostics } from '../../document/problem.ts';
import type { Baseline, BaselineEntry } from './baseline.ts';

const keys = ['content', 'count', 'rule', 'path', 'note'];
const help = 'proviso scan --update-baseline writes the file anew';

export interface ReadBaseline {
  /** Absent when the file as a whole cannot be read: nothing is then known, and the diagnostics say so. */
  baseline?: Baseline;
  /** Where the entry of a content stands. */
  placeOf(content: string): Place;
  diagnostics: readonly Diagnostic[];
}

/**
 * Reads `proviso-baseline.json`: `{ "version": 1, "findings": [{ content, count, rule, path, note? }] }`. What is wrong with an entry
 * is reported at its place, and that entry knows nothing; never throws.
 */
export function readBaseline(text: string, path: string): ReadBaseline {
  const top = topOf(path);
  const wrong = (message: string, at: Place): Diagnostic => ({
    rule: 'bad-baseline',
    severity: 'error',
    message,
    at,
    help,
  });
  const refuse = (...diagnostics: Diagnostic[]): ReadBaseline => ({ placeOf: () => top, diagnostics });
  const conflict = findConflict(text);
  if (conflict) return refuse(...toDiagnostics(path, text, [{ ...conflict, rule: 'bad-baseline' }]));
  const { document, diagnostics } = readJson(path, text);
  if (!document) return refuse(...diagnostics.map((one) => ({ ...one, rule: 'bad-baseline' })));
  const { data, locate } = document;
  if (!isObject(data)) return refuse(wrong('a baseline is an object with `version` and `findings`', locate([])));
  if (data.version !== 1)
    return refuse(
      data.version === undefined
        ? wrong('a baseline says its version: 1', locate([]))
        : wrong(`there is no version ${JSON.stringify(data.version)} of baselines, only 1`, locate(['version'])),
    );
  // Two changes put together by hand; of two lists JSON keeps the last without a word.
  if ((text.match(/"findings"\s*:/g) ?? []).length > 1)
    return refuse(wrong('`findings` is there twice', locate(['findings'], 'key')));
  const { findings } = data;
  if (!Array.isArray(findings)) return refuse(wrong('`findings` of a baseline is a list', locate(['findings'])));

  const faults: Diagnostic[] = Object.keys(data)
    .filter((key) => key !== 'version' && key !== 'findings')
    .map((key) => wrong(`there is no key \`${key}\`${didYouMean(key, ['version', 'findings'])}`, locate([key])));
  const entries: BaselineEntry[] = [];
  const indexes = new Map<string, number>();
  findings.forEach((entry: unknown, index) => {
    const found = faultsIn(entry);
    const content = isObject(entry) ? String(entry.content) : '';
    if (found.length === 0 && indexes.has(content)) found.push('its content has an entry already');
    faults.push(...found.map((message) => wrong(`entry ${index + 1}: ${message}`, locate(['findings', index]))));
    if (found.length > 0) return;
    indexes.set(content, index);
    entries.push(entry as BaselineEntry);
  });
  return {
    baseline: { entries },
    placeOf: (content) => locate(['findings', indexes.get(content) ?? 0]),
    diagnostics: faults,
  };
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Everything that is wrong with one entry, in words. */
function faultsIn(entry: unknown): string[] {
  if (!isObject(entry)) return ['it is not an object'];
  const isText = (value: unknown): boolean => typeof value === 'string' && /\S/.test(value);
  return [
    ...Object.keys(entry).flatMap((key) =>
      keys.includes(key) ? [] : [`there is no key \`${key}\`${didYouMean(key, keys)}`],
    ),
    ...(/^[0-9a-f]{32}$/.test(String(entry.content)) ? [] : ['`content` is not 32 hex digits']),
    ...(Number.isSafeInteger(entry.count) && Number(entry.count) > 0 ? [] : ['`count` is not a whole number from 1']),
    ...(['rule', 'path'] as const).flatMap((key) => (isText(entry[key]) ? [] : [`\`${key}\` is missing`])),
    ...(entry.note === undefined || isText(entry.note) ? [] : ['`note` is not a text']),
  ];
}

/** The file as it is written: one line an entry, by path, so that a change is as small as what it changes. */
export function baselineText({ entries }: Baseline): string {
  const lines = entries.map(({ content, count, rule, path, note }) =>
    // One order of keys, whoever made the entry.
    JSON.stringify({ content, count, rule, path, ...(note !== undefined && { note }) }),
  );
  const list = lines.length > 0 ? `[\n    ${lines.join(',\n    ')}\n  ]` : '[]';
  return `{\n  "version": 1,\n  "findings": ${list}\n}\n`;
}
