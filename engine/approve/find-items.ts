import type { ApprovalLine, Approvals } from '../../schemas/approvals.ts';
import { kinds } from '../../schemas/kinds.ts';
import { pathOf } from '../diff/describe-edit.ts';
import { findEdits } from '../diff/find-edits.ts';
import type { ChangeSet } from '../review/change-set.ts';
import { newAccount } from './agreed-changes.ts';
import type { Item } from './approval.ts';
import { approvalPolicy, BREAK_GLASS } from './approval-policy.ts';
import { startBlast } from './blast-item.ts';
import type { Worlds } from './bound-of.ts';
import { closedIn, emergenciesIn, emergencyOf, isOpen } from './break-glass.ts';
import { type Effect, findRecord } from './effect.ts';
import { effectsOf, effectsOfRecord } from './effects-of.ts';
import { isMachinery } from './is-machinery.ts';
import { lineKind } from './line-kind.ts';
import { type Asked, askedAs, askedBy, makeItem, ofException } from './make-item.ts';
import { isShared, matchesEdit } from './matches-edit.ts';
import { isSoldFreely, matchesEffect } from './matches-effect.ts';
import { matchesRecord } from './matches-record.ts';
import { type TouchedRecord, touchedRecords } from './touched-records.ts';

/**
 * Everything of a change that needs somebody's approval, by the policy of its base; nothing where the base has no policy
 * (`approvalPolicy` tells). Items come by class, customer and path; the same change gives the same items, whatever the
 * order in which anything is written.
 */
export function findItems(change: ChangeSet): Item[] {
  const { world } = change.base.model;
  const policy = world.approvals?.data;
  const items = policy
    ? itemsBy(policy, change)
    : approvalPolicy(world) === 'unreadable'
      ? unreadableItems(change)
      : [];
  return [...new Map(items.map((item) => [item.id, item])).values()].sort(byPlace);
}

const byPlace = (one: Item, other: Item): number => (placeOf(one) < placeOf(other) ? -1 : 1);
const placeOf = ({ class: name, customer = '', path, id }: Item): string => [name, customer, path, id].join('\n');

function itemsBy(policy: Approvals, change: ChangeSet): Item[] {
  const { repo, base, head, files } = change;
  const worlds: Worlds = { base: base.model.world, head: head.model.world };
  const lines = (kind: ReturnType<typeof lineKind>) => policy.lines.filter(({ when }) => lineKind(when) === kind);
  const touched = touchedRecords(change);
  const emergencies = emergenciesIn(change, touched, worlds.base);

  const asks = (asking: readonly ApprovalLine[], isMeant: (line: ApprovalLine) => boolean): Asked[] =>
    asking.filter(isMeant).map((line) => askedBy(line, policy));
  const emergency = (because: string): Asked[] => [askedAs(BREAK_GLASS, because, policy)];

  const ofEffect = (effect: Effect): Item[] => {
    const record = emergencyOf(effect, emergencies);
    const asked = record ? emergency(record.breakGlass.because) : usual(effect);
    return asked.flatMap((one) => effectItems(one, effect, change));
  };
  // What the menu sells from now on it does not sell for days that are over.
  const usual = (effect: Effect): Asked[] =>
    asks(
      lines('effect'),
      ({ when }) => matchesEffect(when, effect, worlds) && (when.past === true || !isSoldFreely(effect, worlds)),
    );
  const ofRecord = (record: TouchedRecord): Item[] => {
    const { customer, id, before, after } = record;
    const isMeant = ({ when }: ApprovalLine): boolean =>
      (after !== undefined && matchesRecord(when, after, worlds.head)) ||
      (before !== undefined && matchesRecord(when, before, worlds.base));
    const asked =
      emergencies.has(`${customer} ${id}`) && isOpen(after)
        ? emergency(after.breakGlass.because)
        : asks(lines('effect'), isMeant);
    return asked.map((one) => recordItem(one, record, change));
  };

  const blasts = lines('blast').map((line) => ({ line, count: startBlast() }));
  const found: Item[] = [];
  for (const effect of effectsOf(change)) {
    found.push(...ofEffect(effect));
    for (const { line, count } of blasts) if (matchesEffect(line.when, effect, worlds)) count.add(effect);
  }
  for (const record of touched) found.push(...ofRecord(record));
  for (const record of closedIn(touched))
    for (const effect of effectsOfRecord(change, record))
      for (const one of usual(effect)) found.push(...effectItems(one, effect, change));
  for (const { line, count } of blasts) {
    const item = count.item(repo, askedBy(line, policy), line.when, base.model.customers.size);
    if (item) found.push(item);
  }
  found.push(...editItems(change, (edit) => asks(lines('edit'), ({ when }) => matchesEdit(when, edit))));
  for (const file of files.filter(({ path }) => isMachinery(path)))
    for (const asked of asks(lines('machinery'), () => true)) found.push(fileItem(repo, asked, file));
  return found;
}

/** One for each exception that does it, so that the facts of every one are approved. */
function effectItems(asked: Asked, effect: Effect, { repo, base, head }: ChangeSet): Item[] {
  const { customer, change, exceptions, isEdited } = effect;
  const { path, from, to, effective, until } = change;
  const isAsked = isEdited || exceptions.length > 0;
  const [before, after] = isAsked ? [base, head].map(({ model }) => model.customers.get(customer)) : [];
  const account = newAccount(before, after);
  return (exceptions.length > 0 ? exceptions : [undefined]).map((id) =>
    makeItem(repo, asked, {
      kind: 'change',
      customer,
      ...(account !== undefined && { account }),
      path,
      from,
      to,
      effective,
      ...(until !== undefined && { until }),
      ...(id !== undefined && ofException(findRecord(after, id), findRecord(before, id))),
    }),
  );
}

function recordItem(
  asked: Asked,
  { customer, id, before, after }: TouchedRecord,
  { repo, base, head }: ChangeSet,
): Item {
  const account = newAccount(base.model.customers.get(customer), head.model.customers.get(customer));
  return makeItem(repo, asked, {
    kind: 'record',
    customer,
    ...(account !== undefined && { account }),
    path: `exceptions.${id}`,
    from: before ?? null,
    to: after ?? null,
    ...ofException(after, before),
  });
}

function editItems(
  { repo, base, head }: ChangeSet,
  asks: (edit: ReturnType<typeof findEdits>[number]) => Asked[],
): Item[] {
  const unread = new Set([...(base.unread ?? []), ...(head.unread ?? [])]);
  return findEdits(base.model.world, head.model.world, unread)
    .filter(isShared)
    .flatMap((edit) =>
      asks(edit).map((asked) =>
        makeItem(repo, asked, {
          kind: 'edit',
          path: pathOf(edit),
          from: edit.before ?? null,
          to: edit.after ?? null,
        }),
      ),
    );
}

const fileItem = (repo: string, asked: Asked, { path, before, after }: ChangeSet['files'][number]): Item =>
  makeItem(repo, asked, { kind: 'machinery', path, from: before ?? null, to: after ?? null });

/** Nobody knows what the policy asks for: whoever answers for the machinery has to look at all of it. */
function unreadableItems({ repo, files }: ChangeSet): Item[] {
  const because = `${kinds.approvals.files.path} cannot be read, so everything needs approval until it is mended`;
  return files.map((file) => fileItem(repo, askedAs('machinery', because, undefined), file));
}
