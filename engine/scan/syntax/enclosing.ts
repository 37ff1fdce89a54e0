/** What is around a literal. */
import { isSaid } from './called-for.ts';
import { commentsOf } from './comments-of.ts';
import type { Language, Node, Shape } from './language.ts';
import { shapeOf } from './shape-of.ts';

/** Of a longer statement, which only machines write, its parts are told apart. */
const LONGEST = 4_000;
/** So far up is looked: see `climb.ts`. */
const HIGHEST = 300;

function* above(leaf: Node, language: Language): Generator<{ node: Node; shape: Shape | undefined }> {
  let steps = 0;
  for (let child = leaf, node = leaf.parent(); node && steps < HIGHEST; child = node, node = node.parent(), steps++)
    yield { node, shape: shapeOf(node, language, child) };
}

/** A test beside the code it tests. */
export function isInTest(leaf: Node, language: Language): boolean {
  for (const { shape } of above(leaf, language)) if (shape?.is === 'scope' && shape.test) return true;
  return false;
}

/** Documentation, an import, what is logged or thrown: also a query in it is only words. */
export function isSilent(leaf: Node, language: Language): boolean {
  for (const { shape } of above(leaf, language)) {
    if (!shape || shape.is === 'silent' || shape.is === 'scope') return shape?.is === 'silent';
    if (shape.is === 'call' && isSaid(shape)) return true;
  }
  return false;
}

/** Names of the functions and classes around it and of their parameters, and of what it is bound to; the nearest first. */
export function scopesOf(leaf: Node, language: Language): string[] {
  const names: string[] = [];
  for (const { node, shape } of above(leaf, language)) {
    if (shape?.is === 'scope' && shape.name) names.push(shape.name);
    if (shape?.is === 'binding') names.push(shape.name.text().slice(0, 80));
    const parameters = node.field('parameters') ?? node.field('parameter');
    if (parameters) names.push(parameters.text().slice(0, 200));
  }
  return names;
}

/** The smallest statement, entry or condition it stands in, its first and last line, and where in it comments stand. */
export function statementOf(
  leaf: Node,
  language: Language,
): { statement: string; comments: { start: number; end: number }[]; lines: { first: number; last: number } } {
  let at = leaf;
  for (const { node, shape } of above(leaf, language)) {
    if (!shape || shape.is === 'scope' || shape.is === 'map' || shape.is === 'list' || shape.is === 'silent') break;
    const { start, end } = node.range();
    if (end.index - start.index > LONGEST) break;
    at = node;
    if (shape.is === 'pair' || shape.is === 'binding' || shape.is === 'case') break;
  }
  const { start: from, end: to } = at.range();
  return {
    statement: at.text(),
    comments: commentsOf(at, language).map(({ start, end }) => ({ start: start - from.index, end: end - from.index })),
    lines: { first: from.line + 1, last: to.line + 1 },
  };
}
