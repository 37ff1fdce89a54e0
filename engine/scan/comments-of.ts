import type { Language, Node } from './language.ts';
import type { Comment } from './suppression.ts';

/** Where comments stand below a node, in order. */
export function commentsOf(node: Node, { comments }: Language): Comment[] {
  if (comments.length === 0) return [];
  return node
    .findAll({ rule: { any: comments.map((kind) => ({ kind })) } })
    .map((comment) => comment.range())
    .map(({ start, end }) => ({ start: start.index, end: end.index }))
    .sort((one, other) => one.start - other.start);
}
