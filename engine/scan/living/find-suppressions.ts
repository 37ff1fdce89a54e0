import type { Diagnostic } from '../../diagnostic.ts';
import { didYouMean } from '../../did-you-mean.ts';
import { indexLines, type LineIndex, placeOf } from '../../document/problem.ts';
import { list } from '../../report/list.ts';
import type { Comment, Suppression } from './suppression.ts';

const example = 'proviso-allow EX-0031 owner=team-billing until=2027-03-31 because="why it stands here"';
const keys = ['owner', 'until', 'because'];

/** A line of a comment that is nothing but marks and the word; what only mentions the word says nothing. */
const DIRECTIVE = /^[\s/*#;%!<>{}'"`-]*(proviso-allow)(?![\w-])/;
/** A line that goes on with the next key of what the line above began. */
const CONTINUED = /^[\s/*#;%!-]*((?:owner|until|because)\s*=)/;
/** What closes a comment, in any language, and is no part of what it says. */
const CLOSING = /(?:\*\/\}?|--!?>|"""|'''|\*\)|-\}|%>|#\})$/;
const PART =
  /\s+|([A-Za-z][\w-]*)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|((?!(?:owner|until|because)\s*=)[^\s"']\S*))?|(\S+)/gy;

interface Line {
  text: string;
  /** Offset of its first character. */
  start: number;
}

/**
 * The suppressions in a file's comments, and those that do not say all they must, which suppress nothing. `comments` are in order.
 */
export function findSuppressions(
  { path, text }: { path: string; text: string },
  comments: readonly Comment[],
): { suppressions: Suppression[]; diagnostics: Diagnostic[] } {
  const suppressions: Suppression[] = [];
  const diagnostics: Diagnostic[] = [];
  // Most files have none, and their lines need not be counted.
  if (!text.includes('proviso-allow')) return { suppressions, diagnostics };
  const lines = indexLines(text);
  const written = comments.flatMap(({ start, end }) => linesOf(text, start, end));
  for (let index = 0; index < written.length; index += 1) {
    const line = written[index];
    const match = line && DIRECTIVE.exec(line.text);
    if (!line || !match) continue;
    const start = line.start + match[0].length - 'proviso-allow'.length;
    let said = withoutClosing(line.text.slice(match[0].length));
    let end = line.start + match[0].length + said.length;
    let last = line;
    for (let next = written[index + 1]; next && follows(text, last, next); next = written[index + 1]) {
      const more = CONTINUED.exec(next.text);
      if (!more) break;
      const from = more[0].length - (more[1]?.length ?? 0);
      const rest = withoutClosing(next.text.slice(from));
      said += ` ${rest}`;
      end = next.start + from + rest.length;
      last = next;
      index += 1;
    }
    const at = placeOf(path, lines, start, end);
    const { faults, ...read } = readDirective(said);
    if (faults.length > 0)
      diagnostics.push({
        rule: 'bad-suppression',
        severity: 'error',
        message: `this suppresses nothing: ${list(faults)}`,
        at,
        help: `write ${example}`,
      });
    else suppressions.push({ ...read, at, line: lineOfCode(text, comments, line, last, lines) });
  }
  return { suppressions, diagnostics };
}

function linesOf(text: string, start: number, end: number): Line[] {
  const found: Line[] = [];
  for (let from = start; from < end; ) {
    const newline = text.indexOf('\n', from);
    const to = newline < 0 || newline > end ? end : newline;
    found.push({ text: text.slice(from, to).replace(/\r$/, ''), start: from });
    from = to + 1;
  }
  return found;
}

const withoutClosing = (said: string): string => said.trimEnd().replace(CLOSING, '').trimEnd();

/** Whether nothing but a line's end and indentation stands between two lines. */
const follows = (text: string, line: Line, next: Line): boolean =>
  /^\r?\n[ \t]*$/.test(text.slice(line.start + line.text.length, next.start));

/** What stands behind the word: the id, then keys in any order. */
function readDirective(
  said: string,
): Pick<Suppression, 'exception' | 'owner' | 'until' | 'because'> & { faults: string[] } {
  const faults: string[] = [];
  const values = new Map<string, string>();
  let exception = '';
  PART.lastIndex = 0;
  for (let part = PART.exec(said); part; part = PART.exec(said)) {
    const [, key, double, single, bare, word] = part;
    if (key !== undefined) {
      if (!keys.includes(key)) faults.push(`there is no key \`${key}\`${didYouMean(key, keys)}`);
      else if (values.has(key)) faults.push(`\`${key}\` is there twice`);
      values.set(key, (double ?? single ?? bare ?? '').replace(/\\(.)/g, '$1').trim());
    } else if (word !== undefined) {
      if (exception === '' && values.size === 0) exception = word;
      else faults.push(`${JSON.stringify(word)} belongs to no key; a text of several words stands in quotes`);
    }
  }
  if (exception === '') faults.unshift('it names no exception');
  else if (!/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(exception))
    faults.unshift(`${JSON.stringify(exception)} is no id of an exception`);
  for (const key of keys) if (!values.get(key)) faults.push(`\`${key}\` is missing`);
  const until = values.get('until') ?? '';
  if (until && !isDay(until)) faults.push('`until` is not a day like 2027-03-31');
  return { exception, owner: values.get('owner') ?? '', until, because: values.get('because') ?? '', faults };
}

function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const instant = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(instant) && new Date(instant).toISOString().startsWith(text);
}

/** Behind code it speaks for that line, else for the next line that is no comment; an empty line between ends it. */
function lineOfCode(
  text: string,
  comments: readonly Comment[],
  first: Line,
  last: Line,
  lines: LineIndex,
): number | undefined {
  const own = comments.findIndex(({ start, end }) => start <= first.start && first.start < end);
  const lineStart = text.lastIndexOf('\n', first.start - 1) + 1;
  const start = comments[own]?.start ?? first.start;
  // In JSX a comment stands in braces.
  if (start >= lineStart && /[^\s{]/.test(text.slice(lineStart, start))) return lines(start).line;
  let at = last.start + last.text.length;
  for (const comment of comments.slice(own)) {
    if (comment.start > at && !/^[ \t]*\r?\n?[ \t]*$/.test(text.slice(at, comment.start))) break;
    at = Math.max(at, comment.end);
  }
  const gap = /^[ \t]*\}?[ \t]*\r?\n?[ \t]*(?=\S)/.exec(text.slice(at, at + 1_000));
  return gap ? lines(at + gap[0].length).line : undefined;
}
