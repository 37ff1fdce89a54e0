/** What else is in a list or a map. */
import type { Language, Node } from './language.ts';
import { named } from './shapes.ts';

export interface Parts {
  language: Language;
  /** Texts of what is in a list or a map, by its node: read once, however many of them are asked about. */
  parts: Map<string, readonly string[]>;
}

export const literalsIn = (list: Node, known: Parts): readonly string[] => once(known, 'list', list, literalsOf);

/** The first of each list in a list: keys of a map that is written as pairs. */
export const firstsIn = (list: Node, known: Parts): readonly string[] => once(known, 'firsts', list, firstsOf);

export function keysBeside(pair: Node, known: Parts): readonly string[] {
  const map = pair.parent();
  return map ? once(known, 'keys', map, keysOf) : [];
}

export const plainName = (text: string): string => text.replace(/^[\s"'`:[(]+|[\s"'`:\])]+$/g, '').slice(0, 120);

/** What a wrapper of one part holds: an element of a list, an argument. */
function unwrap(node: Node, language: Language): Node {
  const [inner, ...more] = named(node);
  return inner && more.length === 0 && language.shapes[node.kind()]?.(node)?.is === 'through'
    ? unwrap(inner, language)
    : node;
}

function once(
  { parts, language }: Parts,
  what: string,
  node: Node,
  read: (node: Node, language: Language) => readonly string[],
): readonly string[] {
  const key = `${what} ${node.id()}`;
  const known = parts.get(key) ?? read(node, language);
  parts.set(key, known);
  return known;
}

function literalsOf(list: Node, language: Language): string[] {
  return named(list)
    .slice(0, 80)
    .map((part) => unwrap(part, language))
    .filter((part) => language.strings.includes(part.kind()) || language.numbers.includes(part.kind()))
    .slice(0, 50)
    .map((part) => plainName(part.text()));
}

function firstsOf(list: Node, language: Language): string[] {
  return named(list)
    .slice(0, 50)
    .flatMap((part) => literalsOf(unwrap(part, language), language).slice(0, 1));
}

function keysOf(map: Node, language: Language): string[] {
  return named(map)
    .slice(0, 80)
    .flatMap((part) => {
      const shape = language.shapes[part.kind()]?.(part);
      return shape?.is === 'pair' ? [plainName(shape.key.text())] : [];
    });
}
