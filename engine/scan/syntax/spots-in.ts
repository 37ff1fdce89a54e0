import type { Spot } from './language.ts';

/** Where an offset of a text stands: its line and column, from 0. Asked for growing offsets or not, a place is found by halving. */
export function spotsIn(text: string): (index: number) => Spot {
  let starts: number[] | undefined;
  return (index) => {
    starts ??= startsOf(text);
    let [low, high] = [0, starts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= index) low = middle;
      else high = middle - 1;
    }
    return { line: low, column: index - (starts[low] ?? 0), index };
  };
}

function startsOf(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}
