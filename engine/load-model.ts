import { hash } from 'node:crypto';
import type { Customer } from '../schemas/customer.ts';
import type { KindName } from '../schemas/kinds.ts';
import type { Plan } from '../schemas/plan.ts';
import type { Settings } from '../schemas/setting.ts';
import { faultsOf } from './compile/fault.ts';
import { type Diagnostic, topOf } from './diagnostic.ts';
import { readDocument } from './document.ts';
import type { Entry, Model, World } from './model.ts';
import type { SourceFile } from './source-file.ts';
import { checkSettings } from './validate/check-settings.ts';
import { fileKind } from './validate/file-kind.ts';
import { hasShape } from './validate/has-shape.ts';
import { MOST_FAULTS } from './validate/most-faults.ts';
import { findRepeatedIds } from './validate/repeated-ids.ts';

type PolicyName = Exclude<KindName, 'customer' | 'plan'>;

interface Read {
  kind: KindName;
  entry: Entry<unknown>;
}

/**
 * Reads every file of a repository on its own: its place and name, its YAML, its shape, and its settings; then that
 * ids are used once. What is wrong is reported and left out; the rest is the model. References and time are judged by
 * `compile`. The same files in any order are the same model. `known` are files that were read before, by path and id:
 * models of many commits share what they have in common.
 */
export async function loadModel(
  files: Iterable<SourceFile>,
  settings: Settings,
  known: Map<string, ReturnType<typeof readDocument>> = new Map(),
): Promise<{ model: Model; diagnostics: Diagnostic[] }> {
  const sorted = [...files].sort(byPath);
  const diagnostics: Diagnostic[] = [];
  const read: Read[] = [];
  const misshapen: Read[] = [];
  const named: SourceFile[] = [];
  for (const file of sorted) {
    const found = fileKind(file.path);
    if (found === undefined) continue;
    if (found.remark) diagnostics.push({ ...found.remark, at: topOf(file.path) });
    if (!('kind' in found)) continue;
    if (found.kind === 'customer') named.push(file);
    const name = `${file.oid} ${file.path}`;
    const readBefore = known.get(name) ?? readDocument(file);
    known.set(name, readBefore);
    const { document, diagnostics: faults } = readBefore;
    diagnostics.push(...faults);
    if (!document) continue;
    const entry: Entry<unknown> = { id: found.id, data: document.data, document, oid: file.oid };
    if (!hasShape(found.kind, document.data)) misshapen.push({ kind: found.kind, entry });
    else if (hasSettings(found.kind, entry, settings, diagnostics) && !found.remark)
      read.push({ kind: found.kind, entry });
  }
  if (misshapen.length > 0) {
    // Loads zod, which a repository without mistakes never needs.
    const { explainShape } = await import('./validate/explain-shape.ts');
    for (const { kind, entry } of misshapen) diagnostics.push(...explainShape(kind, entry.document, settings));
  }
  const entriesOf = <T>(kind: KindName) => read.flatMap((one) => (one.kind === kind ? [one.entry as Entry<T>] : []));
  const customers = entriesOf<Customer>('customer');
  const repeated = findRepeatedIds(
    named.map(({ path }) => path),
    customers,
  );
  diagnostics.push(...repeated.diagnostics);
  const model: Model = {
    world: worldOf(read, entriesOf<Plan>('plan'), settings, sorted),
    customers: new Map(
      customers.filter(({ document }) => !repeated.paths.has(document.path)).map((entry) => [entry.id, entry]),
    ),
  };
  return { model, diagnostics: diagnostics.sort(byPlace) };
}

/** The name under which a customer's timeline may be kept: the same file, at the same place, against the same world. */
export const timelineKey = ({ path, oid }: { path: string; oid: string }, digest: string): string =>
  hash('sha256', ['timeline/1', path, oid, digest].join('\n'));

function hasSettings(kind: KindName, entry: Entry<unknown>, settings: Settings, diagnostics: Diagnostic[]): boolean {
  const faults = faultsOf(entry);
  checkSettings(kind, entry.data, settings, faults.report);
  diagnostics.push(...faults.diagnostics.slice(0, MOST_FAULTS));
  return faults.diagnostics.length === 0;
}

function worldOf(read: readonly Read[], plans: Entry<Plan>[], settings: Settings, files: readonly SourceFile[]): World {
  const policy = <Name extends PolicyName>(name: Name) => read.find(({ kind }) => kind === name)?.entry as World[Name];
  return {
    settings,
    plans: new Map(plans.map((entry) => [entry.id, entry])),
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
function unreadOf(read: readonly Read[], files: readonly SourceFile[]): Set<string> {
  const known = new Set(read.map(({ entry }) => entry.document.path));
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
