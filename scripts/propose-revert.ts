import { customerAt } from '../engine/customer-at.ts';
import type { Diff } from '../engine/diff/diff.ts';
import type { Edit } from '../engine/edit/edit-file.ts';
import { type Judged, judgeEdits } from '../engine/edit/judge-edits.ts';
import { restoreFile } from '../engine/edit/restore-file.ts';
import { type EditOfFile, editsOfCustomer } from '../engine/io/edits-of-customer.ts';
import { dirtyPaths } from '../engine/io/git.ts';
import { readEntries } from '../engine/io/read-repository.ts';
import { sharedPaths } from '../engine/io/rooms.ts';
import { listTree } from '../engine/io/trees.ts';
import { type CustomerThen, customerThen } from '../engine/publish/customer-then.ts';
import { historyOf } from '../engine/publish/history.ts';
import { customerKnownAs } from '../engine/register/customer-known-as.ts';
import type { SourceFile } from '../engine/source-file.ts';
import { UsageError } from '../engine/usage-error.ts';
import type { WriteStore } from '../runtime/stores/store.ts';
import type { Context } from './command.ts';
import { compareRepositories, type Named } from './compare-repositories.ts';
import type { Editable } from './open-editable.ts';
import { type Repository, repositoryOf } from './open-repository.ts';
import { noCustomer } from './propose-edits.ts';
import { refuseUnpublished } from './refuse-unpublished.ts';
import { lineOf } from './release-tools.ts';

/** What brings the file of one customer back to what it said in an earlier release. */
export interface Revert {
  customer: string;
  then: CustomerThen;
  edit: Edit;
  judged: Judged;
  /** What the edit does. */
  diff: Diff;
  /** What plans, policies and settings do to the customer since, whatever its file says: the edit does not bring that back. */
  since: Diff;
  /** The commits whose edits of the file go with it. */
  edits: readonly EditOfFile[];
  notes: readonly string[];
}

/**
 * Reads the store and git, and writes nothing. A revert that changes no byte says that the file is what it was.
 * Throws `UsageError` where there is nothing to go back to, or the file has edits that nobody committed.
 */
export async function proposeRevert(
  context: Context,
  store: Pick<WriteStore, 'get' | 'history'>,
  repository: Editable,
  named: string,
  toRelease?: number,
): Promise<Revert> {
  const { root } = context;
  const { files, model } = repository;
  const now = fileNow(repository, named);
  const names = now ? [...new Set([now.account ?? now.id, now.id])] : [named];
  const then = await customerThen(
    (hashes) => store.get(hashes),
    historyOf(store, await lineOf(context)),
    names,
    toRelease,
  );
  if (!then) {
    await refuseUnpublished(context);
    if (toRelease !== undefined) throw new UsageError(`there is no release ${toRelease}`, LISTED);
    if (!now) throw noCustomer(named, model);
    throw new UsageError(`no release that came after another has changed ${now.id}`, LISTED);
  }
  if (then.id === undefined) throw notThereThen(now?.id ?? named, now?.file.path, then, context.at.day);

  const listed = await listTree(root, then.release.commit, [...sharedPaths, 'customers']);
  const place = listed.find(({ path }) => customerAt(path) === then.id);
  const wanted = listed.filter((entry) => entry === place || !isCustomer(entry.path));
  const { files: filesThen } = await readEntries(root, wanted);
  const old = filesThen.find(({ path }) => path === place?.path);
  if (!old)
    throw new UsageError(
      `commit ${then.release.commit.slice(0, 12)} of release ${then.release.n} holds no file of ${then.id}`,
      'name another release with --to; `proviso status` shows what git and the store do not agree on',
    );
  const customer = now?.id ?? then.id;
  const path = now?.file.path ?? old.path;
  if ((await dirtyPaths(root, [path, old.path])).length > 0)
    throw new UsageError(
      `${path} has edits that are not committed`,
      'commit them or put them away with `git stash`, then run this again',
    );

  const account = then.id !== customer && !/^account\s*:/m.test(textOf(old)) ? then.id : undefined;
  const edit = restoreFile(path, old.bytes, now?.file.bytes, account);
  const restored: SourceFile = { path, oid: '', bytes: new TextEncoder().encode(edit.after) };
  const judged = await judgeEdits(repository, [edit], [customer]);
  const release = `release ${then.release.n}`;
  const would: Named = { ...repository, ...judged, name: `as in ${release}` };
  const [before, after] = await Promise.all(
    [filesThen, files].map((all) => aloneIn([...all.filter((file) => !isCustomer(file.path)), restored])),
  );
  const { day } = context.at;
  const { diff } = compareRepositories({ ...repository, name: 'working tree' }, would, day);
  const reopens = diff.customers.some(({ changes }) =>
    changes.some(({ path, from }) => path === 'stage' && from === 'closed'),
  );
  return {
    customer,
    then,
    edit,
    judged,
    diff,
    since: compareRepositories(
      { ...(before as Repository), name: release },
      { ...(after as Repository), name: 'now' },
      day,
    ).diff,
    edits: await editsOfCustomer(root, then.release.commit, [...new Set([customer, then.id])]),
    notes: [
      ...(now ? [] : [`The file of ${customer} is gone: this writes it again, as ${path}.`]),
      ...(now && old.path !== path ? [`Its file was ${old.path} then, and stays where it is: ${path}.`] : []),
      ...(account ? [`${account} stays its account.`] : []),
      ...(now && reopens ? [`${customer} was closed since: this opens it again.`] : []),
    ],
  };
}

const LISTED = '`proviso history` lists the releases';

/** What plans and policies do to the customer since, in words: `plans/studio@1.yaml settings.seats (seats 5 → 6)`. */
export const doneSince = ({ customer, since }: Revert): string[] =>
  since.causes
    .filter(({ customers, past = [] }) => customers.includes(customer) && !past.includes(customer))
    .map(({ path, change }) => `${path} (${change})`);

const isCustomer = (path: string): boolean => path.startsWith('customers/');
const textOf = ({ bytes }: SourceFile): string => new TextDecoder().decode(bytes);

/** One customer and what it shares with everybody. */
const aloneIn = (files: SourceFile[]): Promise<Repository> =>
  repositoryOf({ files, diagnostics: [], hasSettings: true });

/** Also a file that cannot be read: an earlier one may be the way out. */
function fileNow(
  { files, filesAt, model }: Repository,
  named: string,
): { id: string; account?: string | undefined; file: SourceFile } | undefined {
  const entry = customerKnownAs(model.customers, named);
  const [file] = entry ? filesAt([entry.document.path]) : files.filter(({ path }) => customerAt(path) === named);
  return file && { id: entry?.id ?? named, account: entry?.data.account, file };
}

function notThereThen(
  id: string,
  path: string | undefined,
  { release, changedIn }: CustomerThen,
  day: string,
): UsageError {
  const came = changedIn === undefined ? '' : `; it came with release ${changedIn}`;
  return new UsageError(
    `there was no customer ${id} in release ${release.n}${came}`,
    path === undefined
      ? 'there is no file of it now either, so nothing is to be done'
      : `to end a customer, write \`statuses: [{ stage: closed, since: ${day} }]\` into ${path} and publish: then its file may go`,
  );
}
