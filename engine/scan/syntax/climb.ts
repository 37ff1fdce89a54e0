import { keyAbove, readAbove } from './above-property.ts';
import { firstsBeside, isFirst, keysBeside, literalsBeside, plainName } from './beside.ts';
import { isEnvironment } from './called-for.ts';
import { covers, textOf } from './covers.ts';
import type { Language, Node, Shape } from './language.ts';
import { readCall } from './read-call.ts';
import { shapeOf } from './shape-of.ts';
import type { Bound, How, Situation } from './situation.ts';
import { gatherPeers, peersOf, situation, type Way } from './way.ts';

export interface Climber {
  language: Language;
  /** Every name in the file that is written so, but for what binds it. */
  usesOf(name: string, binding: Node): readonly Node[];
  /** Whether a name need not be followed. */
  ignores?(name: string): boolean;
  /** A test beside the code it tests. */
  isInTest(node: Node): boolean;
}

/** Constants that hold constants: no further. */
const MOST_FOLLOWED = 2;
const MOST_USES = 60;
/** Nobody nests deeper; what machines chain would be gone up again for each of its parts. */
const HIGHEST = 80;

/** Every way a literal or a name takes part in a decision; none for one that decides nothing. */
export function situate(leaf: Node, climber: Climber): Situation[] {
  return climb(leaf, leaf, { holders: [], peers: [], lists: 0, isKey: false, depth: 0 }, climber);
}

/** The same from where a constant is used, in this file or another, that holds what was bound. */
export function situateUse(use: Node, { isKey, lists, holders, peers }: Bound, climber: Climber): Situation[] {
  if (isOwnName(use, climber.language)) return [];
  return climb(
    use,
    use,
    { holders: [...holders], peers: [() => peers], lists, isKey, use, depth: MOST_FOLLOWED },
    climber,
  );
}

function climb(leaf: Node, node: Node, way: Way, climber: Climber): Situation[] {
  const { language } = climber;
  let steps = 0;
  for (let child = node, parent = node.parent(); parent; child = parent, parent = parent.parent()) {
    if (++steps > HIGHEST) return [];
    const shape = shapeOf(parent, language, child);
    // A map in another that is given to whoever asks: `return { limits: { acme: 5 } }`.
    if (!shape) return way.isKey && way.holders.length > 0 ? [situation('key', way, {})] : [];
    switch (shape.is) {
      case 'through':
      case 'join':
        continue;
      case 'silent':
      case 'scope':
        return [];
      case 'list':
        way.lists++;
        gatherInList(leaf, child, parent, way, language);
        continue;
      case 'map':
        if (!way.isKey) return [];
        continue;
      case 'pair': {
        if (covers(shape.key, node)) {
          if (way.isKey) return [];
          way.isKey = true;
          way.gives = shape.value?.text().slice(0, 200);
          way.peers.push(peersBeside(parent, language));
          continue;
        }
        way.holders.push(plainName(shape.key.text()));
        if (way.isKey) continue;
        const found = readAbove(parent, way, language);
        const outer = keyAbove(parent, language);
        const key = plainName(shape.key.text());
        return [
          situation(
            'property',
            { ...way, peers: [peersBeside(parent, language)] },
            { subject: outer === undefined ? key : `${outer}.${key}`, ...found },
          ),
        ];
      }
      case 'comparison':
        return comparison(shape, node, way);
      case 'logic':
        if (/^(\|\||\?\?|or|\?:|\|\|=|\?\?=)$/i.test(shape.operator) && covers(shape.right, node) && !way.isKey)
          return [
            situation('fallback', way, { subject: textOf(shape.left) }),
            ...climb(leaf, parent, { ...way, depth: way.depth + 1 }, climber),
          ];
        return [];
      case 'index':
        return index(shape, node, way);
      case 'member': {
        if (covers(shape.name, node)) {
          // A name that is read from something: of an environment, an enumeration, a map of accounts.
          const object = textOf(shape.object);
          if (leaf.id() !== node.id() || way.use) continue;
          if (isEnvironment(object)) return [situation('environment', way, { subject: object })];
          return [
            situation('key', { ...way, isKey: true }, { holders: [object] }),
            ...climb(leaf, parent, { ...way, holders: [object] }, climber),
          ];
        }
        continue;
      }
      case 'case':
        return [situation('case', way, { subject: shape.subject && textOf(shape.subject) })];
      case 'enumMember':
        return [situation('enum', way, { holders: [shape.enumName], gives: undefined })];
      case 'binding':
        return binding(leaf, shape, node, parent, way, climber);
      case 'call': {
        const answer = readCall(leaf, shape, node, way);
        if (answer === 'through') continue;
        return answer;
      }
    }
  }
  return [];
}

/** What stands beside it in a list; of a list in another, only for what comes first in it. */
function gatherInList(leaf: Node, child: Node, parent: Node, way: Way, language: Language): void {
  const isInner = way.lists > 1;
  if (!way.isKey)
    gatherPeers(way, () => (isInner && !isFirst(child, parent) ? [] : literalsBeside(child, language)), leaf);
  if (way.lists === 2) way.peers.push(peersOf(() => (isFirst(leaf, child) ? firstsBeside(child, language) : [])));
}

const peersBeside = (pair: Node, language: Language) => peersOf(() => keysBeside(pair, language));

function comparison(shape: Extract<Shape, { is: 'comparison' }>, node: Node, way: Way): Situation[] {
  const isRight = covers(shape.right, node);
  const other = textOf(isRight ? shape.left : shape.right);
  const operator = shape.operator.toLowerCase();
  if (/^(in|not in|!in|∈|contains|not contains)$/.test(operator))
    return [situation(way.isKey ? 'key' : 'membership', way, { subject: other })];
  if (/^(=~|!~|~|~\*|like|ilike|not like|rlike|regexp|similar to|match)$/.test(operator))
    return [situation('pattern', way, { subject: other })];
  if (/^(<|>|<=|>=|<=>|instanceof)$/.test(operator)) return [];
  return [situation(way.lists > 0 ? 'membership' : 'equality', way, { subject: other })];
}

function index(shape: Extract<Shape, { is: 'index' }>, node: Node, way: Way): Situation[] {
  const object = textOf(shape.object);
  if (covers(shape.object, node)) {
    // A list or a map that was written out, or followed here, and is read by something.
    const how = way.isKey ? 'key' : way.lists > 0 ? 'membership' : undefined;
    return how ? [situation(how, way, { subject: textOf(shape.key) })] : [];
  }
  if (isEnvironment(object)) return [situation('environment', way, { subject: object })];
  return [situation('key', way, { holders: [object, ...way.holders] })];
}

function binding(
  leaf: Node,
  shape: Extract<Shape, { is: 'binding' }>,
  node: Node,
  parent: Node,
  way: Way,
  climber: Climber,
): Situation[] {
  const name = plainName(shape.name.text());
  if (!shape.value || !covers(shape.value, node)) {
    if (!covers(shape.name, node) || way.isKey || way.lists > 0) return [];
    const holders = shape.type ? [shape.type.text()] : [];
    return [situation('named', way, { holders, gives: shape.value?.text().slice(0, 200) })];
  }
  const held: Way = { ...way, holders: [...way.holders, name] };
  const found = way.depth < MOST_FOLLOWED ? follow(leaf, name, shape.name, held, climber) : [];
  const how: How = way.isKey ? 'key' : way.lists > 0 ? 'element' : 'held';
  const typed = shape.type ? [shape.type.text()] : [];
  const situated = situation(how, { ...held, holders: [...held.holders, ...typed] }, { use: parent });
  const bound: Bound = {
    name,
    isKey: way.isKey,
    lists: way.lists,
    holders: held.holders,
    get peers() {
      return situated.peers;
    },
  };
  return [...found, Object.assign(situated, { bound })];
}

/** Where a constant is used, as if its value were written there. */
function follow(leaf: Node, name: string, binding: Node, way: Way, climber: Climber): Situation[] {
  if (!/^[\p{L}_$@][\p{L}\p{N}_$?!]*$/u.test(name) || climber.ignores?.(name)) return [];
  const found: Situation[] = [];
  for (const use of climber.usesOf(name, binding).slice(0, MOST_USES)) {
    if (isOwnName(use, climber.language)) continue;
    const situations = climb(leaf, use, { ...way, use, depth: way.depth + 1 }, climber);
    if (situations.length > 0 && !climber.isInTest(use)) found.push(...situations);
  }
  return found;
}

/** A key that is only called so: `{ acme: 1 }` beside `const acme = …` means no constant. */
function isOwnName(use: Node, language: Language): boolean {
  const parent = use.parent();
  const shape = parent && shapeOf(parent, language, use);
  return shape?.is === 'pair' && shape.key.id() === use.id() && shape.value !== undefined;
}
