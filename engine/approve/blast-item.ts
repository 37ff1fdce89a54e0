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

/** The one item of a line that counts customers, where there are more than it lets pass. `all`: those of the base. */
export function blastItem(
  repo: string,
  asked: Asked,
  { customers, percent }: ApprovalWhen,
  effects: readonly Effect[],
  all: number,
): Item | undefined {
  const blast = blastOf(effects);
  const touched = blast.customers;
  if (touched === 0 || (customers && touched <= customers.above)) return undefined;
  if (percent && !isAbovePercent(touched, all, percent.above)) return undefined;
  return makeItem(repo, asked, { kind: 'blast', path: 'customers', from: null, to: blast });
}

const isAbovePercent = (touched: number, all: number, percent: number): boolean => {
  const [share, most] = [timesDecimal(decimal(touched), decimal(100)), timesDecimal(decimal(percent), decimal(all))];
  return compareDecimals(share, most) > 0;
};

const decimal = (value: number): Decimal => decimalOf(value) as Decimal;

function blastOf(effects: readonly Effect[]): Blast {
  const count = (isMeant: (effect: Effect) => boolean): number =>
    new Set(effects.filter(isMeant).map(({ customer }) => customer)).size;
  const takes = (effect: Effect): boolean => effect.change.direction === 'takes';
  const facts = effects.map(({ customer, change: { path, from, to, effective, until } }) =>
    canonicalJson({ customer, path, from, to, effective, until }),
  );
  return {
    customers: count(() => true),
    gives: count(({ change }) => change.direction === 'gives'),
    takes: count(takes),
    takesUnderContract: count(
      (effect) => takes(effect) && effect.before?.segments.some(({ terms }) => terms.contract !== null) === true,
    ),
    effects: hash('sha256', facts.sort().join('\n')),
  };
}
