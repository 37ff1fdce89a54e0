import type { Edit } from './edit-file.ts';
import { applySplices, inOrder, lineStart, nextLine, type Splice } from './splice.ts';

const CONTEXT = 3;

/** An edit as a unified diff, as `git diff` shows it. */
export function excerptOf({ path, before, after, splices }: Edit): string {
  if (before === undefined) {
    const lines = linesOf(after);
    return `--- /dev/null\n+++ b/${path}\n@@ -0,0 +1,${lines.length} @@\n${lines.map((line) => `+${line}\n`).join('')}`;
  }
  const hunks = hunksOf(before, splices);
  return `--- a/${path}\n+++ b/${path}\n${hunks.join('')}`;
}

/** Whole lines that go, and whole lines that come in their place. */
interface Block {
  /** Lines before it in the old text. */
  line: number;
  removed: string[];
  added: string[];
}

function hunksOf(before: string, splices: readonly Splice[]): string[] {
  const lines = linesOf(before);
  const groups: Block[][] = [];
  for (const block of blocksOf(before, splices)) {
    const last = groups.at(-1)?.at(-1);
    if (last && block.line - (last.line + last.removed.length) <= 2 * CONTEXT) groups.at(-1)?.push(block);
    else groups.push([block]);
  }
  let shift = 0;
  return groups.map((blocks) => {
    const first = blocks[0] as Block;
    const last = blocks.at(-1) as Block;
    const from = Math.max(0, first.line - CONTEXT);
    const to = Math.min(lines.length, last.line + last.removed.length + CONTEXT);
    const body: string[] = [];
    let at = from;
    for (const { line, removed, added } of blocks) {
      body.push(...lines.slice(at, line).map((text) => ` ${text}`));
      body.push(...removed.map((text) => `-${text}`), ...added.map((text) => `+${text}`));
      at = line + removed.length;
    }
    body.push(...lines.slice(at, to).map((text) => ` ${text}`));
    const grown = blocks.reduce((sum, { removed, added }) => sum + added.length - removed.length, 0);
    const start = from + shift + 1;
    shift += grown;
    const head = `@@ -${from + 1},${to - from} +${start},${to - from + grown} @@`;
    return `${[head, ...body].join('\n')}\n`;
  });
}

function blocksOf(before: string, splices: readonly Splice[]): Block[] {
  const spans: { from: number; to: number; splices: Splice[] }[] = [];
  for (const splice of inOrder(splices)) {
    const isWholeLines =
      splice.start === splice.end && splice.start === lineStart(before, splice.start) && splice.insert.endsWith('\n');
    const from = lineStart(before, splice.start);
    const to = isWholeLines ? from : nextLine(before, splice.end);
    const last = spans.at(-1);
    if (last && from < last.to) {
      last.to = Math.max(last.to, to);
      last.splices.push(splice);
    } else spans.push({ from, to, splices: [splice] });
  }
  return spans.map(({ from, to, splices }) => {
    const moved = splices.map((splice) => ({ ...splice, start: splice.start - from, end: splice.end - from }));
    return {
      line: linesOf(before.slice(0, from)).length,
      removed: linesOf(before.slice(from, to)),
      added: linesOf(applySplices(before.slice(from, to), moved)),
    };
  });
}

const linesOf = (text: string): string[] => (text === '' ? [] : text.replace(/\r?\n$/, '').split(/\r?\n/));
