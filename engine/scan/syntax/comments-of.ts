import { languages } from '../languages/registry.ts';
import type { Comment } from '../living/suppression.ts';
import type { Parse } from './grammars.ts';
import type { Language, Node } from './language.ts';

/** Where comments stand below a node, in order. */
export function commentsOf(node: Node, { comments }: Language): Comment[] {
  if (comments.length === 0) return [];
  return node
    .findAll({ rule: { any: comments.map((kind) => ({ kind })) } })
    .map((comment) => comment.range())
    .map(({ start, end }) => ({ start: start.index, end: end.index }))
    .sort((one, other) => one.start - other.start);
}

/** Where comments stand in a text, whatever way it is read. */
export function commentsIn(
  text: string,
  language: Language,
  grammarOf: (language: Language) => Parse,
): readonly Comment[] {
  const { grammar, parts, readComments } = language;
  if (!parts && readComments) return readComments(text);
  if (!parts) return grammar ? commentsOf(grammarOf(language)(language.legible?.(text) ?? text), language) : [];
  const inParts = parts(text).flatMap((part) => {
    const spoken = languages.find(({ name }) => name === part.language);
    return spoken ? commentsIn(part.text, spoken, grammarOf) : [];
  });
  return [...(readComments?.(text) ?? []), ...inParts].sort((one, other) => one.start - other.start);
}
