/** Modules that make one file. */
export interface Chunk {
  modules: readonly string[];
  /** The commands that may load it. */
  users: ReadonlySet<string>;
  /** The npm packages that it brings along. */
  packages: string;
  bytes: number;
}

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
  const joined = new Set([...chunks].sort((a, b) => a.bytes - b.bytes));
  const home = new Map(chunks.flatMap((chunk) => chunk.modules.map((id) => [id, chunk] as const)));
  const loadedBy = (chunk: Chunk): Chunk[] => {
    const all = chunk.modules.flatMap(imports).flatMap((id) => home.get(id) ?? []);
    return [...new Set(all)].filter((each) => each !== chunk);
  };
  /** Whether one loads the other by way of a third, which would then load itself. */
  const isBetween = (from: Chunk, to: Chunk): boolean => {
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
  for (const chunk of joined) {
    const other = [...joined]
      .filter((each) => each !== chunk && each.packages === chunk.packages)
      .map((each) => ({ each, saved: savedBy(chunk, each) }))
      .filter(({ saved }) => saved > 0)
      .sort((a, b) => b.saved - a.saved)
      .find(({ each }) => !isBetween(chunk, each) && !isBetween(each, chunk))?.each;
    if (!other) continue;
    const both: Chunk = {
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
  }
  return [...joined];
}

function savedBy(a: Chunk, b: Chunk): number {
  const both = [...a.users].filter((user) => b.users.has(user)).length;
  return both * FILE_IN_BYTES - a.bytes * (b.users.size - both) - b.bytes * (a.users.size - both);
}
