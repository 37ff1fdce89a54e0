import type { Language, Node } from './language.ts';
import { named } from './shapes.ts';

export const covers = (outer: Node, inner: Node): boolean => {
  const a = outer.range();
  const b = inner.range();
  return a.start.index <= b.start.index && b.end.index <= a.end.index;
};

export const textOf = (node: Node): string => node.text().slice(0, 300);
export const plainName = (text: string): string => text.replace(/^[\s"'`:[(]+|[\s"'`:\])]+$/g, '').slice(0, 120);
export const isFirst = (child: Node, parent: Node): boolean => {
  const [first] = named(parent);
  return first !== undefined && covers(first, child);
};

/** What a wrapper of one part holds: an element of a list, an argument. */
function unwrap(node: Node, language: Language): Node {
  const [inner, ...more] = named(node);
  return inner && more.length === 0 && language.shapes[node.kind()]?.(node)?.is === 'through'
    ? unwrap(inner, language)
    : node;
}

export function literalsOf(list: Node, language: Language): string[] {
  return list
    .children()
    .map((part) => unwrap(part, language))
    .filter((part) => language.strings.includes(part.kind()) || language.numbers.includes(part.kind()))
    .slice(0, 50)
    .map((part) => plainName(part.text()));
}

export function firstsOf(list: Node, language: Language): string[] {
  return named(list)
    .slice(0, 50)
    .flatMap((part) => literalsOf(unwrap(part, language), language).slice(0, 1));
}

export function keysBeside(pair: Node, language: Language): string[] {
  const beside = pair.parent()?.children() ?? [];
  return beside.slice(0, 80).flatMap((part) => {
    const shape = language.shapes[part.kind()]?.(part);
    return shape?.is === 'pair' ? [plainName(shape.key.text())] : [];
  });
}
