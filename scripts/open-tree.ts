import { changedEntries, listTree, resolveCommit, type TreeEntry } from '../engine/io/git.ts';
import { readBlobsNow } from '../engine/io/read-blobs.ts';
import { readEntries } from '../engine/io/read-repository.ts';
import { dataRooms, isOfCustomers } from '../engine/io/rooms.ts';
import { makeRegister, openRegister, type TreeRegister } from '../engine/io/tree-register.ts';
import { loadModel } from '../engine/load-model.ts';
import { readCatalogue } from '../engine/read-catalogue.ts';
import type { KnownDocuments } from '../engine/read-entry.ts';
import { AGAIN } from '../engine/register/card.ts';
import type { NamedBlob } from '../engine/register/known-customers.ts';
import { questions } from '../engine/register/questions.ts';
import { restOf } from '../engine/register/rest-of.ts';
import { CATALOGUE_FILE, SETTINGS_FILE } from '../engine/schemas/files.ts';
import type { SourceFile } from '../engine/source-file.ts';
import type { Context } from './command.ts';
import { type Repository, repositoryOf } from './open-repository.ts';
import { version } from './version.ts';

/** When a register is worth its while. */
export interface RegisterLimits {
  /** Below so many files all of them are read: that takes no longer than finding out which could be left out. */
  few: number;
  /** A register is used until so many files, or this share of its customers, are not as it says any more; then another is made. */
  mostChanged: { files: number; share: number };
}

const usual: RegisterLimits = { few: 500, mostChanged: { files: 500, share: 0.02 } };

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
  limits: RegisterLimits = usual,
  before: ReadBefore = {},
): Promise<Repository & { commit: string }> {
  // The register is looked for meanwhile.
  const [commit] = await Promise.all([resolveCommit(context.root, ref), openRegister(context.root, writer())]);
  return { ...(await openTree(context, commit, before, limits)), commit };
}

/** The same of a commit or a tree by its id. */
export async function openTree(
  context: Pick<Context, 'root'> & Partial<Pick<Context, 'progress'>>,
  tree: string,
  before: ReadBefore = {},
  limits: RegisterLimits = usual,
): Promise<Repository> {
  const { root } = context;
  const known = await openRegister(root, writer());
  const since = known && (await changesSince(root, known, tree, limits));
  const opened = since && (await openKnown(root, tree, since, before));
  if (opened) return opened;

  // Both sides of a comparison are opened at once, and one register does for both.
  const busy = reading.get(root);
  if (busy) {
    await busy;
    return openTree(context, tree, before, limits);
  }
  const whole = openWhole(context, tree, before, limits);
  reading.set(
    root,
    whole.then(
      () => undefined,
      () => undefined,
    ),
  );
  try {
    return await whole;
  } finally {
    reading.delete(root);
  }
}

/** Repositories of which everything is being read. */
const reading = new Map<string, Promise<undefined>>();

/** Reads everything, and keeps a register of it where that is worth its while. */
async function openWhole(
  context: Pick<Context, 'root'> & Partial<Pick<Context, 'progress'>>,
  tree: string,
  { blobs, documents }: ReadBefore,
  limits: RegisterLimits,
): Promise<Repository> {
  const { root } = context;
  const entries = await listTree(root, tree, [...dataRooms, CATALOGUE_FILE, SETTINGS_FILE]);
  const isFew = entries.length < limits.few;
  const shared = entries.filter(({ path }) => !isOfCustomers(path));
  const { files, hasSettings } = await readEntries(root, shared, blobs);
  const { settings } = readCatalogue(files, hasSettings);
  const readAll = async (): Promise<Repository> => repositoryOf(await readEntries(root, entries, blobs), documents);
  if (isFew || !settings) return readAll();
  const register = await makeRegister(
    root,
    entries,
    settings,
    { version: writer(), tree, catalogue: catalogueIn(shared) },
    (read, of) =>
      context.progress?.(`reading ${read} of ${of} customers, once: what they say is kept for the next time`),
  );
  const made = register && (await openKnown(root, tree, { register, shared, changed: [] }, { blobs, documents }));
  return made ?? readAll();
}

interface Since {
  register: TreeRegister;
  /** Everything a tree lists but customers. */
  shared: readonly TreeEntry[];
  /** Customers that are not as the register says. */
  changed: readonly (Pick<TreeEntry, 'path'> & Partial<TreeEntry>)[];
}

const catalogueIn = (shared: readonly TreeEntry[]): string =>
  shared.find(({ path }) => path === CATALOGUE_FILE)?.oid ?? '';

/** How a tree differs from the one a register is of; undefined where the register is of no use for it. */
async function changesSince(
  root: string,
  register: TreeRegister,
  tree: string,
  { mostChanged: { files, share } }: RegisterLimits,
): Promise<Since | undefined> {
  const { about } = register;
  const [shared, changed] = await Promise.all([
    listTree(root, tree, [...dataRooms.filter((room) => room !== 'customers'), CATALOGUE_FILE, SETTINGS_FILE]),
    // The tree may be gone from this clone.
    about.tree === tree ? [] : changedEntries(root, about.tree, tree, ['customers']).catch(() => undefined),
  ]);
  if (!changed || catalogueIn(shared) !== about.catalogue) return undefined;
  return changed.length > Math.max(files, about.customers * share) ? undefined : { register, shared, changed };
}

/** Undefined where no file can be judged, because there are no settings to hold it against. */
async function openKnown(
  root: string,
  tree: string,
  { register: { about, rows }, shared, changed }: Since,
  { blobs, documents }: ReadBefore,
): Promise<Repository | undefined> {
  const other = new Set(changed.map(({ path }) => path));
  const again = rows.find(AGAIN).flatMap(({ path }) => (other.has(path) ? [] : [path]));
  const entries = [
    ...shared,
    ...changed.filter((entry): entry is TreeEntry => entry.oid !== undefined),
    ...(again.length > 0 ? await listTree(root, tree, again) : []),
  ];
  const read = await readEntries(root, entries, blobs);
  const { settings, diagnostics } = readCatalogue(read.files, read.hasSettings);
  if (!settings) return undefined;
  const files: SourceFile[] = [...read.files];
  const shown = new Set<string>();
  const rest = restOf({
    rows,
    count: about.customers,
    changed: new Set([...other, ...again]),
    open: async (paths) => (await readEntries(root, await listTree(root, tree, paths), blobs)).files,
    read: (wanted) => readNow(root, wanted),
    seen(file) {
      if (!shown.has(file.path)) files.push(file);
      shown.add(file.path);
    },
  });
  const loaded = await loadModel(read.files, settings, documents, rest);
  files.push(...loaded.clashing);
  return {
    files,
    settings,
    model: loaded.model,
    diagnostics: [...read.diagnostics, ...diagnostics, ...loaded.diagnostics],
  };
}

function readNow(root: string, wanted: readonly NamedBlob[]): SourceFile[] {
  const bytes = readBlobsNow(
    root,
    wanted.map(({ oid }) => oid),
  );
  return wanted.map(({ path, oid }, index) => ({ path, oid, bytes: bytes[index] ?? new Uint8Array() }));
}
