/** What stands beside a part of a list or a map: words that are surer together. */
import type { Language, Node } from './language.ts';
import { shapeOf } from './shape-of.ts';
import { named } from './shapes.ts';

/** Of a list's parts, commas included, on each side. */
const NEAREST = 16;

/** Whether nothing but comments stands in the whole before the part that holds it. */
export function isFirst(inner: Node, whole: Node): boolean {
  let at = inner;
  for (let parent = at.parent(); parent && parent.id() !== whole.id(); parent = at.parent()) at = parent;
  for (let before = at.prev(); before; before = before.prev())
    if (before.isNamed() && !before.kind().includes('comment')) return false;
  return true;
}

/** A part and those nearest to it on both sides: a list may be as long as its file. */
function beside(part: Node): Node[] {
  const found: Node[] = [part];
  for (let at = part.prev(); at && found.length <= NEAREST; at = at.prev()) found.unshift(at);
  for (let at = part.next(); at && found.length <= 2 * NEAREST; at = at.next()) found.push(at);
  return found;
}

/** What a wrapper of one part holds: an element of a list, an argument. */
function unwrap(node: Node, language: Language): Node {
  const [inner, ...more] = named(node);
  return inner && more.length === 0 && shapeOf(node, language)?.is === 'through' ? unwrap(inner, language) : node;
}

/** The literals of a list around one of them. */
export const literalsBeside = (part: Node, language: Language): string[] => literalsOf(beside(part), language);

function literalsOf(parts: readonly Node[], language: Language): string[] {
  return parts
    .map((part) => unwrap(part, language))
    .filter((part) => language.strings.includes(part.kind()) || language.numbers.includes(part.kind()))
    .map((part) => plainName(part.text()));
}

/** The first literal of each list or tuple beside one. */
export const firstsBeside = (part: Node, language: Language): string[] =>
  beside(part)
    .filter((near) => near.isNamed())
    .flatMap((near) => literalsOf(unwrap(near, language).children(), language).slice(0, 1));

/** The keys of the entries of a map around one of them. */
export const keysBeside = (part: Node, language: Language): string[] =>
  beside(part).flatMap((near) => {
    const shape = shapeOf(near, language);
    return shape?.is === 'pair' ? [plainName(shape.key.text())] : [];
  });

/** A name as it is meant, without quotes and brackets. */
export const plainName = (text: string): string => text.replace(/^[\s"'`:[(]+|[\s"'`:\])]+$/g, '').slice(0, 120);
