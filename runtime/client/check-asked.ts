import type { User } from '../terms/may.ts';
import { isRecord, isText } from './check-options.ts';
import { showValue } from './show-value.ts';
import type { Account } from './terms.ts';

/*
 * What callers without types may ask. Said wrongly it would most often be answered all the same, with what somebody else has
 * or with no.
 */

/** @throws RangeError for what names no customer; a text nobody has is a customer that is not there. */
export function checkName(name: unknown): void {
  if (typeof name === 'string') return;
  const write = typeof name === 'number' ? `; write '${name}'` : '';
  throw new RangeError(`a customer is asked for by its id or account id, a text; this is ${showValue(name)}${write}`);
}

const form = "{ account: 'acc_1', plan: 'studio@2', quantities: { seats: 9 } }";

/** @throws RangeError for what names no account, and for a plan or quantities that are none. */
export function checkAccount(asked: Account): void {
  if (!isRecord(asked)) throw new RangeError(`an account is asked for by ${form}; this is ${showValue(asked)}`);
  const { account, plan, quantities }: Readonly<Record<keyof Account, unknown>> = asked;
  if (!isText(account))
    throw new RangeError(`\`account\` is ${showValue(account)}: it is the id of the account, as in ${form}`);
  if (plan !== undefined && typeof plan !== 'string')
    throw new RangeError(`\`plan\` is ${showValue(plan)}: it is the name of a plan, as in ${form}, or left out`);
  if (quantities !== undefined && !isRecord(quantities))
    throw new RangeError(
      `\`quantities\` is ${showValue(quantities)}: it is numbers by setting, as in ${form}, or left out`,
    );
}

const isTexts = (value: unknown): boolean => Array.isArray(value) && value.every((each) => typeof each === 'string');

/** @throws RangeError for a user, an action or a group that is none. */
export function checkMay(user: User, action: unknown, of: unknown): void {
  if (!isRecord(user) || !isTexts(user.roles) || (user.groups !== undefined && !isTexts(user.groups)))
    throw new RangeError(
      "a user is lists of texts, { roles: ['editor'], groups: ['finance'] }; groups may be left out",
    );
  if (!isText(action))
    throw new RangeError(`an action is a text such as 'exportReports'; this is ${showValue(action)}`);
  if (!isRecord(of) || (of.group !== undefined && typeof of.group !== 'string'))
    throw new RangeError("what is done in the name of a group is asked with { group: 'finance' }");
}

/** @throws RangeError for details that are no list of texts. */
export function checkKnown(known: unknown): void {
  if (known !== undefined && !isTexts(known))
    throw new RangeError(
      `the details that are known are a list such as ['securityContact']; this is ${showValue(known)}`,
    );
}

/** @throws RangeError for what cannot be called, and for a customer that is none: it would never be told anything. */
export function checkListener(listener: unknown, customer?: unknown): void {
  if (typeof listener !== 'function')
    throw new RangeError(`a listener is a function; this is ${showValue(listener)}. A customer's id comes after it`);
  if (customer !== undefined && !isText(customer))
    throw new RangeError(`a customer is listened to by its id or account id, a text; this is ${showValue(customer)}`);
}

const MOST_DAYS = 1_000_000;

/** @throws RangeError for days nothing ends within. */
export function checkDays(days: unknown): void {
  if (!Number.isInteger(days) || (days as number) < 0 || (days as number) > MOST_DAYS)
    throw new RangeError(
      `days before an end are a whole number from 0 to 1,000,000, and come before the listener; this is ${showValue(days)}`,
    );
}
