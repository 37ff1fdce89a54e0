/** What is made in an emergency, under one approval, and what that owes later. */
import { addDays } from '../../runtime/terms/days.ts';
import type { Exception, Lasting } from '../../schemas/exception.ts';
import { longestEmergency } from '../compile/longest-emergency.ts';
import type { World } from '../model.ts';
import type { ChangeSet } from '../review/change-set.ts';
import { fileKind } from '../validate/file-kind.ts';
import { BREAK_GLASS } from './approval-policy.ts';
import { type Effect, recordOf } from './effect.ts';
import type { TouchedRecord } from './touched-records.ts';

type InEmergency = Lasting & { breakGlass: NonNullable<Lasting['breakGlass']> };

/** Made in an emergency, and not yet brought under the usual approvals. */
export const isOpen = (record: Exception | undefined): record is InEmergency =>
  record !== undefined && 'breakGlass' in record && record.breakGlass !== undefined && !record.breakGlass.closed;

/** The records of a change that one approval of the class is enough for, as `customer id`. */
export function emergenciesIn(
  change: ChangeSet,
  touched: readonly TouchedRecord[],
  policy: World,
): ReadonlySet<string> {
  const classes = policy.approvals?.data.classes ?? {};
  if (!Object.hasOwn(classes, BREAK_GLASS) || !change.files.every(({ path }) => isCustomerFile(path))) return new Set();
  return new Set(
    touched.flatMap(({ customer, id, before, after }) =>
      before === undefined && isOpen(after) && isShort(after, change.at) ? [`${customer} ${id}`] : [],
    ),
  );
}

function isCustomerFile(path: string): boolean {
  const kind = fileKind(path);
  return kind !== undefined && 'kind' in kind && kind.kind === 'customer';
}

/** Made yesterday, today or tomorrow; begins no earlier and lasts no longer than three days. */
const isShort = ({ breakGlass: { on }, starts, expires }: InEmergency, at: string): boolean =>
  addDays(on, -1) <= at &&
  at <= addDays(on, 1) &&
  on <= starts &&
  expires !== 'contract' &&
  expires <= longestEmergency(on);

/** The emergency that does the whole of a change; one whose value would outlast it is no emergency. */
export function emergencyOf(effect: Effect, emergencies: ReadonlySet<string>): InEmergency | undefined {
  if (emergencies.size === 0) return undefined;
  const { customer, change, givers } = effect;
  const [giver, ...others] = givers;
  if (giver?.kind !== 'exception' || others.length > 0 || !emergencies.has(`${customer} ${giver.id}`)) return undefined;
  const record = recordOf(effect, giver.id);
  return isOpen(record) && change.until !== undefined && change.until <= record.expires ? record : undefined;
}

/** The records that a change takes out of the emergency, by whatever means, or moves to a later one: the usual approvals are due for all they did. */
export const closedIn = (touched: readonly TouchedRecord[]): readonly TouchedRecord[] =>
  touched.filter(
    ({ before, after }) => isOpen(before) && !(isOpen(after) && after.breakGlass.on === before.breakGlass.on),
  );
