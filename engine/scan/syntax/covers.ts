import type { Node } from './language.ts';

/** Whether a node is another or holds it. */
export const covers = (outer: Node, inner: Node): boolean => {
  const a = outer.range();
  const b = inner.range();
  return a.start.index <= b.start.index && b.end.index <= a.end.index;
};

/** As it is written, as far as anybody looks. */
export const textOf = (node: Node): string => node.text().slice(0, 300);
