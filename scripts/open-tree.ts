import type { FolderEdits } from '../engine/io/edits-of-folder.ts';
import { resolveCommit } from '../engine/io/git.ts';
import { readBlobsNow } from '../engine/io/read-blobs.ts';
import { readEntries, readTree } from '../engine/io/read-repository.ts';
import { dataRooms, isOfCustomers, sharedPaths } from '../engine/io/rooms.ts';
import { makeRegister, openRegister, type TreeRegister } from '../engine/io/tree-register.ts';
import { type Difference, diffTrees, listTree, type TreeEntry } from '../engine/io/trees.ts';
import { ALONE } from '../engine/io/worth-threads.ts';
import { loadModel } from '../engine/load-model.ts';
import { readCatalogue } from '../engine/read-catalogue.ts';
import type { KnownDocuments } from '../engine/read-entry.ts';
import { AGAIN } from '../engine/register/card.ts';
import { blobAt, type NamedBlob } from '../engine/register/known-customers.ts';
import { questions } from '../engine/register/questions.ts';
import { restOf } from '../engine/register/rest-of.ts';
import { CATALOGUE_FILE, SETTINGS_FILE } from '../engine/schemas/files.ts';
import type { SourceFile } from '../engine/source-file.ts';
import type { Context } from './command.ts';
import { among, type Repository, repositoryOf } from './open-repository.ts';
import { version } from './version.ts';

/** When a register is worth its while. */
export interface RegisterLimits {
  /** Below so many files all of them are read: that takes no longer than finding out which could be left out. */
  few: number;
  /** A register is used until so many files, or this share of its customers, are not as it says any more; then another is made. */
  mostChanged: { files: number; share: number };
  /** Up to so many files one thread reads, `ALONE` unless told. */
  alone?: number;
}

/** What commands go by. */
export const usualLimits: RegisterLimits = { few: 500, mostChanged: { files: 500, share: 0.02 } };

/** Who wrote a register: another version judges files in another way, and one with other questions has other answers. */
const writer = (): string => [version(), ...questions.map(({ word }) => word)].join(' ');

/** What was read before of other trees, to be read once. */
export interface ReadBefore {
  blobs?: Map<string, Uint8Array>;
  documents?: KnownDocuments;
}

/** Reads a commit as `openRepository` does, and of its customers only those somebody asks about. */
export async function openCommit(
  context: Pick<Context, 'root'> & Partial<Pick<Context, 'progress'>>,
  ref: string,
  limits: RegisterLimits = usualLimits,
  before: ReadBefore = {},
): Promise<Repository & { commit: string }> {
  // The register is looked for meanwhile.
  const [commit] = await Promise.all([resolveCommit(context.root, ref), openRegister(context.root, writer())]);
  return { ...(await openTree(context, commit, before, limits)), commit };
}

/** The same of a commit or a tree by its id. */
export const openTree = async (
  context: Pick<Context, 'root'> & Partial<Pick<Context, 'progress'>>,
  tree: string,
  before: ReadBefore = {},
  limits: RegisterLimits = usualLimits,
): Promise<Repository> => (await openKnown(context, { tree }, before, limits)) ?? openWhole(context.root, tree, before);

/** The same of the folder as it differs from a commit; undefined where everything has to be read. */
export async function openEdited(
  context: Pick<Context, 'root'> & Partial<Pick<Context, 'progress'>>,
  edits: FolderEdits,
  { blobs = new Map(), documents }: ReadBefore = {},
  limits: RegisterLimits = usualLimits,
): Promise<Repository | undefined> {
  for (const { oid, bytes } of edits.files) blobs.set(oid, bytes);
  return openKnown(context, { tree: edits.commit, edits }, { blobs, documents }, limits);
}

/** What is opened: a commit or tree, or what has become of it in the folder. */
interface Wanted {
  tree: string;
  edits?: FolderEdits;
}

/** Opens with a register what differs from it. Undefined where none is worth its while, or nothing can be judged. */
async function openKnown(
  context: Pick<Context, 'root'> & Partial<Pick<Context, 'progress'>>,
  wanted: Wanted,
  before: ReadBefore,
  limits: RegisterLimits,
): Promise<Repository | undefined> {
  const { root } = context;
  const known = await openRegister(root, writer());
  const since = known && (await changesSince(root, known, wanted, limits));
  if (since) return openSince(root, wanted, since, before);

  // Both sides of a comparison are opened at once, and one register does for both.
  const busy = making.get(root);
  if (busy) {
    await busy;
    return openKnown(context, wanted, before, limits);
  }
  const made = makeRegisterOf(context, wanted.tree, before, limits);
  making.set(
    root,
    made.then(
      () => undefined,
      () => undefined,
    ),
  );
  try {
    const register = await made;
    const changes = register && (await changesSince(root, register, wanted, limits));
    return changes && (await openSince(root, wanted, changes, before));
  } finally {
    making.delete(root);
  }
}

/** Repositories of which a register is being made. */
const making = new Map<string, Promise<undefined>>();

/** Goes through everybody once and keeps a register of it, where that is worth its while. */
async function makeRegisterOf(
  context: Pick<Context, 'root'> & Partial<Pick<Context, 'progress'>>,
  tree: string,
  { blobs }: ReadBefore,
  limits: RegisterLimits,
): Promise<TreeRegister | undefined> {
  const { root } = context;
  const entries = await listTree(root, tree, [...dataRooms, CATALOGUE_FILE, SETTINGS_FILE]);
  if (entries.length < limits.few) return undefined;
  const shared = entries.filter(({ path }) => !isOfCustomers(path));
  const { files, hasSettings } = await readEntries(root, shared, blobs);
  const { settings } = readCatalogue(files, hasSettings);
  if (!settings) return undefined;
  return makeRegister(
    root,
    entries,
    settings,
    { version: writer(), tree, catalogue: catalogueIn(shared) },
    {
      alone: limits.alone ?? ALONE,
      onRead: (read, of) =>
        context.progress?.(`reading ${read} of ${of} customers, once: what they say is kept for the next time`),
      onAlone: ({ message }) => context.progress?.(`threads were of no use (${message}); reading again without them`),
    },
  );
}

const openWhole = async (root: string, tree: string, { blobs, documents }: ReadBefore): Promise<Repository> =>
  repositoryOf(await readTree(root, tree, blobs), documents);

interface Since {
  register: TreeRegister;
  /** Everything a tree lists but customers. */
  shared: readonly TreeEntry[];
  /** Customers that are not as the register says. */
  changed: readonly Difference[];
}

const catalogueIn = (shared: readonly TreeEntry[]): string =>
  shared.find(({ path }) => path === CATALOGUE_FILE)?.oid ?? '';

/** How what is opened differs from what a register is of; undefined where the register is of no use for it. */
async function changesSince(
  root: string,
  register: TreeRegister,
  { tree, edits }: Wanted,
  { mostChanged: { files, share } }: RegisterLimits,
): Promise<Since | undefined> {
  const { about } = register;
  const [listed, differing] = await Promise.all([
    listTree(root, tree, sharedPaths),
    // The tree may be gone from this clone.
    about.tree === tree ? [] : diffTrees(root, about.tree, tree, ['customers']).catch(() => undefined),
  ]);
  if (!differing) return undefined;
  const { shared, changed } = edits ? withEdits(listed, differing, edits) : { shared: listed, changed: differing };
  if (catalogueIn(shared) !== about.catalogue) return undefined;
  return changed.length > Math.max(files, about.customers * share) ? undefined : { register, shared, changed };
}

/** The same with what lies in the folder in its place. */
function withEdits(
  listed: readonly TreeEntry[],
  differing: readonly Difference[],
  { files, gone }: FolderEdits,
): Pick<Since, 'shared' | 'changed'> {
  const edited = new Set([...files.map(({ path }) => path), ...gone]);
  const asTheyLie = files.map(({ path, oid }): TreeEntry => ({ path, oid, mode: '100644' }));
  return {
    shared: [
      ...listed.filter(({ path }) => !edited.has(path)),
      ...asTheyLie.filter(({ path }) => !isOfCustomers(path)),
    ],
    changed: [
      ...differing.filter(({ path }) => !edited.has(path)),
      ...asTheyLie.filter(({ path }) => isOfCustomers(path)).map(({ path, ...after }) => ({ path, after })),
      ...gone.filter(isOfCustomers).map((path) => ({ path })),
    ],
  };
}

/** Undefined where no file can be judged, because there are no settings to hold it against. */
async function openSince(
  root: string,
  { tree, edits }: Wanted,
  { register: { about, rows }, shared, changed }: Since,
  { blobs, documents }: ReadBefore,
): Promise<Repository | undefined> {
  const other = new Set(changed.map(({ path }) => path));
  const again = rows.find(AGAIN).flatMap(({ path }) => (other.has(path) ? [] : [path]));
  const entries = [
    ...shared,
    ...changed.flatMap(({ path, after }) => (after ? [{ path, ...after }] : [])),
    ...(again.length > 0 ? await listTree(root, tree, again) : []),
  ];
  // What lies in the folder of a submodule is nothing that git tells of here.
  if (edits && entries.some(({ mode }) => mode === SUBMODULE)) return undefined;
  const read = await readEntries(root, entries, blobs);
  const { settings, diagnostics } = readCatalogue(read.files, read.hasSettings);
  if (!settings) return undefined;
  const rest = restOf({
    rows,
    count: about.customers,
    changed: new Set([...other, ...again]),
    open: async (paths) => (await readEntries(root, await listTree(root, tree, paths), blobs)).files,
    read: (wanted) => readNow(root, wanted, blobs),
  });
  const loaded = await loadModel(read.files, settings, documents, rest);
  const files = [...read.files, ...loaded.clashing];
  return {
    files,
    filesAt(paths) {
      const found = among(files)(paths);
      const known = new Set([...other, ...found.map(({ path }) => path)]);
      const unread = paths.flatMap((path) => (known.has(path) ? [] : (blobAt(rows, path) ?? [])));
      return [...found, ...readNow(root, unread, blobs)];
    },
    settings,
    model: loaded.model,
    diagnostics: [...read.diagnostics, ...diagnostics, ...loaded.diagnostics],
  };
}

const SUBMODULE = '160000';

function readNow(
  root: string,
  wanted: readonly NamedBlob[],
  known: ReadonlyMap<string, Uint8Array> = new Map(),
): SourceFile[] {
  const unread = wanted.filter(({ oid }) => !known.has(oid));
  const bytes = readBlobsNow(
    root,
    unread.map(({ oid }) => oid),
  );
  const read = new Map(unread.map(({ oid }, index) => [oid, bytes[index]]));
  return wanted.map(({ path, oid }) => ({ path, oid, bytes: known.get(oid) ?? read.get(oid) ?? new Uint8Array() }));
}
