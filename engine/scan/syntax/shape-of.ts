import type { Language, Node, Shape } from './language.ts';

const NONE = Symbol();

/** By what is asked about: the same node is one of several parts of another. */
const known = new WeakMap<Node, Map<Node | typeof NONE, Shape | undefined>>();

/** What a node is in the words of its language, where `child` is the part of it that is asked about. It stays what it is: it is read once. */
export function shapeOf(node: Node, { shapes }: Pick<Language, 'shapes'>, child?: Node): Shape | undefined {
  const read = shapes[node.kind()];
  if (!read) return undefined;
  let shapesHere = known.get(node);
  if (!shapesHere) known.set(node, (shapesHere = new Map()));
  const key = child ?? NONE;
  if (shapesHere.has(key)) return shapesHere.get(key);
  const shape = read(node, child);
  shapesHere.set(key, shape);
  return shape;
}
