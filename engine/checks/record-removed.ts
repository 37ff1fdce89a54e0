import type { Day } from '../../runtime/terms/timeline.ts';
import type { Customer } from '../../schemas/customer.ts';
import { defineCheck } from './check.ts';
import { keyIn, placeIn } from './facts/place-in.ts';

/** A record as the base has it. */
interface Kept {
  /** Equal in base and head for the same record. */
  key: string;
  /** Records of one kind, where one that has not begun may get another date. */
  kind: string;
  words: string;
  pointer: (string | number)[];
  /** From this day on it is history; null: at once. */
  since: Day | null;
}

export const check = defineCheck({
  name: 'record-removed',
  summary: 'a trial, a contract, an amendment, a status or an exception is gone: records are ended, never removed',
  scope: 'change',
  severity: 'error',
  options: {},
  example: {
    before: { 'customers/acme.yaml': 'exceptions: [{ id: EX-1, set: { sso: true } }]' },
    finds: { 'customers/acme.yaml': 'exceptions: []' },
    ignores: { 'customers/acme.yaml': 'exceptions: [{ id: EX-1, set: { sso: true }, expires: 2026-11-20 }]' },
  },
  *find(change) {
    // An exception that another customer's file has now was moved; that its id is taken along is said by another check.
    const elsewhere = new Set(
      change.customers.flatMap(({ after }) =>
        (after?.data.exceptions ?? []).map(({ id }) => `exception ${id.toLowerCase()}`),
      ),
    );
    for (const { before, after } of change.customers) {
      if (!before || !after) continue;
      const there = recordsOf(after.data);
      const known = new Set(there.map(({ key }) => key));
      const was = recordsOf(before.data);
      const old = new Set(was.map(({ key }) => key));
      const moved = there.filter(({ key }) => !old.has(key));
      for (const { key, kind, words, pointer, since } of was) {
        if (known.has(key) || elsewhere.has(key)) continue;
        const hasBegun = since === null || since <= change.at;
        // What has not begun may be moved to another day.
        const other = hasBegun ? -1 : moved.findIndex((record) => record.kind === kind);
        if (other >= 0) {
          moved.splice(other, 1);
          continue;
        }
        yield {
          milder: !hasBegun,
          at: keyIn(after, ...pointer.slice(0, -1)),
          message: `${words} is gone${hasBegun ? '' : ', before it began'}`,
          help: hasBegun
            ? 'bring it back, and end it: with a last day, an amendment, or a next record; what was is part of the history'
            : 'bring it back if it was only called off: a later record can say so and keep the history',
          related: { message: 'it was here', at: placeIn(before, ...pointer) },
        };
      }
    }
  },
});

function recordsOf({ trials = [], contracts = [], amendments = [], statuses = [], exceptions = [] }: Customer): Kept[] {
  return [
    ...trials.map((trial, index) => ({
      key: `trial ${trial.kind} ${trial.starts}`,
      kind: 'trial',
      words: `the ${trial.kind} of ${trial.starts}`,
      pointer: ['trials', index],
      since: trial.starts,
    })),
    ...contracts.flatMap((contract, index): Kept[] => [
      {
        key: `contract ${contract.id.toLowerCase()}`,
        kind: 'contract',
        words: `contract ${contract.id}`,
        pointer: ['contracts', index],
        since: null,
      },
      ...counted(contract.amendments ?? []).map(
        ({ on, nth }, at): Kept => ({
          key: `amendment ${contract.id.toLowerCase()} ${on} ${nth}`,
          kind: `amendment ${contract.id}`,
          words: `the amendment of ${contract.id} on ${on}`,
          pointer: ['contracts', index, 'amendments', at],
          since: on,
        }),
      ),
    ]),
    ...counted(amendments).map(({ on, nth }, index) => ({
      key: `amendment of the account ${on} ${nth}`,
      kind: 'amendment of the account',
      words: `the amendment of the account on ${on}`,
      pointer: ['amendments', index],
      since: on,
    })),
    ...statuses.map(({ stage, since }, index) => ({
      key: `status ${stage} ${since}`,
      kind: 'status',
      words: `the status ${stage} of ${since}`,
      pointer: ['statuses', index],
      since,
    })),
    ...exceptions.map(({ id }, index) => ({
      key: `exception ${id.toLowerCase()}`,
      kind: 'exception',
      words: `exception ${id}`,
      pointer: ['exceptions', index],
      since: null,
    })),
  ];
}

/** Amendments of one day are told apart by their order. */
const counted = (amendments: readonly { on: Day }[]): { on: Day; nth: number }[] =>
  amendments.map(({ on }, index) => ({
    on,
    nth: amendments.slice(0, index).filter((other) => other.on === on).length,
  }));
