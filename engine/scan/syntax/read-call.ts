import { isEnvironment, isLog } from './called-for.ts';
import { callRoles } from './calls.ts';
import { columnOf } from './column-of.ts';
import { covers, textOf } from './covers.ts';
import type { Node, Shape } from './language.ts';
import type { Situation } from './situation.ts';
import { gatherPeers, situation, type Way } from './way.ts';

/** What a call does with what it is given, or with what it is called on. */
export function readCall(
  leaf: Node,
  shape: Extract<Shape, { is: 'call' }>,
  node: Node,
  way: Way,
): Situation[] | 'through' {
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
        way.peers.push(() => shape.arguments.filter((_, place) => place % 2 === 0 && place !== at).map(textOf));
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
  if (has('query') && !has('membership'))
    return [situation('query', way, { subject: columnBeside(beside, target) ?? [...others, target].join(' ') })];
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
    gatherPeers(way, () => others, leaf);
    return 'through';
  }
  if (has('lookup') && receiver) return [situation('key', way, { holders: [target, ...way.holders] })];
  if (has('through')) return 'through';
  if (has('environment')) return [situation('environment', way, { subject: callee })];
  if (way.lists > 0) return [situation('argument', way, { subject: callee })];
  return [situation('argument', way, { subject: callee })];
}

/** `strings`, `Objects`, `slices`: a library, not what is compared. */
const isReceiverSubject = (receiver: string): boolean =>
  receiver !== '' &&
  !/^(strings|bytes|objects|arrays|string|stringutils|slices|maps|utils?|_|lodash|r|str|stringcomparer\..*|object|lo|ss|text|assert|array|set|collections?|iter(tools)?|operator|java\.util\.objects|equalsbuilder|stringscompare)$/i.test(
    receiver,
  );

/** `where('slug', 'acme')`, `where('tenants.slug', …)`: a quoted column, of the table that is asked where it names none. */
function columnBeside(argument: string, target: string): string | undefined {
  const [, table, column] = /^["'`:](?:(\w+)\.)?(\w+)["'`]?$/.exec(argument) ?? [];
  return column && `${table ?? target}.${column}`;
}
