import { isDeepStrictEqual } from 'node:util';
import type { Contract } from '../../schemas/customer.ts';
import { showChange } from '../diff/show-value.ts';
import { defineCheck } from './check.ts';
import { keyIn } from './facts/place-in.ts';

export const check = defineCheck({
  name: 'contract-edited-in-place',
  summary: 'a contract that has started says something else now: from its start on it changes by amendments only',
  scope: 'change',
  severity: 'error',
  options: {},
  example: {
    before: {
      'customers/acme.yaml':
        'contracts: [{ id: C-1, plan: enterprise@1, starts: 2026-02-01, ends: 2027-01-31, renewal: { kind: none }, quantities: { seats: 40 } }]',
    },
    finds: {
      'customers/acme.yaml':
        'contracts: [{ id: C-1, plan: enterprise@1, starts: 2026-02-01, ends: 2027-01-31, renewal: { kind: none }, quantities: { seats: 60 } }]',
    },
    ignores: {
      'customers/acme.yaml':
        'contracts: [{ id: C-1, plan: enterprise@1, starts: 2026-02-01, ends: 2027-01-31, renewal: { kind: none }, quantities: { seats: 40 }, amendments: [{ on: 2026-12-01, quantities: { seats: 60 } }] }]',
    },
  },
  *find(change) {
    for (const { customer, pointer, before, after } of change.contracts) {
      if (!before || before.starts > change.at) continue;
      for (const key of keysOf(before, after)) {
        const [from, to] = [before[key], after[key]];
        // The day of the signature is often known later than the start.
        if (key === 'amendments' || isDeepStrictEqual(from, to) || (key === 'signed' && from === undefined)) continue;
        yield {
          at: keyIn(customer, ...pointer, key),
          message: `contract ${after.id} has run since ${before.starts}, and \`${key}\` says something else now: ${showChange(from, to)}`,
          help: 'put it back, and write what changes as an amendment: `amendments: [{ on: …, because: … }]`',
        };
      }
      for (const [index, amendment] of (after.amendments ?? []).entries()) {
        const old = before.amendments?.filter(({ on }) => on === amendment.on) ?? [];
        const isOld = old.length > 0 && amendment.on <= change.at;
        if (!isOld || old.some((one) => isDeepStrictEqual(one, amendment)) || isNewOfDay(before, after, amendment.on))
          continue;
        yield {
          at: keyIn(customer, ...pointer, 'amendments', index),
          message: `the amendment of ${after.id} on ${amendment.on} has taken effect, and says something else now`,
          help: 'put it back, and write what changes as a new amendment',
        };
      }
    }
  },
});

const keysOf = (...contracts: readonly Contract[]): (keyof Contract)[] =>
  [...new Set(contracts.flatMap((contract) => Object.keys(contract)))] as (keyof Contract)[];

/** A day may get one more amendment. */
const isNewOfDay = (before: Contract, after: Contract, day: string): boolean => {
  const old = before.amendments?.filter(({ on }) => on === day) ?? [];
  const now = after.amendments?.filter(({ on }) => on === day) ?? [];
  return now.length > old.length && old.every((one) => now.some((other) => isDeepStrictEqual(one, other)));
};
