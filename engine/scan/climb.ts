import { callRoles } from './calls.ts';
import type { Language, Node, Shape } from './language.ts';
import { shapeOf } from './shape-of.ts';
import { named } from './shapes.ts';
import type { Bound, How, Situation } from './situation.ts';

/** What has been gathered on the way up. */
interface Way {
  holders: string[];
  peers: string[];
  /** In a list or set; in how many, one inside another. */
  lists: number;
  /** The key of a map it is, or is below. */
  isKey: boolean;
  gives?: string;
  /** A constant it is bound to was followed to here. */
  use?: Node;
  depth: number;
}

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

/** Every way a literal or a name takes part in a decision; none for one that decides nothing. */
export function situate(leaf: Node, climber: Climber): Situation[] {
  return climb(leaf, leaf, { holders: [], peers: [], lists: 0, isKey: false, depth: 0 }, climber);
}

/** The same from where a constant is used, in this file or another, that holds what was bound. */
export function situateUse(use: Node, { isKey, lists, holders, peers }: Bound, climber: Climber): Situation[] {
  return climb(
    use,
    use,
    { holders: [...holders], peers: [...peers], lists, isKey, use, depth: MOST_FOLLOWED },
    climber,
  );
}

function climb(leaf: Node, node: Node, way: Way, climber: Climber): Situation[] {
  const { language } = climber;
  for (let child = node, parent = node.parent(); parent; child = parent, parent = parent.parent()) {
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
        if (!way.isKey && !(way.lists > 1 && !isFirst(child, parent)))
          gatherPeers(way, literalsOf(parent, language), leaf);
        if (way.lists === 2 && isFirst(leaf, child)) way.peers.push(...firstsOf(parent, language));
        continue;
      case 'map':
        if (!way.isKey) return [];
        continue;
      case 'pair': {
        if (covers(shape.key, node)) {
          if (way.isKey) return [];
          way.isKey = true;
          way.gives = shape.value?.text().slice(0, 200);
          way.peers.push(...keysBeside(parent, language));
          continue;
        }
        way.holders.push(plainName(shape.key.text()));
        if (way.isKey) continue;
        const found = aboveProperty(parent, way, climber);
        const outer = keyAbove(parent, language);
        const key = plainName(shape.key.text());
        return [
          situation(
            'property',
            { ...way, peers: keysBeside(parent, language) },
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
        const answer = call(leaf, shape, node, way);
        if (answer === 'through') continue;
        return answer;
      }
    }
  }
  return [];
}

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
  const bound: Bound = { name, isKey: way.isKey, lists: way.lists, holders: held.holders, peers: held.peers };
  return [...found, situation(how, { ...held, holders: [...held.holders, ...typed] }, { use: parent, bound })];
}

/** Where a constant is used, as if its value were written there. */
function follow(leaf: Node, name: string, binding: Node, way: Way, climber: Climber): Situation[] {
  if (!/^[\p{L}_$@][\p{L}\p{N}_$?!]*$/u.test(name) || climber.ignores?.(name)) return [];
  const found: Situation[] = [];
  for (const use of climber.usesOf(name, binding).slice(0, MOST_USES)) {
    const situations = climb(leaf, use, { ...way, use, depth: way.depth + 1 }, climber);
    if (situations.length > 0 && !climber.isInTest(use)) found.push(...situations);
  }
  return found;
}

function call(leaf: Node, shape: Extract<Shape, { is: 'call' }>, node: Node, way: Way): Situation[] | 'through' {
  const roles = callRoles(shape.name);
  const has = (role: (typeof roles)[number]): boolean => roles.includes(role);
  const receiver = shape.receiver;
  const callee = receiver ? `${textOf(receiver)}.${shape.name}` : shape.name;
  const at = shape.arguments.findIndex((argument) => covers(argument, node));
  const others = shape.arguments.filter((_, place) => place !== at).map(textOf);
  if (shape.decorator && at >= 0) return [situation('decorator', way, { subject: callee })];
  if (at < 0) {
    // What a function gives that was followed to where it is called.
    if (!receiver) return way.use && way.use.id() === node.id() ? 'through' : [];
    if (!covers(receiver, node)) return [];
    const subject = others.join(' ');
    if (way.isKey)
      return has('lookup') || has('membership') || has('query') ? [situation('key', way, { subject })] : 'through';
    if (way.lists > 0) {
      if (has('membership') || has('lookup')) return [situation('membership', way, { subject })];
      return 'through';
    }
    if (has('equality')) return [situation('equality', way, { subject })];
    if (has('pattern')) return [situation('pattern', way, { subject })];
    if (has('membership') || has('affix')) return [situation('membership', way, { subject })];
    return 'through';
  }
  if (isLog(callee, roles)) return [];
  const isVariable = has('environment') || /^["'`][A-Z][A-Z0-9_]{2,}["'`]$/.test(shape.arguments[0]?.text() ?? '');
  if (isEnvironment(receiver ? textOf(receiver) : '') || (isVariable && /env/i.test(shape.name)))
    return at === 0
      ? [situation('environment', way, { subject: callee })]
      : [situation('fallback', way, { subject: others[0] ?? '' })];
  const beside = others[0] ?? '';
  const target = receiver ? textOf(receiver) : '';
  const column = columnOf(leaf, shape, at);
  if (column !== undefined) {
    // `Account.where("slug = ?", …)`
    const of = /^\p{Lu}\w*$/u.test(target) ? `${target}.` : '';
    return way.isKey ? [] : [situation('query', way, { subject: of + column })];
  }
  if (way.isKey && receiver && has('merge')) return [situation('key', way, { holders: [target, ...way.holders] })];
  if (way.isKey && !has('map') && !has('entry')) {
    if (has('query')) return [situation('query', way, { subject: way.holders[0] })];
    return has('through') || has('list') ? 'through' : [];
  }
  if (has('map')) {
    if (way.isKey) return 'through';
    if (way.lists >= 1 || at % 2 === 0) {
      way.isKey = true;
      if (way.lists === 0) way.gives = others[at];
      if (way.lists === 0)
        way.peers.push(...shape.arguments.filter((_, place) => place % 2 === 0 && place !== at).map(textOf));
      return 'through';
    }
    return [];
  }
  if (has('equality') && (others.length > 0 || target)) {
    const subject = others.length > 0 && !isReceiverSubject(target) ? beside : target;
    return [situation(way.lists > 0 ? 'membership' : 'equality', way, { subject })];
  }
  if (has('affix'))
    return [situation('affix', way, { subject: isReceiverSubject(target) ? target : beside || target })];
  if (has('flag')) return [situation('flag', way, { subject: callee })];
  if (has('membership') && way.lists > 0) {
    const subject = others.length > 0 ? others.join(' ') : target;
    return [situation('membership', way, { subject })];
  }
  if (has('pattern') && (target || others.length > 0) && !/^(re|regexp|regex|pattern)$/i.test(target))
    return [situation('pattern', way, { subject: [target, ...others].join(' ') })];
  if (has('pattern')) return others.length > 0 ? [situation('pattern', way, { subject: others.join(' ') })] : 'through';
  if (has('query') && !has('membership')) return [situation('query', way, { subject: [...others, target].join(' ') })];
  if (has('membership')) {
    const among = others.filter((other) => !/^["'`]/.test(other)).join(' ');
    return [situation('membership', way, { subject: isReceiverSubject(target) ? target : among })];
  }
  if (way.lists > 0 && has('list')) return 'through';
  if (has('entry') && receiver && at === 0 && shape.arguments.length >= 2)
    return [
      situation('key', { ...way, isKey: true, gives: others[0]?.slice(0, 200) }, { holders: [target, ...way.holders] }),
    ];
  if (has('entry') && !receiver && at === 0 && shape.arguments.length === 2) {
    way.isKey = true;
    way.gives = others[0];
    return 'through';
  }
  if (has('list') && !has('entry')) {
    way.lists++;
    gatherPeers(way, others, leaf);
    return 'through';
  }
  if (has('lookup') && receiver) return [situation('key', way, { holders: [target, ...way.holders] })];
  if (has('through')) return 'through';
  if (has('environment')) return [situation('environment', way, { subject: callee })];
  if (way.lists > 0) return [situation('argument', way, { subject: callee })];
  return [situation('argument', way, { subject: callee })];
}

const PLACED =
  /([\p{L}_][\p{L}\p{N}_.]*)["`\])]*\s*(?:=|<>|!=|(?:not\s+)?i?like|(?:not\s+)?in|=\s*any)\s*\(?\s*(?:%s|%\(\w+\)s|\?|\$\d+|[:@]\w+)/giu;

const hasWhere = (argument: Node): boolean => /\bwhere\b|\band\b|=\s*\?\W*$/i.test(argument.text().slice(0, 2_000));

/** `db.query("… WHERE plan = ? AND org_id = ?", "pro", "acme")`: the column that what stands there is put beside; nothing where no argument before it is such a query. */
function columnOf(leaf: Node, { arguments: given }: Extract<Shape, { is: 'call' }>, at: number): string | undefined {
  const sql = given.findLastIndex((argument, place) => place < at && hasWhere(argument));
  const query = given[sql];
  if (!query) return undefined;
  const columns = [...query.text().matchAll(PLACED)].map(([, column = '']) => column);
  const argument = given[at];
  const beside = argument && covers(argument, leaf) && argument.id() !== leaf.id() ? argument.children() : [];
  const inside = beside.filter((part) => part.isNamed()).findIndex((part) => covers(part, leaf));
  return columns.length === 1 ? columns[0] : columns[inside >= 0 ? inside : at - sql - 1];
}

/** `strings`, `Objects`, `slices`: a library, not what is compared. */
const isReceiverSubject = (receiver: string): boolean =>
  receiver !== '' &&
  !/^(strings|bytes|objects|arrays|string|stringutils|slices|maps|utils?|_|lodash|r|str|stringcomparer\..*|object|lo|ss|text|assert|array|set|collections?|iter(tools)?|operator|java\.util\.objects|equalsbuilder|stringscompare)$/i.test(
    receiver,
  );

const isEnvironment = (text: string): boolean =>
  /(^|[.:$>\s_])(env|environ|environment|_env|_server|import\.meta\.env|process\.env|config|settings|secrets|vars|configuration)\W*$/i.test(
    text,
  ) || /getenv|environ|process\.env/i.test(text);

const LOGS =
  /(^|[.:>\s$@])(log|logs|logger|logging|slog|zap|logrus|console|winston|pino|sentry|bugsnag|rollbar|stdout|stderr|fmt(?!\.sprint)|system\.out|system\.err|debug|tracing|audit_?log(ger)?|honeybadger|newrelic|_logger|telemetry|span|klog|glog)\s*(\.|::|->|!|\[|\()/i;

const isLog = (callee: string, roles: readonly string[]): boolean =>
  roles.includes('silent') || LOGS.test(`${callee}(`);

/** What it is given is only words: it is logged, shown or thrown. */
export const isSaid = ({ name, receiver }: Extract<Shape, { is: 'call' }>): boolean =>
  isLog(receiver ? `${textOf(receiver)}.${name}` : name, callRoles(name));

/** `{ account: { slug: … } }`: the key of the map a pair stands in. */
function keyAbove(pair: Node, language: Language): string | undefined {
  const map = pair.parent();
  const outer = map?.parent();
  const shape = outer && shapeOf(outer, language);
  return map && shape?.is === 'pair' && shape.value && covers(shape.value, map)
    ? plainName(shape.key.text())
    : undefined;
}

function aboveProperty(pair: Node, way: Way, climber: Climber): Partial<Situation> & { how?: How } {
  const holders = [...way.holders];
  for (let child = pair, parent = pair.parent(); parent; child = parent, parent = parent.parent()) {
    const shape = shapeOf(parent, climber.language, child);
    if (!shape) break;
    if (shape.is === 'call') {
      const roles = callRoles(shape.name);
      const name = shape.receiver ? `${textOf(shape.receiver)}.${shape.name}` : shape.name;
      if (isLog(name, roles)) return { how: 'held', holders: [] };
      if (shape.decorator) return { how: 'decorator', subject: name };
      // `env.list('BETA_TENANTS', default=['acme'])`
      const [first] = shape.arguments;
      if (
        first &&
        !covers(first, pair) &&
        (isEnvironment(shape.receiver ? textOf(shape.receiver) : '') || roles.includes('environment'))
      )
        return { how: 'fallback', subject: textOf(first), holders: [] };
      holders.push(name);
      // `Account.where(slug: …)`: a column of what is asked.
      if (roles.includes('query') || shape.arguments.some(hasWhere))
        return {
          how: 'query',
          holders,
          ...(shape.receiver && { subject: `${shape.receiver.text().slice(-150)}.${way.holders.at(-1) ?? ''}` }),
        };
    }
    if (shape.is === 'pair') holders.push(plainName(shape.key.text()));
    if (shape.is === 'binding') {
      holders.push(plainName(shape.name.text()));
      if (shape.type) holders.push(shape.type.text());
      break;
    }
    if (shape.is === 'silent') return { how: 'held', holders: [] };
    if (shape.is === 'scope' || shape.is === 'case') break;
  }
  return { holders };
}

function situation(how: How, way: Way, more: Partial<Situation>): Situation {
  return {
    how,
    holders: way.holders,
    peers: way.peers,
    ...(way.gives !== undefined && { gives: way.gives }),
    ...(way.use && { use: way.use }),
    ...more,
  };
}

export const covers = (outer: Node, inner: Node): boolean => {
  const a = outer.range();
  const b = inner.range();
  return a.start.index <= b.start.index && b.end.index <= a.end.index;
};

const textOf = (node: Node): string => node.text().slice(0, 300);
const plainName = (text: string): string => text.replace(/^[\s"'`:[(]+|[\s"'`:\])]+$/g, '').slice(0, 120);
const isFirst = (child: Node, parent: Node): boolean => {
  const [first] = named(parent);
  return first !== undefined && covers(first, child);
};

/** What a wrapper of one part holds: an element of a list, an argument. */
function unwrap(node: Node, language: Language): Node {
  const [inner, ...more] = named(node);
  return inner && more.length === 0 && shapeOf(node, language)?.is === 'through' ? unwrap(inner, language) : node;
}

/** The first of them: lists may be as long as a file. */
function literalsOf(list: Node, language: Language): string[] {
  const texts: string[] = [];
  for (const child of list.children()) {
    const part = unwrap(child, language);
    if (!language.strings.includes(part.kind()) && !language.numbers.includes(part.kind())) continue;
    if (texts.push(plainName(part.text())) === 50) break;
  }
  return texts;
}

function firstsOf(list: Node, language: Language): string[] {
  return named(list)
    .slice(0, 50)
    .flatMap((part) => literalsOf(unwrap(part, language), language).slice(0, 1));
}

function keysBeside(pair: Node, language: Language): string[] {
  const beside = pair.parent()?.children() ?? [];
  return beside.slice(0, 80).flatMap((part) => {
    const shape = shapeOf(part, language);
    return shape?.is === 'pair' ? [plainName(shape.key.text())] : [];
  });
}

function gatherPeers(way: Way, texts: readonly string[], leaf: Node): void {
  const own = plainName(leaf.text());
  way.peers.push(...texts.map(plainName).filter((text) => text !== own));
}
