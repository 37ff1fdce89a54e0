import { isDeepStrictEqual } from 'node:util';
import type { Customer } from '../../schemas/customer.ts';
import { isOwn } from '../diff/causes.ts';
import { showChange } from '../diff/show-value.ts';
import { list } from '../report/list.ts';
import { plural } from '../report/plural.ts';
import { defineCheck } from './check.ts';
import type { Edited } from './checked-change.ts';
import { approvalFor } from './facts/approval-for.ts';
import { placeOfCause, placeOfChange } from './facts/place-of-cause.ts';

export const check = defineCheck({
  name: 'takes-under-contract',
  summary: 'a change takes something from a customer whose contract is in force, without an amendment',
  scope: 'change',
  severity: 'error',
  options: {},
  example: {
    before: {
      'customers/acme.yaml':
        'details: { securityContact: s@acme.example }\ncontracts: [{ id: C-1, plan: enterprise@1, starts: 2026-02-01 }]\nexceptions: [{ set: { apiCalls: 900000 } }]',
    },
    finds: {
      'customers/acme.yaml':
        'details: { securityContact: s@acme.example }\ncontracts: [{ id: C-1, plan: enterprise@1, starts: 2026-02-01 }]\nexceptions: [{ set: { apiCalls: 700000 } }]',
    },
    ignores: {
      'customers/acme.yaml':
        'details: { securityContact: s@acme.example }\ncontracts: [{ id: C-1, plan: enterprise@1, starts: 2026-02-01 }]\nexceptions: [{ set: { apiCalls: 950000 } }]',
    },
  },
  *find(change) {
    const asked = approvalFor(change, 'underContract');
    const help = asked
      ? `class ${asked} is asked; the customer has to agree too`
      : 'agree it with the customer and write it as an amendment, or leave those under contract what they have';
    const edited = new Map(change.customers.map((one) => [one.id, one]));
    const byCause = new Map<string, string[]>();
    for (const { customer, name, kind, changes } of change.diff.customers) {
      if (kind === 'added') continue;
      const taken = changes.filter(
        (one) => one.direction === 'takes' && one.past !== true && change.learned.underContract.has(one),
      );
      for (const cause of new Set(taken.flatMap(({ causes }) => causes))) {
        if (isOwn(cause)) continue;
        const losing = byCause.get(cause);
        if (losing) losing.push(customer);
        else byCause.set(cause, [customer]);
      }
      const own = taken.filter(({ path, causes }) => causes.some(isOwn) && /^(settings|terms)\./.test(path));
      const [first] = own;
      if (!first || isAgreed(edited.get(customer))) continue;
      yield {
        milder: true,
        at: placeOfChange(change, customer, first),
        message: `this takes from ${name}, who is under contract: ${list(
          own.map(({ path, from, to }) => `${path} ${showChange(from, to)}`),
          3,
        )}`,
        help,
      };
    }
    for (const [path, customers] of byCause)
      yield {
        milder: asked !== undefined,
        at: placeOfCause(change, path),
        message: `${change.diff.causes.find((cause) => cause.path === path)?.change ?? path} takes from ${plural(customers.length, 'customer')} under contract: ${list(customers, 5)}`,
        help,
      };
  },
});

/** Contracts, amendments, statuses and trials say what was agreed or has happened. */
const isAgreed = (edited: Edited<Customer> | undefined): boolean =>
  (['contracts', 'amendments', 'statuses', 'trials'] as const).some(
    (key) => !isDeepStrictEqual(edited?.before?.data[key], edited?.after?.data[key]),
  );
