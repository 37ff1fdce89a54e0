import { hash } from 'node:crypto';
import { canonicalJson } from '../../runtime/snapshot/canonical-json.ts';
import type { ApprovalLine, Approvals } from '../../schemas/approvals.ts';
import type { Exception } from '../../schemas/exception.ts';
import type { Item } from './approval.ts';
import { classOf } from './approval-policy.ts';
import { type Decimal, decimalOf, decimalText, timesDecimal } from './decimal.ts';

/** Why something is asked, and of whom. */
export interface Asked {
  class: string;
  because: string;
  ruleHash: string;
}

const hashOf = (value: unknown): string => hash('sha256', canonicalJson(value));

export const askedBy = (line: ApprovalLine, policy: Approvals): Asked => ({
  class: line.class,
  because: line.because,
  ruleHash: hashOf({ line, class: classOf(policy, line.class) }),
});

/** What is asked outside the lines. */
export const askedAs = (name: string, because: string, policy: Approvals | undefined): Asked => ({
  class: name,
  because,
  ruleHash: hashOf({ class: classOf(policy, name) }),
});

/** An item with its id, which stands for all of it in this repository and in no other. */
export function makeItem(
  repo: string,
  { class: name, because, ruleHash }: Asked,
  what: Omit<Item, 'id' | keyof Asked>,
): Item {
  const item = { class: name, because, ...what, ruleHash };
  return { id: hashOf({ repo, ...item }), ...item };
}

type OfException = Pick<Item, 'exception' | 'reason' | 'owner' | 'askedBy' | 'parties' | 'expires' | 'amount'>;

/** What an item says of the exception behind it: the record of the head, and whom that of the base named. */
export function ofException(after: Exception | undefined, before: Exception | undefined): OfException {
  const record = after ?? before;
  if (!record) return {};
  const parties = partiesOf(record, before);
  return {
    exception: record.id,
    reason: record.because,
    owner: record.owner,
    askedBy: record.askedBy,
    ...(parties && { parties }),
    ...('expires' in record && { expires: record.expires }),
    amount: { amount: aYear(record.worth), currency: record.worth.currency },
  };
}

/** Whoever is no longer named in the record was in it when it was asked for. */
function partiesOf(record: Exception, before: Exception | undefined): Item['parties'] {
  const owner = before && before.owner !== record.owner ? [before.owner] : [];
  const asker = before && before.askedBy !== record.askedBy ? [before.askedBy] : [];
  if (owner.length + asker.length === 0) return undefined;
  return { ...(owner.length > 0 && { owner }), ...(asker.length > 0 && { askedBy: asker }) };
}

const timesAYear = { month: 12, quarter: 4, year: 1, once: 1 } as const;

const aYear = ({ amount, per }: Exception['worth']): string =>
  decimalText(timesDecimal(decimalOf(amount) as Decimal, decimalOf(timesAYear[per]) as Decimal));
