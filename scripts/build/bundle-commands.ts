import { isAbsolute, posix, relative, resolve, sep } from 'node:path';
import { type OutputChunk, type Plugin, type RolldownOutput, rolldown } from 'rolldown';
import { assignChunks, type Links } from './assign-chunks.ts';
import { FACADES, withoutFacades } from './without-facades.ts';

/** Where processes begin, the program first. */
const entries = [
  'scripts/proviso.ts',
  'engine/io/settings-process.ts',
  'engine/io/register-worker.ts',
  'engine/io/compile-worker.ts',
] as const;

/** What of Node takes as long to load as a package: it is no reason to join what brings it along with what does not. */
const slow: ReadonlySet<string> = new Set(['node:worker_threads']);

const isEntry = (id: string): boolean => entries.some((entry) => entry === id);

/**
 * The commands as a few files instead of a thousand, each by its name. A module costs a command about as much as 13 kB of source
 * do, and a check loads over 300 of them. npm packages stay outside: they are installed, and keep their licences and their fixes.
 * Names and lines are kept as they are, so a stack reads as in the source and needs no map.
 */
export async function bundleCommands(project: string): Promise<Map<string, string>> {
  let chunks = new Map<string, string>();
  const idOf = (path: string): string => relative(project, path).replaceAll(sep, posix.sep);
  const planning: Plugin = {
    name: 'plan-chunks',
    buildEnd(error) {
      if (error) return;
      const modules = new Map<string, Links>();
      for (const path of this.getModuleIds()) {
        const info = isAbsolute(path) ? this.getModuleInfo(path) : null;
        if (!info) continue;
        const own = (paths: readonly string[]): string[] => paths.filter(isAbsolute).map(idOf);
        modules.set(idOf(path), {
          imports: own(info.importedIds),
          lazy: own(info.dynamicallyImportedIds),
          packages: info.importedIds.filter(
            (name) => !isAbsolute(name) && (!name.startsWith('node:') || slow.has(name)),
          ),
          bytes: info.code?.length ?? 0,
        });
      }
      const [program, ...others] = entries;
      const together = [...modules.keys()].filter((id) => /^scripts\/commands\/(?!registry)/.test(id));
      chunks = assignChunks({ modules, program, others, together });
    },
  };
  const chunkOf = (id: string): string | null => (isEntry(id) ? null : (chunks.get(id) ?? null));
  const bundle = await rolldown({
    cwd: project,
    input: entries.map((entry) => resolve(project, entry)),
    platform: 'node',
    // What an import() asks for may be loaded already: which file that is, is decided here.
    checks: { ineffectiveDynamicImport: false },
    onLog(level, log) {
      if (level === 'warn') throw new Error(log.message);
    },
    external: (id) => !/^[./]/.test(id) && !isAbsolute(id),
    preserveEntrySignatures: false,
    plugins: [planning],
  });
  try {
    const output = await bundle.generate({
      format: 'esm',
      comments: { legal: true, annotation: true, jsdoc: false },
      entryFileNames: '[name].js',
      chunkFileNames: ({ isDynamicEntry }) => (isDynamicEntry ? `${FACADES}/[name].js` : '[name].js'),
      codeSplitting: {
        includeDependenciesRecursively: false,
        groups: [{ debugName: 'chunks', name: (path) => chunkOf(idOf(path)) }],
      },
    });
    return withoutFacades(chunksIn(output));
  } finally {
    await bundle.close();
  }
}

const chunksIn = ({ output }: RolldownOutput): OutputChunk[] => output.filter((each) => each.type === 'chunk');
