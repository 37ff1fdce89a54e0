import { isError } from '../engine/diagnostic.ts';
import { newCustomer } from '../engine/edit/new-customer.ts';
import { blockLines } from '../engine/edit/write-yaml.ts';
import { readBackupFile } from '../engine/io/backup-file.ts';
import { importBackup } from '../engine/publish/backup/import-backup.ts';
import { compileRelease } from '../engine/publish/compile-release.ts';
import { publish } from '../engine/publish/publish.ts';
import { RehearsalError, type Rehearsed } from '../engine/publish/rehearse.ts';
import { releaseBefore } from '../engine/publish/release-before.ts';
import { rollback } from '../engine/publish/rollback.ts';
import type { Signing } from '../engine/publish/signing.ts';
import type { Target } from '../engine/publish/swap-head.ts';
import { plural } from '../engine/report/plural.ts';
import type { SourceFile } from '../engine/source-file.ts';
import type { CustomerView } from '../runtime/client/customer-view.ts';
import { openTerms } from '../runtime/client/open-terms.ts';
import type { LazyTerms } from '../runtime/client/terms.ts';
import { sha256 } from '../runtime/snapshot/object.ts';
import { openStore } from '../runtime/stores/registry.ts';
import type { WriteStore } from '../runtime/stores/store.ts';
import type { Context } from './command.ts';
import { exportStore } from './export-store.ts';
import { type Repository, repositoryOf } from './open-repository.ts';
import { releaseTools } from './release-tools.ts';

export interface Rehearsal {
  context: Context;
  store: WriteStore;
  /** What the releases are made of; nothing of it is changed. */
  repository: Repository;
  target: Target;
  /** Keys that nobody keeps. */
  signing: Signing;
  /** The id of a customer there is not. */
  customer: string;
  /** Path of a file, and URL of a store, that are not there yet. */
  backup: string;
  restored: string;
}

const GROUP = 'drill';

/** What an operator must be able to do with releases, each by the functions the commands run, and checked by reading as a product does. */
export function drillSteps({
  context,
  store,
  repository,
  target,
  signing,
  customer,
  backup,
  restored,
}: Rehearsal): Rehearsed[] {
  const { env: environment, channel } = target;
  const place = { env: environment, channel };
  const keys = signing.keysets[0]?.envelope;
  const now = (): number => context.now();
  const commits: string[] = [repository.commit ?? 'drill-0'];
  const { model } = repository;
  const [known] = model.customers.keys();
  const edit = (): ReturnType<typeof newCustomer> => {
    const plan = [...model.world.plans.values()].find(({ data }) => data.sold !== false);
    if (!plan) throw new RehearsalError('no plan is sold here');
    const paths = repository.files.map(({ path }) => path);
    return newCustomer({ id: customer, name: 'Drill', plan: plan.id, quantities: [] }, model, paths);
  };
  const [role] = Object.keys(model.world.roles?.data.roles ?? {});
  const group = { name: GROUP, ...(role === undefined ? { may: ['rehearse'] } : { roles: [role] }) };
  const withRole = (text: string): string => `${text}${blockLines({ access: { groups: [group] } }).join('\n')}\n`;

  // Nobody needs to remember what was only rehearsed.
  const tools = async () => {
    const { witness: _, reopen: __, ...rest } = await releaseTools({ ...context, environment: 'local' }, store);
    return { ...rest, signing };
  };
  const linear = async (first: string, second: string) => {
    const [one, other] = [commits.indexOf(first), commits.indexOf(second)];
    return one === other ? ('same' as const) : one < other ? ('ancestor' as const) : ('descendant' as const);
  };
  const publishFiles = async (changed: readonly { path: string; text: string }[]) => {
    const paths = new Set(changed.map(({ path }) => path));
    const files: SourceFile[] = [
      ...repository.files.filter(({ path }) => !paths.has(path)),
      ...changed.map(({ path, text }) => ({ path, bytes: Buffer.from(text), oid: sha256(text) })),
    ].sort((a, b) => (a.path < b.path ? -1 : 1));
    const edited = await repositoryOf({ files, diagnostics: [], hasSettings: false });
    const { snapshot, diagnostics } = compileRelease(edited.model);
    const fault = [...edited.diagnostics, ...diagnostics].find(isError);
    if (fault) throw new RehearsalError(`${fault.at.path}:${fault.at.start.line}: ${fault.message}`);
    const commit = commits.at(-1) as string;
    const result = await publish(
      { ...(await tools()), ancestry: linear, assemble: () => snapshot },
      { ...target, commit, policyDigest: edited.model.world.digest, evidence: 'none' },
    );
    return { result, root: snapshot.root };
  };
  const publishNext = async (changed: readonly { path: string; text: string }[]): Promise<string> => {
    const { result, root } = await publishFiles(changed);
    if (result.outcome !== 'published') throw new RehearsalError(`it was not published: ${said(result)}`);
    await read((terms) => expectThat(terms.release.root === root, 'another release is read than was published'));
    return `release ${result.release}, ${plural(result.customers, 'customer')}`;
  };
  const commitNext = (): void => void commits.push(`drill-${commits.length}`);

  async function read<T>(look: (terms: LazyTerms) => T | Promise<T>, from: WriteStore | string = store): Promise<T> {
    const opened = typeof from === 'string' ? await openStore(from) : { ...from, close: async () => {} };
    const terms = await openTerms({
      follow: false,
      load: 'lazy',
      store: opened,
      environment,
      channel,
      now,
      ...(keys && { keys }),
    });
    try {
      return await look(terms);
    } finally {
      await terms.close();
    }
  }
  const viewOf = async (terms: LazyTerms, id: string): Promise<CustomerView> => {
    const view = await terms.customer(id);
    if (!view) throw new RehearsalError(`${id} cannot be read`);
    return view;
  };
  const hasGroup = ({ access }: CustomerView): boolean => access.groups.some(({ name }) => name === GROUP);
  const added = () => ({ path: edit().path, text: edit().after });
  const changed = () => ({ path: edit().path, text: withRole(edit().after) });

  return [
    {
      name: 'fresh environment',
      async run() {
        const released = await publishNext([]);
        if (known !== undefined) await read((terms) => viewOf(terms, known));
        return `${released}${known === undefined ? '' : `; ${known} is read`}`;
      },
    },
    {
      name: 'new customer',
      async run() {
        commitNext();
        const released = await publishNext([added()]);
        const { plan } = await read((terms) => viewOf(terms, customer));
        return `${released}; ${customer} is read with ${plan}`;
      },
    },
    {
      name: 'role change',
      async run() {
        commitNext();
        const released = await publishNext([changed()]);
        expectThat(await read(async (terms) => hasGroup(await viewOf(terms, customer))), 'the new role is not read');
        return `${released}; ${customer} has a group with ${role ?? 'what it may'}`;
      },
    },
    {
      name: 'backup',
      async run() {
        const { heads, objects } = await exportStore(context, store, [place], backup);
        expectThat(heads === commits.length, `it has ${heads} heads where ${commits.length} were published`);
        return `${plural(heads, 'head')}, ${plural(objects, 'object')}, read again`;
      },
    },
    {
      name: 'restore',
      async run() {
        const into = await openStore(restored);
        try {
          const trust = async () => ({ place: target, signing });
          const result = await importBackup({ store: into, read: () => readBackupFile(backup), trust });
          if (result.outcome !== 'imported') throw new RehearsalError(`it was not brought back: ${said(result)}`);
        } finally {
          await into.close();
        }
        const here = await read((terms) => terms.release.root);
        const there = await read(async (terms) => {
          expectThat(hasGroup(await viewOf(terms, customer)), 'the new role is not in it');
          return terms.release.root;
        }, restored);
        expectThat(here === there, 'another release is read from it');
        return `into an empty store; ${customer} is read from it as before`;
      },
    },
    {
      name: 'rollback',
      async run() {
        const toRelease = await releaseBefore(store, place);
        const result = await rollback(await tools(), { ...target, toRelease: toRelease ?? 0 });
        if (result.outcome !== 'published') throw new RehearsalError(`it was not rolled back: ${said(result)}`);
        expectThat(
          !(await read(async (terms) => hasGroup(await viewOf(terms, customer)))),
          'the new role is still read',
        );
        const again = await publishFiles([changed()]);
        expectThat(again.result.outcome === 'held', 'what was rolled back could be published again');
        return `release ${result.release} brings back release ${toRelease}; publishing it again is held`;
      },
    },
    {
      name: 'roll forward',
      async run() {
        commitNext();
        const released = await publishNext([changed()]);
        expectThat(await read(async (terms) => hasGroup(await viewOf(terms, customer))), 'the new role is not read');
        return `${released}; the role is read again`;
      },
    },
  ];
}

function expectThat(isSo: boolean, otherwise: string): void {
  if (!isSo) throw new RehearsalError(otherwise);
}

const said = (result: { outcome: string; message?: string }): string => result.message ?? result.outcome;
