import type { ApprovalLine, Approvals } from '../../schemas/approvals.ts';
import { kinds } from '../../schemas/kinds.ts';
import { pathOf } from '../diff/describe-edit.ts';
import { findEdits } from '../diff/find-edits.ts';
import type { ChangeSet } from '../review/change-set.ts';
import { newAccount } from './agreed-changes.ts';
import type { Item } from './approval.ts';
import { approvalPolicy, BREAK_GLASS } from './approval-policy.ts';
import { blastItem } from './blast-item.ts';
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
  const effects = effectsOf(change);
  const touched = touchedRecords(change);
  const emergencies = emergenciesIn(change, touched, worlds.base);

  const asks = (asking: readonly ApprovalLine[], isMeant: (line: ApprovalLine) => boolean): Asked[] =>
    asking.filter(isMeant).map((line) => askedBy(line, policy));
  const emergency = (because: string): Asked[] => [askedAs(BREAK_GLASS, because, policy)];

  const ofEffect = (effect: Effect): Item[] => {
    const record = emergencyOf(effect, emergencies);
    const asked = record ? emergency(record.breakGlass.because) : usual(effect);
    return asked.flatMap((one) => effectItems(repo, one, effect, change));
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

  return [
    ...effects.flatMap(ofEffect),
    ...touched.flatMap(ofRecord),
    ...closedIn(touched).flatMap((record) =>
      effectsOfRecord(change, record).flatMap((effect) =>
        usual(effect).flatMap((one) => effectItems(repo, one, effect, change)),
      ),
    ),
    ...lines('blast').flatMap((line) => {
      const touching = effects.filter((effect) => matchesEffect(line.when, effect, worlds));
      return blastItem(repo, askedBy(line, policy), line.when, touching, base.model.customers.size) ?? [];
    }),
    ...editItems(change, (edit) => asks(lines('edit'), ({ when }) => matchesEdit(when, edit))),
    ...files
      .filter(({ path }) => isMachinery(path))
      .flatMap((file) => asks(lines('machinery'), () => true).map((asked) => fileItem(repo, asked, file))),
  ];
}

/** One for each exception that does it, so that the facts of every one are approved. */
function effectItems(repo: string, asked: Asked, effect: Effect, { base, head }: ChangeSet): Item[] {
  const { customer, change, exceptions } = effect;
  const { path, from, to, effective, until } = change;
  const [before, after] = [base, head].map(({ model }) => model.customers.get(customer));
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
