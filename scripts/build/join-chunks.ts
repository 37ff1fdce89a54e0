/** Modules that make one file. */
export interface Chunk {
  modules: readonly string[];
  /** The commands that may load it. */
  users: ReadonlySet<string>;
  /** The npm packages that it brings along. */
  packages: string;
  bytes: number;
}

/** A chunk while others are joined to it. */
type Growing = Chunk & { users: Set<string> };

/**
 * Bytes that a command would rather read than open one file more. To read, compile and link a file was measured to cost as much as
 * 13 kB in one that is read anyway. Much more than that joins what few commands share, and all of them read more for it.
 */
const FILE_IN_BYTES = 14_000;

/**
 * Joins chunks of the same packages two by two, while those who load both save more by it than the others read for nothing.
 * `imports` says which modules are loaded with one. Where no chunk loads itself through others, none does afterwards.
 */
export function joinChunks(chunks: readonly Chunk[], imports: (module: string) => readonly string[]): Chunk[] {
  const growing = chunks.map((chunk): Growing => ({ ...chunk, users: new Set(chunk.users) }));
  const joined = new Set(growing.sort((a, b) => a.bytes - b.bytes));
  const home = new Map(growing.flatMap((chunk) => chunk.modules.map((id) => [id, chunk] as const)));
  const loadedBy = (chunk: Growing): Growing[] => {
    const all = chunk.modules.flatMap(imports).flatMap((id) => home.get(id) ?? []);
    return [...new Set(all)].filter((each) => each !== chunk);
  };
  /** Whether one loads the other by way of a third, which would then load itself. */
  const isBetween = (from: Growing, to: Growing): boolean => {
    const seen = new Set([to]);
    const ahead = loadedBy(from).filter((each) => each !== to);
    for (let each = ahead.pop(); each; each = ahead.pop()) {
      if (seen.has(each)) continue;
      seen.add(each);
      const next = loadedBy(each);
      if (next.includes(to)) return true;
      ahead.push(...next);
    }
    return false;
  };
  /** A chunk and all that is loaded with it. */
  const reach = (from: Growing): ReadonlySet<Growing> => {
    const reached = new Set([from]);
    for (const each of reached) for (const next of loadedBy(each)) reached.add(next);
    return reached;
  };
  for (const chunk of joined) {
    const other = [...joined]
      .filter((each) => each !== chunk && each.packages === chunk.packages)
      .map((each) => ({ each, saved: savedBy(chunk, each, reach) }))
      .filter(({ saved }) => saved > 0)
      .sort((a, b) => b.saved - a.saved)
      .find(({ each }) => !isBetween(chunk, each) && !isBetween(each, chunk))?.each;
    if (!other) continue;
    const both: Growing = {
      modules: [...chunk.modules, ...other.modules],
      users: new Set([...chunk.users, ...other.users]),
      packages: chunk.packages,
      bytes: chunk.bytes + other.bytes,
    };
    joined.delete(chunk);
    joined.delete(other);
    // Its turn comes again, after the others.
    joined.add(both);
    for (const id of both.modules) home.set(id, both);
    // Whoever loads the one loads now what comes along with the other.
    for (const each of reach(both)) for (const user of both.users) each.users.add(user);
  }
  return [...joined];
}

/** What those who load both save, less what the others read for nothing: the rest of the chunk, and all that is loaded with it. */
function savedBy(a: Growing, b: Growing, reach: (from: Growing) => ReadonlySet<Growing>): number {
  const both = [...a.users].filter((user) => b.users.has(user)).length;
  const saved = both * FILE_IN_BYTES - a.bytes * (b.users.size - both) - b.bytes * (a.users.size - both);
  return saved <= 0 ? saved : saved - broughtAlong(a, b, reach) - broughtAlong(b, a, reach);
}

/** Bytes that users of one chunk would load with another and have no use for, beside that chunk itself. */
function broughtAlong(one: Growing, other: Growing, reach: (from: Growing) => ReadonlySet<Growing>): number {
  const without = [...one.users].filter((user) => !other.users.has(user));
  if (without.length === 0) return 0;
  let bytes = 0;
  for (const each of reach(other))
    if (each !== other) bytes += each.bytes * without.filter((user) => !each.users.has(user)).length;
  return bytes;
}
