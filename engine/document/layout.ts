import { EVENT, isBlock, type ParserEvent } from './events.ts';
import { MOST_PROBLEMS, type Problem } from './problem.ts';
import { refuseDirective, refuseDocument } from './refused.ts';

const CONFLICT_MARKER = /^(?:<{7}|={7}|>{7}|\|{7})(?: .*)?\r?$/m;

/** The first line that git wrote into the file because two changes met; nothing else begins a line of ours so. */
export function findConflict(text: string): Problem | undefined {
  const match = CONFLICT_MARKER.exec(text);
  if (!match) return undefined;
  return {
    rule: 'merge-conflict',
    start: match.index,
    end: match.index + match[0].trimEnd().length,
    message: 'there are merge conflict markers in the file',
    help: 'keep the lines that should hold, and delete the other ones and the lines <<<<<<<, ======= and >>>>>>>',
  };
}

/** Tabs before the first letter of a line. In a block of text behind `|` or `>` they are content. */
export function findTabs(text: string, events: readonly ParserEvent[]): Problem[] {
  if (!text.includes('\t')) return [];
  const problems: Problem[] = [];
  let next = 0;
  for (const match of text.matchAll(/^ *\t/gm)) {
    const start = match.index + match[0].length - 1;
    let event = events[next];
    while (event && (event.type !== EVENT.scalar || event.valueEnd <= start)) event = events[++next];
    const isContent = event?.type === EVENT.scalar && isBlock(event) && event.valueStart <= start;
    if (!isContent && problems.length < MOST_PROBLEMS) problems.push(tabAt(start));
  }
  return problems;
}

/**
 * Lines of only spaces that end a block of text (`raw`, at `offset`) and reach beyond its indentation (-1 when it has no
 * other lines): parsers disagree whether these spaces are text.
 */
export function findBlankLines(raw: string, offset: number, indent: number): Problem[] {
  const end = raw.trimEnd().length;
  let start = offset + end;
  const [first = '', ...others] = raw.slice(end).split('\n');
  // Spaces behind the last letter stand on its line and are text for everybody.
  if (end > 0) start += first.length + 1;
  for (const line of end > 0 ? others : [first, ...others]) {
    if (line.replace('\r', '').length > Math.max(indent, 0)) return [blankLine(start, line.length)];
    start += line.length + 1;
  }
  return [];
}

const blankLine = (start: number, length: number): Problem => ({
  rule: 'bad-indentation',
  start,
  end: start + length,
  message: 'this line holds only spaces, which may or may not belong to the text above',
  help: 'remove the spaces',
});

export function tabAt(start: number): Problem {
  return {
    rule: 'tab-indentation',
    start,
    end: start + 1,
    message: 'this line is indented with a tab',
    help: 'indent with spaces, two a level',
  };
}

const OPENING_MARKER = /^(?:[ \t]*(?:#.*)?\r?\n)*---[ \t]*(?:#.*)?\r?(?:\n|$)/;
const MARKER = /^(?:---|\.\.\.)(?=\s|$)/gm;

/**
 * Document markers (`---`, `...`) and directives (`%…`). One `---` alone on the first line that is no comment is what
 * many people begin a file with; everything else begins or ends a document. No text of a mapping holds such a line.
 */
export function findDocumentMarker(text: string, isMarked: boolean): Problem | undefined {
  if (!text.includes('---') && !text.includes('...')) return undefined;
  const opening = OPENING_MARKER.exec(text)?.[0].length ?? 0;
  const isOdd = isMarked && opening === 0;
  const directive = isOdd ? text.search(/^%/m) : -1;
  if (directive !== -1) return refuseDirective(directive, directive + 1);
  const [marker] = text.slice(opening).matchAll(MARKER);
  const start = marker ? opening + marker.index : isOdd ? text.indexOf('---') : -1;
  return start === -1 ? undefined : refuseDocument(start, start + 3);
}
