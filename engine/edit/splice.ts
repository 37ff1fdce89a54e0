/** One replacement in a text: `insert` stands in place of what is between `start` and `end` (exclusive; equal: nothing). */
export interface Splice {
  start: number;
  end: number;
  insert: string;
  /** How deep inserted lines stand. Of two insertions at one place the deeper comes first: it belongs to what is above. */
  column?: number;
}

/** The text with every replacement made. They do not overlap; two at one place, the deeper first, else in the order given. */
export function applySplices(text: string, splices: readonly Splice[]): string {
  let result = '';
  let at = 0;
  for (const { start, end, insert } of inOrder(splices)) {
    result += text.slice(at, start) + insert;
    at = end;
  }
  return result + text.slice(at);
}

export const inOrder = (splices: readonly Splice[]): Splice[] =>
  [...splices].sort((a, b) => a.start - b.start || depthOf(b) - depthOf(a));

/** Within a line is deeper than any line. */
const depthOf = ({ column }: Splice): number => column ?? Number.MAX_SAFE_INTEGER;

/** Where the line that holds an offset begins. */
export const lineStart = (text: string, at: number): number => text.lastIndexOf('\n', at - 1) + 1;

/** Where the line after the one that holds an offset begins; the end of the text after the last one. */
export function nextLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end === -1 ? text.length : end + 1;
}
