import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Diagnostic } from '../engine/diagnostic.ts';
import { type RepositoryFiles, readCommit, readWorkingTree } from '../engine/io/read-repository.ts';
import { dataRooms } from '../engine/io/rooms.ts';
import { loadModel } from '../engine/load-model.ts';
import type { Model } from '../engine/model.ts';
import { readCatalogue } from '../engine/read-catalogue.ts';
import type { KnownDocuments } from '../engine/read-entry.ts';
import type { SourceFile } from '../engine/source-file.ts';
import { UsageError } from '../engine/usage-error.ts';
import type { Settings } from '../schemas/setting.ts';
import type { Context } from './command.ts';

/** A repository of terms that has been read, from the folder or from a commit. */
export interface Repository {
  /** Those that were read, sorted by path. */
  files: readonly SourceFile[];
  /** Those of these paths that are there, read or not; such as code frames are cut from. */
  filesAt(paths: readonly string[]): readonly SourceFile[];
  settings: Settings;
  model: Model;
  /** What is wrong with files, references and dates, as far as reading shows. */
  diagnostics: Diagnostic[];
  /** The full id of the commit it was read from; absent for the working tree. */
  commit?: string;
}

/**
 * Reads the working tree of `context.root`, or the commit `ref` stands for. Without a readable catalogue the model is empty
 * and the diagnostics say only that, because everything else would be judged wrongly.
 * Throws `UsageError` where there is nothing to read or no such commit.
 */
export async function openRepository(
  context: Pick<Context, 'root'>,
  { ref }: { ref?: string } = {},
): Promise<Repository> {
  const { root } = context;
  const read: RepositoryFiles & { commit?: string } =
    ref === undefined ? readFolder(root) : await readCommit(root, ref);
  return { ...(await repositoryOf(read)), commit: read.commit };
}

/** Files that have been read, as a repository; `known` as for `loadModel`. */
export async function repositoryOf(read: RepositoryFiles, known?: KnownDocuments): Promise<Repository> {
  const { settings, diagnostics } = readCatalogue(read.files, read.hasSettings);
  const { files } = read;
  const loaded = await loadModel(settings ? files : [], settings ?? {}, known);
  return {
    files,
    filesAt: among(files),
    settings: settings ?? {},
    model: loaded.model,
    diagnostics: [...read.diagnostics, ...diagnostics, ...loaded.diagnostics],
  };
}

/** Where nothing else is there. */
export const among = (files: readonly SourceFile[]): Repository['filesAt'] => {
  return (paths) => {
    const wanted = new Set(paths);
    return files.filter(({ path }) => wanted.has(path));
  };
};

function readFolder(root: string): RepositoryFiles {
  if (dataRooms.some((room) => existsSync(join(root, room)))) return readWorkingTree(root);
  throw new UsageError(
    `${root} holds no customers/, plans/ or policies/`,
    'run proviso where they lie, or name that folder with --root',
  );
}
