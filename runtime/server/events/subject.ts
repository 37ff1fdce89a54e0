import type { Account } from '../../client/terms.ts';
import { digestOf } from '../ofrep/flag-set.ts';

/** Whom a stream is about: a customer or account, with the plan and quantities that were said of it. */
export type Subject = Account;

/** The same for everything that asks the same of the same customer. */
export const subjectKey = ({ account, plan, quantities = {} }: Subject): string =>
  digestOf([account, plan ?? null, Object.entries(quantities).sort(([a], [b]) => (a < b ? -1 : 1))]);

/** In place of the digest of values, of somebody who has none. */
export const absentDigest = (subject: Subject): string => digestOf(['none', subjectKey(subject)]);
