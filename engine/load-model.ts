import { hash } from 'node:crypto';
import type { Customer } from '../schemas/customer.ts';
import type { KindName } from '../schemas/kinds.ts';
import type { Plan } from '../schemas/plan.ts';
import type { Settings } from '../schemas/setting.ts';
import type { Diagnostic } from './diagnostic.ts';
import type { Entry, Model, World } from './model.ts';
import { type KnownDocuments, type ReadEntry, readEntry } from './read-entry.ts';
import { RereadCustomers } from './register/reread-customers.ts';
import { soundEntryOf } from './register/sound-entry-of.ts';
import type { SourceFile } from './source-file.ts';
import { type Claims, claimsOf, findRepeatedIds } from './validate/repeated-ids.ts';

type PolicyName = Exclude<KindName, 'customer' | 'plan'>;

/** Customers of whom everything that others ask is known, without their files. */
export interface Rest {
  /** Files of theirs that use an id or an account of one of these: only together can it be said what is wrong. */
  clashing(paths: readonly string[], customers: readonly Entry<Customer>[]): Promise<readonly SourceFile[]>;
  /** Everybody: those whose files, at `paths`, were read, and the others. */
  joined(customers: ReadonlyMap<string, Entry<Customer>>, paths: ReadonlySet<string>): Model['customers'];
}

/** Above so many files nobody's data is held: a customer's file is read again for whoever asks. */
const HELD = 1_000;

/**
 * Reads every file of a repository on its own: its place and name, its YAML, its shape, and its settings; then that
 * ids are used once. What is wrong is reported and left out; the rest is the model. References and time are judged by
 * `compile`. The same files in any order are the same model. `known` are files that were read before, by path and id:
 * models of many commits share what they have in common. With a `rest`, only the files that are not in it are given.
 * Of more than `held` files the customers' data is not held.
 */
export async function loadModel(
  files: Iterable<SourceFile>,
  settings: Settings,
  known?: KnownDocuments,
  rest?: Rest,
  held = HELD,
): Promise<{ model: Model; diagnostics: Diagnostic[]; clashing: readonly SourceFile[] }> {
  const sorted = [...files].sort(byPath);
  // What clashes is joined by going through all of them once more.
  const before = known ?? (rest && new Map());
  const isHeld = before !== undefined || sorted.length <= held;
  const readAll = (all: readonly SourceFile[]) => readEach(all, settings, isHeld, before);
  let read = readAll(sorted);
  const clashing = rest ? await rest.clashing(read.customerPaths, [...read.entries.values()]) : [];
  if (clashing.length > 0) read = readAll([...sorted, ...clashing].sort(byPath));

  const { diagnostics } = read;
  if (read.misshapen.length > 0) {
    // Loads zod, which a repository without mistakes never needs.
    const { explainShape } = await import('./validate/explain-shape.ts');
    for (const { kind, entry } of read.misshapen)
      if (kind && entry) diagnostics.push(...explainShape(kind, entry.document, settings));
  }
  const repeated = findRepeatedIds(read.customerPaths, read.claims);
  diagnostics.push(...repeated.diagnostics);
  const own = isHeld ? entriesOf(read, repeated.paths) : rereadOf(read, repeated.paths);
  const model: Model = {
    world: worldOf(read.shared, settings, sorted),
    customers: rest ? rest.joined(own, read.paths) : own,
  };
  return { model, diagnostics: diagnostics.sort(byPlace), clashing };
}

/** Files, judged one by one. */
interface Read {
  paths: Set<string>;
  /** Of all files of customers, sound or not. */
  customerPaths: string[];
  /** Sound customers: what others may not have too, and their data or their files, by path. */
  claims: Claims[];
  entries: Map<string, Entry<Customer>>;
  files: Map<string, SourceFile>;
  /** What is not a customer's. */
  shared: ReadEntry[];
  misshapen: ReadEntry[];
  diagnostics: Diagnostic[];
}

function readEach(files: readonly SourceFile[], settings: Settings, isHeld: boolean, before?: KnownDocuments): Read {
  const read: Read = {
    paths: new Set(),
    customerPaths: [],
    claims: [],
    entries: new Map(),
    files: new Map(),
    shared: [],
    misshapen: [],
    diagnostics: [],
  };
  for (const file of files) {
    const one = readEntry(file, settings, before);
    if (!one) continue;
    const { path, kind, entry, isSound } = one;
    read.paths.add(path);
    for (const diagnostic of one.diagnostics) read.diagnostics.push(diagnostic);
    if (one.isMisshapen) read.misshapen.push(one);
    if (kind !== 'customer') {
      read.shared.push(one);
      continue;
    }
    read.customerPaths.push(path);
    if (!entry || !isSound) continue;
    const customer = entry as Entry<Customer>;
    if (isHeld) {
      read.claims.push(claimsOf(customer));
      read.entries.set(path, customer);
    } else {
      read.claims.push(claimsOf(customer, (...place) => soundEntryOf(file).document.locate(...place)));
      read.files.set(path, file);
    }
  }
  return read;
}

function entriesOf({ entries }: Read, without: ReadonlySet<string>): Map<string, Entry<Customer>> {
  const kept = [...entries.values()].filter(({ document }) => !without.has(document.path));
  return new Map(kept.map((entry) => [entry.id, entry]));
}

function rereadOf({ files }: Read, without: ReadonlySet<string>): RereadCustomers {
  for (const path of without) files.delete(path);
  return new RereadCustomers(files.values());
}

const soundOf = <T>(read: readonly ReadEntry[], wanted: KindName): Entry<T>[] =>
  read.flatMap(({ kind, entry, isSound }) => (isSound && kind === wanted ? [entry as Entry<T>] : []));

function worldOf(read: readonly ReadEntry[], settings: Settings, files: readonly SourceFile[]): World {
  const policy = <Name extends PolicyName>(name: Name) => soundOf(read, name)[0] as World[Name];
  return {
    settings,
    plans: new Map(soundOf<Plan>(read, 'plan').map((entry) => [entry.id, entry])),
    menu: policy('menu'),
    lifecycle: policy('lifecycle'),
    roles: policy('roles'),
    onboarding: policy('onboarding'),
    publish: policy('publish'),
    approvals: policy('approvals'),
    approvers: policy('approvers'),
    checks: policy('checks'),
    scan: policy('scan'),
    unread: unreadOf(read, files),
    digest: digestOf(files, settings),
  };
}

/** Plans and policies that are there and could not be read. */
function unreadOf(read: readonly ReadEntry[], files: readonly SourceFile[]): Set<string> {
  const known = new Set(read.flatMap(({ path, isSound }) => (isSound ? [path] : [])));
  return new Set(
    files.flatMap(({ path }) => (/^(plans|policies)\/.*\.yaml$/.test(path) && !known.has(path) ? [path] : [])),
  );
}

/** Everything that a timeline depends on beside its own file. */
function digestOf(sorted: readonly SourceFile[], settings: Settings): string {
  const shared = sorted.filter(({ path }) => path.startsWith('plans/') || path.startsWith('policies/'));
  const files = shared.filter(({ path }) => path.endsWith('.yaml')).map(({ path, oid }) => `${oid} ${path}`);
  return hash('sha256', [...files, JSON.stringify(settings)].join('\n'));
}

const compare = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0);
const byPath = (one: SourceFile, other: SourceFile) => compare(one.path, other.path);

const byPlace = ({ at: one }: Diagnostic, { at: other }: Diagnostic) =>
  compare(one.path, other.path) || one.start.line - other.start.line || one.start.column - other.start.column;
