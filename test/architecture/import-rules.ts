import type { Import, Module } from './read-module.ts';
import { packageRooms, pureModules, roomOf, storeClientRooms, storeClients } from './rooms.ts';
import type { Finding, Rule } from './rules.ts';

const isOurs = ({ to }: Import): boolean => /\.(ts|mjs)$/.test(to);
const isNode = ({ to }: Import): boolean => to.startsWith('node:');
const isPackage = (one: Import): boolean => !isOurs(one) && !isNode(one);

const each = (module: Module, isWrong: (one: Import) => boolean, say: (one: Import) => string): Finding[] =>
  module.imports.filter(isWrong).map((one) => ({ path: module.path, line: one.line, message: say(one) }));

const direction: Rule = {
  name: 'direction',
  why: 'Imports go one way (schemas ← runtime ← engine ← scripts), so that what the product installs stays small and the engine stays pure',
  check(module) {
    const room = roomOf(module.path);
    if (!room) return [];
    const may = (one: Import): boolean => {
      const target = roomOf(one.to)?.at;
      if (target === undefined) return false;
      return (
        room.loads.includes(target) || target === room.at || (one.kind === 'type' && !!room.names?.includes(target))
      );
    };
    return each(
      module,
      (one) => isOurs(one) && !may(one),
      (one) => `${room.at} may not import ${one.kind === 'type' ? 'types of ' : ''}${one.to}`,
    );
  },
};

const outside: Rule = {
  name: 'outside',
  why: 'Files, network and processes are touched only in engine/io, scripts and runtime/{stores,client,server}, so that everything else is the same on every machine',
  check(module) {
    const room = roomOf(module.path);
    const bare = (one: Import): boolean => isPackage(one) && nodeModules.has(one.to);
    if (!room || room.node === 'all') return each(module, bare, (one) => `write node:${one.to}`);
    return each(
      module,
      (one) => one.kind !== 'type' && (bare(one) || (isNode(one) && !pureModules.includes(one.to))),
      (one) => `${room.at} may not load ${one.to}`,
    );
  },
};

const nodeModules: ReadonlySet<string> = new Set(
  'fs net http https http2 dgram dns tls os path process child_process worker_threads cluster readline timers crypto util buffer url stream perf_hooks v8 vm module events'.split(
    ' ',
  ),
);

const parser: Rule = {
  name: 'parser',
  why: 'engine/document.ts is the only door to a parser, so that one strict language is read everywhere and the parser can be changed',
  check: (module) =>
    each(
      module,
      ({ to }) =>
        !!roomOf(module.path) &&
        Object.hasOwn(packageRooms, to) &&
        !packageRooms[to]?.some((place) => module.path.startsWith(place)),
      ({ to }) => `${module.path} may not import ${to}`,
    ),
};

const storeClient: Rule = {
  name: 'store-client',
  why: 'Clients of stores are heavy and optional: only runtime/packages and the driver in runtime/stores load them, when they are first used',
  check: (module) =>
    each(
      module,
      ({ to, kind }) =>
        !!roomOf(module.path) &&
        kind !== 'type' &&
        storeClients.test(to) &&
        !(storeClientRooms.some((place) => module.path.startsWith(place)) && kind === 'lazy'),
      ({ to, kind }) =>
        `${to} is imported ${kind === 'lazy' ? `outside ${storeClientRooms.join(' and ')}` : 'at the top of a file'}`,
    ),
};

/** Everything that is loaded with a file, `import()` left out. */
function* loadedWith(path: string, modules: ReadonlyMap<string, Module>, seen = new Set<string>()): Generator<Import> {
  if (seen.has(path)) return;
  seen.add(path);
  for (const one of modules.get(path)?.imports ?? []) {
    if (one.kind !== 'value') continue;
    yield one;
    if (isOurs(one)) yield* loadedWith(one.to, modules, seen);
  }
}

const start: Rule = {
  name: 'start',
  why: 'A command line starts in little more than Node’s own time: the shell and the tops of commands load no package, `run` imports what it needs',
  check(module, modules) {
    const isTop = module.path === 'scripts/proviso.ts' || module.path.startsWith('scripts/commands/');
    const packages = isTop ? [...loadedWith(module.path, modules)].filter(isPackage) : [];
    return packages.map(({ to }) => ({ path: module.path, line: 1, message: `loads ${to} before anything runs` }));
  },
};

const circle: Rule = {
  name: 'circle',
  why: 'Files that load each other have no order to be read in',
  check(module, modules) {
    const isBack = [...loadedWith(module.path, modules)].some(({ to }) => to === module.path);
    return isBack ? [{ path: module.path, line: 1, message: 'loads itself through other files' }] : [];
  },
};

/** `kind`: a folder whose files weigh something is loaded file by file, when one is used. */
const registered = (folder: string, others: readonly string[], kind: Import['kind'] = 'lazy'): Rule => ({
  name: 'registry',
  why: 'What is not in its registry does not exist for users',
  check(module, modules) {
    const name = module.path.slice(folder.length);
    if (!module.path.startsWith(folder) || name.includes('/') || others.includes(name)) return [];
    const registry = modules.get(`${folder}registry.ts`);
    const isKnown = registry?.imports.some((one) => one.to === module.path && one.kind === kind);
    return isKnown ? [] : [{ path: module.path, line: 1, message: `is not in ${folder}registry.ts` }];
  },
});

export const importRules: readonly Rule[] = [
  direction,
  outside,
  parser,
  storeClient,
  start,
  circle,
  registered('scripts/commands/', ['registry.ts']),
  registered('runtime/stores/', ['registry.ts', 'store.ts']),
  registered(
    'engine/checks/',
    ['registry.ts', 'check.ts', 'check-policy.ts', 'checked-change.ts', 'policy-of.ts', 'run-checks.ts'],
    'value',
  ),
  registered('engine/doctor/rules/', ['registry.ts'], 'value'),
];
