/** Shapes most grammars share, by the names of their fields. A language's table is made of these and a few of its own. */
import type { Node, Shape } from './language.ts';

type Read = (node: Node) => Shape | undefined;

export const through: Read = () => ({ is: 'through' });
export const join: Read = () => ({ is: 'join' });
export const silent: Read = () => ({ is: 'silent' });
export const list: Read = () => ({ is: 'list' });
export const map: Read = () => ({ is: 'map' });

const LOGIC = /^(\|\||&&|\?\?|and|or|\?:)$/;
const JOINS = /^(\+|\.|\.\.|&)$/;

/** An operator between two sides: what it is depends on the operator. */
export const binary =
  (left = 'left', operator = 'operator', right = 'right'): Read =>
  (node) => {
    const sides = { left: node.field(left), right: node.field(right) };
    if (!sides.left || !sides.right) return undefined;
    const sign = node.field(operator)?.text() ?? between(node, sides.left, sides.right);
    return readOperator(sign, sides.left, sides.right);
  };

export function readOperator(sign: string, left: Node, right: Node): Shape | undefined {
  const operator = sign.trim().replace(/\s+/g, ' ');
  if (LOGIC.test(operator)) return { is: 'logic', operator, left, right };
  if (JOINS.test(operator)) return { is: 'join' };
  if (/^[-*/%^]$|^(<<|>>|\*\*|\/\/)$/.test(operator)) return undefined;
  return { is: 'comparison', operator, left, right };
}

/** What is written between two children: an operator that has no field. */
export const between = (node: Node, left: Node, right: Node): string =>
  node
    .children()
    .filter(
      (child) =>
        child.range().start.index >= left.range().end.index && child.range().end.index <= right.range().start.index,
    )
    .map((child) => child.text())
    .join(' ');

/** The parts that say something: no punctuation, no comments. */
export function named(node: Node): readonly Node[] {
  let parts = namedParts.get(node);
  if (!parts) {
    parts = node.children().filter((child) => child.isNamed() && !child.kind().includes('comment'));
    namedParts.set(node, parts);
  }
  return parts;
}

const namedParts = new WeakMap<Node, readonly Node[]>();

export const pair =
  (key = 'key', value = 'value'): Read =>
  (node) => {
    const at = node.field(key);
    return at ? { is: 'pair', key: at, value: node.field(value) ?? undefined } : undefined;
  };

export const index =
  (object: string, key: string): Read =>
  (node) => {
    const [whole, at] = [node.field(object), node.field(key)];
    return whole && at ? { is: 'index', object: whole, key: at } : undefined;
  };

export const member =
  (object: string, name: string): Read =>
  (node) => {
    const [whole, at] = [node.field(object), node.field(name)];
    return whole && at ? { is: 'member', object: whole, name: at } : undefined;
  };

export const binding =
  (name: string, value: string, type?: string): Read =>
  (node) => {
    const at = node.field(name);
    if (!at) return undefined;
    const typed = type === undefined ? undefined : (node.field(type) ?? undefined);
    return { is: 'binding', name: at, value: node.field(value) ?? undefined, ...(typed && { type: typed }) };
  };

export const scope =
  (name = 'name'): Read =>
  (node) => ({ is: 'scope', name: node.field(name)?.text() ?? '' });

/** A branch whose subject is a field of the nearest ancestor of that kind. */
export const caseOf =
  (kind: string, subject: string): Read =>
  (node) => ({ is: 'case', subject: nearest(node, kind)?.field(subject) ?? undefined });

export function nearest(node: Node, kind: string): Node | undefined {
  for (let at = node.parent(); at; at = at.parent()) if (at.kind() === kind) return at;
  return undefined;
}

/** A call whose callee is a name or something read from a thing. */
export const call =
  (callee: string, args: string, members: Readonly<Record<string, readonly [object: string, name: string]>>): Read =>
  (node) => {
    const called = node.field(callee);
    if (!called) return undefined;
    const list = node.field(args);
    const given = list ? named(list) : [];
    const fields = members[called.kind()];
    const object = fields && called.field(fields[0]);
    const name = fields && called.field(fields[1]);
    return {
      is: 'call',
      name: (name ?? called).text(),
      ...(object && { receiver: object }),
      arguments: given,
      ...(node.parent()?.kind() === 'decorator' && { decorator: true as const }),
    };
  };

/** A node that says something else than what is written there: what a pattern is matched against, several nodes in a row. */
export const standIn = (node: Node, text = node.text(), end = node): Node => ({
  id: () => node.id(),
  kind: () => node.kind(),
  text: () => text,
  range: () => ({ start: node.range().start, end: end.range().end }),
  isNamed: () => true,
  parent: () => node.parent(),
  children: () => node.children(),
  field: (name) => node.field(name),
  fieldChildren: (name) => node.fieldChildren(name),
  findAll: (matcher) => node.findAll(matcher),
  prev: () => node.prev(),
  next: () => end.next(),
});
