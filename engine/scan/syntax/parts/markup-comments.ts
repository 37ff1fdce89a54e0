import type { Comment } from '../../living/suppression.ts';
import { type Dialect, readMarkup } from './markup.ts';
import { endOfRaw } from './scripts.ts';

/** Comments in the markup of a component, in order. Those of its scripts and styles are none of the markup. */
export function markupComments(file: string, dialect: Dialect): Comment[] {
  const found: Comment[] = [];
  readMarkup(file, dialect, (piece) => {
    if (piece.is === 'comment') found.push({ start: piece.start, end: piece.end });
    return piece.is === 'tag' && /^(script|style)$/i.test(piece.name) ? endOfRaw(file, piece) : undefined;
  });
  return found;
}
