import { hash } from 'node:crypto';
import { canonicalJson } from '../../runtime/snapshot/canonical-json.ts';
import type { ApprovalWhen } from '../../schemas/approvals.ts';
import type { Item } from './approval.ts';
import { compareDecimals, type Decimal, decimalOf, timesDecimal } from './decimal.ts';
import type { Effect } from './effect.ts';
import { type Asked, makeItem } from './make-item.ts';

/** How many customers a change touches, as people approve it. */
export interface Blast {
  customers: number;
  /** How many of them gain and lose something. */
  gives: number;
  takes: number;
  /** How many lose something they have under a contract. */
  takesUnderContract: number;
  /** sha256 over what becomes of each: the same numbers of another change are another blast. */
  effects: string;
}

/** Counts the effects that a line is about, one after the other. */
export interface BlastCount {
  add(effect: Effect): void;
  /** The one item of the line, where there are more customers than it lets pass. `all`: those of the base. */
  item(repo: string, asked: Asked, when: ApprovalWhen, all: number): Item | undefined;
}

export function startBlast(): BlastCount {
  const [touched, giving, taking, takingUnderContract] = [new Set(), new Set(), new Set(), new Set()];
  const facts: string[] = [];
  return {
    add({ customer, change: { path, from, to, effective, until, direction }, underContract }) {
      touched.add(customer);
      if (direction === 'gives') giving.add(customer);
      if (direction === 'takes') taking.add(customer);
      if (direction === 'takes' && underContract) takingUnderContract.add(customer);
      facts.push(canonicalJson({ customer, path, from, to, effective, until }));
    },
    item(repo, asked, { customers, percent }, all) {
      if (touched.size === 0 || (customers && touched.size <= customers.above)) return undefined;
      if (percent && !isAbovePercent(touched.size, all, percent.above)) return undefined;
      const blast: Blast = {
        customers: touched.size,
        gives: giving.size,
        takes: taking.size,
        takesUnderContract: takingUnderContract.size,
        effects: hash('sha256', facts.sort().join('\n')),
      };
      return makeItem(repo, asked, { kind: 'blast', path: 'customers', from: null, to: blast });
    },
  };
}

const isAbovePercent = (touched: number, all: number, percent: number): boolean => {
  const [share, most] = [timesDecimal(decimal(touched), decimal(100)), timesDecimal(decimal(percent), decimal(all))];
  return compareDecimals(share, most) > 0;
};

const decimal = (value: number): Decimal => decimalOf(value) as Decimal;
