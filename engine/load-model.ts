import { hash } from 'node:crypto';
import type { Customer } from '../schemas/customer.ts';
import type { KindName } from '../schemas/kinds.ts';
import type { Plan } from '../schemas/plan.ts';
import type { Settings } from '../schemas/setting.ts';
import type { Diagnostic } from './diagnostic.ts';
import type { Entry, Model, World } from './model.ts';
import { type KnownDocuments, type ReadEntry, readEntry } from './read-entry.ts';
import type { SourceFile } from './source-file.ts';
import { findRepeatedIds } from './validate/repeated-ids.ts';

type PolicyName = Exclude<KindName, 'customer' | 'plan'>;

/** Customers of whom everything that others ask is known, without their files. */
export interface Rest {
  /** Files of theirs that use an id or an account of one of these: only together can it be said what is wrong. */
  clashing(paths: readonly string[], customers: readonly Entry<Customer>[]): Promise<readonly SourceFile[]>;
  /** Everybody: those whose files, at `paths`, were read, and the others. */
  joined(customers: ReadonlyMap<string, Entry<Customer>>, paths: ReadonlySet<string>): Model['customers'];
}

/**
 * Reads every file of a repository on its own: its place and name, its YAML, its shape, and its settings; then that
 * ids are used once. What is wrong is reported and left out; the rest is the model. References and time are judged by
 * `compile`. The same files in any order are the same model. `known` are files that were read before, by path and id:
 * models of many commits share what they have in common. With a `rest`, only the files that are not in it are given.
 */
export async function loadModel(
  files: Iterable<SourceFile>,
  settings: Settings,
  known?: KnownDocuments,
  rest?: Rest,
): Promise<{ model: Model; diagnostics: Diagnostic[]; clashing: readonly SourceFile[] }> {
  const sorted = [...files].sort(byPath);
  // What clashes is joined by going through all of them once more.
  const before = known ?? (rest && new Map());
  const each = (file: SourceFile) => readEntry(file, settings, before) ?? [];
  let read = sorted.flatMap(each);
  const clashing = rest ? await rest.clashing(customerPaths(read), soundCustomers(read)) : [];
  if (clashing.length > 0) read = [...sorted, ...clashing].sort(byPath).flatMap(each);

  const diagnostics = read.flatMap((one) => one.diagnostics);
  const misshapen = read.filter(({ isMisshapen }) => isMisshapen);
  if (misshapen.length > 0) {
    // Loads zod, which a repository without mistakes never needs.
    const { explainShape } = await import('./validate/explain-shape.ts');
    for (const { kind, entry } of misshapen)
      if (kind && entry) diagnostics.push(...explainShape(kind, entry.document, settings));
  }
  const customers = soundCustomers(read);
  const repeated = findRepeatedIds(customerPaths(read), customers);
  diagnostics.push(...repeated.diagnostics);
  const own = new Map(
    customers.filter(({ document }) => !repeated.paths.has(document.path)).map((entry) => [entry.id, entry]),
  );
  const model: Model = {
    world: worldOf(read, settings, sorted),
    customers: rest ? rest.joined(own, new Set(read.map(({ path }) => path))) : own,
  };
  return { model, diagnostics: diagnostics.sort(byPlace), clashing };
}

const customerPaths = (read: readonly ReadEntry[]): string[] =>
  read.flatMap(({ kind, path }) => (kind === 'customer' ? [path] : []));

const soundCustomers = (read: readonly ReadEntry[]): Entry<Customer>[] => soundOf<Customer>(read, 'customer');

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
