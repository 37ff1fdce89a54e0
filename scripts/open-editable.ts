import { editsOfFolder, type FolderEdits } from '../engine/io/edits-of-folder.ts';
import { resolveCommit } from '../engine/io/git.ts';
import { loadModel } from '../engine/load-model.ts';
import { filesOf } from '../engine/register/files-of.ts';
import type { SourceFile } from '../engine/source-file.ts';
import type { Context } from './command.ts';
import { among, openRepository, type Repository } from './open-repository.ts';
import { openEdited, type RegisterLimits, usualLimits } from './open-tree.ts';

/** A repository that can be seen as it would be. */
export interface Editable extends Repository {
  /** Of every file, read or not. */
  paths(): readonly string[];
  /** The same with these files in it, in the place of those that lie there. What was wrong with it before need not be told again. */
  withFiles(files: readonly SourceFile[]): Promise<Repository>;
}

/** Reads the working tree, or a commit, to be edited: of a large repository only those customers that somebody asks about. */
export async function openEditable(
  context: Pick<Context, 'root'> & Partial<Pick<Context, 'progress'>>,
  { ref }: { ref?: string } = {},
  limits: RegisterLimits = usualLimits,
): Promise<Editable> {
  const { root } = context;
  const edits: FolderEdits | undefined =
    ref === undefined
      ? await editsOfFolder(root, limits.few)
      : { commit: await resolveCommit(root, ref), files: [], gone: [] };
  const known = edits && (await openEdited(context, edits, {}, limits));
  const openWhole = async (): Promise<Editable> => wholeOf(await openRepository(context, { ref }));
  if (!known) return openWhole();
  return {
    ...known,
    ...(ref !== undefined && { commit: edits.commit }),
    paths: () => [
      ...new Set([...known.files.map(({ path }) => path), ...filesOf(known.model.customers).map(({ path }) => path)]),
    ],
    async withFiles(files) {
      const { commit, gone } = edits;
      const would = { commit, files: replace(edits.files, files), gone: gone.filter((path) => !isAmong(files, path)) };
      return (await openEdited(context, would, {}, limits)) ?? (await openWhole()).withFiles(files);
    },
  };
}

/** A repository of which everything was read. */
const wholeOf = (repository: Repository): Editable => ({
  ...repository,
  paths: () => repository.files.map(({ path }) => path),
  async withFiles(others) {
    const files = replace(repository.files, others);
    const { settings } = repository;
    return { files, filesAt: among(files), settings, ...(await loadModel(files, settings)) };
  },
});

const isAmong = (files: readonly SourceFile[], path: string): boolean => files.some((file) => file.path === path);

const replace = (files: readonly SourceFile[], others: readonly SourceFile[]): SourceFile[] => [
  ...files.filter(({ path }) => !isAmong(others, path)),
  ...others,
];
