import { type Chunk, joinChunks } from './join-chunks.ts';

/** What a module of ours loads, each by its id. */
export interface Links {
  /** Modules of ours that are loaded with it. */
  imports: readonly string[];
  /** Modules of ours that it may load later. */
  lazy: readonly string[];
  /** npm packages that are loaded with it. */
  packages: readonly string[];
  bytes: number;
}

export interface ChunkRequest {
  /** Every module by its id, a path with `/`. */
  modules: ReadonlyMap<string, Links>;
  /** Where the program begins: what is loaded with it is loaded by every command. */
  program: string;
  /** Where other processes and threads begin. */
  others: readonly string[];
  /** Modules that are loaded one by one, and for a list of them all: one file. */
  together: readonly string[];
}

/** Bytes of a module of data, which loads nothing, that are as slow to read as a package: it is a file of its own, and brought along like one. */
const LARGE = 200_000;

/**
 * The file each module goes into, by its name without an ending. What the same commands may load, and what brings the same npm
 * packages along, is one file, and files that mostly the same commands load are joined: whoever starts reads few files, little
 * that it does not run, and no package that its modules would not load by themselves.
 *
 * No file loads itself through others, because what a module imports has all the users it has and no package that it has not.
 * Where a process begins is a file of its own: it waits for what it loads, so nothing may have to wait for it.
 */
export function assignChunks({ modules, program, others, together }: ChunkRequest): Map<string, string> {
  const linksOf = (id: string): Links => {
    const links = modules.get(id);
    if (!links) throw new Error(`there is no module ${id}`);
    return links;
  };
  const isData = (id: string): boolean => linksOf(id).imports.length === 0 && linksOf(id).bytes > LARGE;
  const broughtBy = (id: string): readonly string[] => (isData(id) ? [id] : linksOf(id).packages);
  const loadedWith = (id: string): Set<string> => reach(id, (each) => linksOf(each).imports);
  const atStart = loadedWith(program);
  const usersOf = new Map<string, string[]>([...modules.keys()].map((id) => [id, []]));
  const later = [...modules.keys()].filter((id) => atStart.has(id) || isRegistry(id));
  for (const user of new Set([...others, ...later.flatMap((id) => linksOf(id).lazy)]))
    for (const id of reach(user, (each) => followed(each, linksOf(each)))) usersOf.get(id)?.push(user);

  const names = new Map<string, string>();
  const alike = new Map<string, Chunk>();
  for (const id of [...modules.keys()].sort()) {
    if (id === program || others.includes(id)) names.set(id, nameOf(id));
    else if (atStart.has(id)) names.set(id, 'start');
    else if (together.includes(id)) names.set(id, 'together');
    else if (isData(id)) names.set(id, nameOf(id));
    else {
      const users = usersOf.get(id) ?? [];
      const packages = [...new Set([...loadedWith(id)].flatMap(broughtBy))].sort().join(' ');
      const key = JSON.stringify([users, packages]);
      const { modules: before, bytes } = alike.get(key) ?? { modules: [], bytes: 0 };
      const chunk = { modules: [...before, id], bytes: bytes + linksOf(id).bytes, users: new Set(users), packages };
      alike.set(key, chunk);
    }
  }
  const taken = new Set(names.values());
  for (const { modules: ids, users } of joinChunks([...alike.values()], (id) => linksOf(id).imports)) {
    const [first = '', ...rest] = users.size === 1 ? users : [...ids].sort();
    const name = freeName(first, rest.length, taken);
    taken.add(name);
    for (const id of ids) names.set(id, name);
  }
  return names;
}

/** A registry is chosen from: whoever asks it for one thing does not use the others. */
const followed = (id: string, { imports, lazy }: Links): readonly string[] =>
  isRegistry(id) ? imports : [...imports, ...lazy];

function reach(from: string, next: (id: string) => readonly string[]): Set<string> {
  const reached = new Set<string>();
  const ahead = [from];
  for (let id = ahead.pop(); id !== undefined; id = ahead.pop()) {
    if (reached.has(id)) continue;
    reached.add(id);
    ahead.push(...next(id));
  }
  return reached;
}

const nameOf = (id: string): string => id.replace(/^.*\/|\.[jt]s$/g, '');

const isRegistry = (id: string): boolean => nameOf(id) === 'registry';

/** A file is named after its only user, else after the first module in it; where another has that name, after its folder too. */
function freeName(id: string, more: number, taken: ReadonlySet<string>): string {
  const parts = id.replace(/\.[jt]s$/, '').split('/');
  const names = parts.map((_, index) => parts.slice(-index - 1).join('-'));
  return names.find((name) => !taken.has(name)) ?? `${parts.join('-')}-and-${more}-${taken.size}`;
}
