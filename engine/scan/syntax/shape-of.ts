import type { Language, Node, Shape } from './language.ts';

/** What a node is in the words of its language, where `child` is the part of it that is asked about. It stays what it is: it is read once. */
export function shapeOf(node: Node, { shapes }: Pick<Language, 'shapes'>, child?: Node): Shape | undefined {
  const read = shapes[node.kind()];
  if (!read) return undefined;
  const known = (node.shapes ??= new Map());
  if (known.has(child)) return known.get(child);
  const shape = read(node, child);
  known.set(child, shape);
  return shape;
}
