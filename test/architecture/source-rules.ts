import type { Module, Node } from './read-module.ts';
import { roomOf } from './rooms.ts';
import type { Finding, Rule } from './rules.ts';

const MOST_LINES = 400;

function each(
  module: Module,
  say: (node: Node, parent: Node | undefined, field: string) => string | undefined,
): Finding[] {
  const found: Finding[] = [];
  module.walk((node, parent, field) => {
    const message = say(node, parent, field);
    if (message) found.push({ path: module.path, line: module.lineOf(node), message });
  });
  return found;
}

const isGenerated = ({ path }: Module): boolean => path.startsWith('schemas/generated/');

const size: Rule = {
  name: 'size',
  why: 'A file is read in one sitting: split it along what it does',
  check: (module) =>
    module.lines > MOST_LINES && !isGenerated(module)
      ? [{ path: module.path, line: MOST_LINES + 1, message: `has ${module.lines} lines; the most is ${MOST_LINES}` }]
      : [],
};

const noAny: Rule = {
  name: 'any',
  why: 'What is any is checked by nobody: say unknown and look, or name the type',
  check: (module) =>
    isGenerated(module) ? [] : each(module, ({ type }) => (type === 'TSAnyKeyword' ? 'uses the type any' : undefined)),
};

const worldly = new Set(
  'process console performance fetch globalThis setTimeout setInterval setImmediate WebSocket EventSource XMLHttpRequest'.split(
    ' ',
  ),
);

/** A name that is used, not one that names a property, a key or a type. */
function isUse(parent: Node | undefined, field: string): boolean {
  if (!parent) return false;
  if (parent.type === 'MemberExpression' && field === 'property') return parent.computed === true;
  if (field === 'key') return parent.computed === true || parent.shorthand === true;
  return !parent.type.startsWith('TS') && !/^(Import|Export)/.test(parent.type);
}

/** What reads the clock or chance: `new Date()`, `Date()`, `Date.now`, `Math.random`. */
function readsClock(node: Node): string | undefined {
  const callee = node.callee as Node | undefined;
  if (node.type === 'NewExpression' && callee?.name === 'Date' && (node.arguments as Node[]).length === 0)
    return 'new Date()';
  if (node.type === 'CallExpression' && callee?.name === 'Date') return 'Date()';
  const [object, property] = [node.object as Node | undefined, node.property as Node | undefined];
  if (node.type !== 'MemberExpression') return undefined;
  if (object?.name === 'Date' && (property?.name === 'now' || property?.value === 'now')) return 'Date.now';
  return object?.name === 'Math' && property?.name === 'random' ? 'Math.random' : undefined;
}

const pure: Rule = {
  name: 'pure',
  why: 'The clock, chance, the console, the process and the network come in as values, so that the same commit gives the same bytes and every line can be tested',
  check(module) {
    const room = roomOf(module.path);
    if (!room || room.seesOutside) return [];
    return each(module, (node, parent, field) => {
      const clock = readsClock(node);
      if (clock) return `reads ${clock}`;
      const isWorldly = node.type === 'Identifier' && worldly.has(String(node.name)) && isUse(parent, field);
      return isWorldly ? `uses ${node.name}` : undefined;
    });
  },
};

const unfinished: Rule = {
  name: 'unfinished',
  why: 'What is not done is not landed; what is landed is done',
  check: (module) =>
    module.comments
      .filter(({ value }) => /\b(TODO|FIXME|XXX|HACK)\b/.test(value))
      .map(({ line }) => ({ path: module.path, line, message: 'leaves work in a comment' })),
};

const leftOut: Rule = {
  name: 'left-out-test',
  why: 'A test that does not run proves nothing; only skipIf, which is visible, may leave one out',
  check: (module) =>
    module.path.endsWith('.test.ts')
      ? each(module, ({ type, object, property }) => {
          const name = String((property as Node | undefined)?.name);
          const isTest = ['it', 'test', 'describe'].includes(String((object as Node | undefined)?.name));
          return type === 'MemberExpression' && isTest && ['only', 'skip', 'todo', 'fails'].includes(name)
            ? `uses .${name}`
            : undefined;
        })
      : [],
};

export const sourceRules: readonly Rule[] = [size, noAny, pure, unfinished, leftOut];
