import { forEver, nextDay, previousDay } from '../../runtime/terms/days.ts';
import type { ContractTerms, Day, TermsTree } from '../../runtime/terms/timeline.ts';
import type { Contract, ContractAmendment } from '../../schemas/customer.ts';
import type { Pointer } from '../document.ts';
import type { ReportFault } from './fault.ts';
import type { PreparedWorld } from './prepare-world.ts';
import { amendPurchase, checkPlanChange, checkPurchase, firstPurchase, type Purchase } from './purchase.ts';

import { layTerms } from './terms-tree.ts';

type Renewal = Partial<NonNullable<Contract['renewal']>>;

/** Terms from one place, to be laid over those below. */
export interface TermsLayer {
  kind: 'plan' | 'addOn' | 'account' | 'trial' | 'contract' | 'exception';
  id: string;
  /** The first day it is agreed for: what has left by then does not show through. */
  since: Day;
  /** Where the file says so; absent where a plan or the menu does. */
  at?: Pointer;
  billing?: TermsTree | undefined;
  support?: TermsTree | undefined;
}

/** A contract as it stands from one day on. */
export interface ContractState {
  from: Day;
  purchase: Purchase;
  layers: readonly TermsLayer[];
  terms: ContractTerms;
}

/** A contract over its whole life. */
export interface ContractCourse {
  id: string;
  index: number;
  starts: Day;
  /** The last day included; `forEver` while nothing ends it. */
  lastDay: Day;
  /** What follows the last day when no other contract does. */
  after: 'grace' | 'base plan';
  states: readonly ContractState[];
}

interface Draft {
  purchase: Purchase;
  layers: TermsLayer[];
  ends: Day | undefined;
  renewal: Renewal | undefined;
  promises: readonly TermsTree[] | undefined;
  /** The end after which it has already rolled. */
  rolledAfter: Day | undefined;
}

/** Follows every contract of a customer through its amendments, renewals and ends, in the order they start. */
export function contractCourses(
  contracts: readonly Contract[],
  world: PreparedWorld,
  report: ReportFault,
): ContractCourse[] {
  const ordered: { contract: Contract; index: number }[] = [];
  for (const [index, contract] of contracts.entries()) ordered.push({ contract, index });
  ordered.sort((a, b) => compare(a.contract.starts, b.contract.starts) || a.index - b.index);
  const courses: ContractCourse[] = [];
  for (const [position, { contract, index }] of ordered.entries()) {
    const next = ordered[position + 1];
    const course = followContract(contract, index, next?.contract.starts, world, report);
    if (next && course.lastDay >= next.contract.starts) {
      reportOverlap(course, contract, next, report);
      course.lastDay = previousDay(next.contract.starts);
    }
    courses.push(course);
  }
  return courses;
}

const compare = (a: Day, b: Day): number => (a < b ? -1 : a > b ? 1 : 0);

function followContract(
  contract: Contract,
  index: number,
  nextStarts: Day | undefined,
  world: PreparedWorld,
  report: ReportFault,
): ContractCourse {
  const here: Pointer = ['contracts', index];
  const draft: Draft = {
    purchase: firstPurchase(contract.id, contract.plan, contract.quantities, contract.starts, here),
    layers: [
      {
        kind: 'contract',
        id: contract.id,
        since: contract.starts,
        at: here,
        billing: contract.billing,
        support: contract.support,
      },
    ],
    ends: contract.ends,
    renewal: contract.renewal,
    promises: contract.promises,
    rolledAfter: undefined,
  };
  const states: ContractState[] = [];
  const state = (from: Day) =>
    states.push({ from, purchase: draft.purchase, layers: [...draft.layers], terms: termsOf(contract, draft) });

  checkPurchase(world, draft.purchase, contract.quantities, here, report);
  checkEnd(draft, contract.starts, here, report);
  state(contract.starts);
  for (const { amendment, at } of inOrder(contract.amendments ?? [])) {
    const pointer = [...here, 'amendments', at];
    if (amendment.on < contract.starts) {
      report(
        [...pointer, 'on'],
        'amendment-before-start',
        `the amendment of ${amendment.on} lies before the contract's start, ${contract.starts}`,
      );
      continue;
    }
    const rolls = draft.renewal?.kind === 'auto' && draft.ends !== undefined;
    const isRolled = rolls && amendment.on > (draft.ends as Day);
    if (!rolls && draft.ends !== undefined && amendment.on > draft.ends) {
      report(
        [...pointer, 'on'],
        'amendment-after-end',
        `the amendment of ${amendment.on} is later than the contract's last day, ${draft.ends}`,
        { help: 'write the next contract instead, or amend `ends` on a day of the contract' },
      );
      continue;
    }
    if (nextStarts !== undefined && amendment.on >= nextStarts) {
      report(
        [...pointer, 'on'],
        'amendment-after-end',
        `the amendment of ${amendment.on} is later than the contract's last day: the next one starts ${nextStarts}`,
        { help: 'amend the next contract instead' },
      );
      continue;
    }
    if (isRolled && amendment.renewal !== undefined && amendment.ends === undefined)
      report(
        [...pointer, 'renewal'],
        'rolled-renewal-without-end',
        'the contract has been renewed by itself: an amendment that changes `renewal` states `ends` too',
      );
    if (isRolled) roll(draft, state);
    checkPlanChange(draft.purchase, amendment, pointer, report);
    amend(draft, amendment, pointer);
    checkPurchase(world, draft.purchase, amendment.quantities, pointer, report);
    if (amendment.ends !== undefined || amendment.renewal !== undefined)
      checkEnd(draft, amendment.ends === undefined ? undefined : amendment.on, pointer, report);
    state(amendment.on);
  }
  if (draft.renewal?.kind === 'auto' && draft.ends !== undefined) roll(draft, state, nextStarts);
  return {
    id: contract.id,
    index,
    starts: contract.starts,
    lastDay: lastDayOf(draft, nextStarts),
    after: draft.renewal?.kind === 'manual' ? 'grace' : 'base plan',
    states,
  };
}

/** At the first rolled term the contract's credits leave; everything else of its last day goes on. */
function roll(draft: Draft, state: (from: Day) => void, before: Day = forEver): void {
  const ends = draft.ends as Day;
  if (draft.rolledAfter === ends || nextDay(ends) >= before) return;
  draft.rolledAfter = ends;
  draft.layers = draft.layers.map((layer) =>
    Array.isArray(layer.billing?.credits) ? { ...layer, billing: { ...layer.billing, credits: 'unset' } } : layer,
  );
  state(nextDay(ends));
}

function amend(draft: Draft, amendment: ContractAmendment, pointer: Pointer): void {
  const { on, billing, support, ends, renewal, promises } = amendment;
  draft.purchase = amendPurchase(draft.purchase, amendment, on, pointer);
  if (billing || support)
    draft.layers.push({ kind: 'contract', id: draft.purchase.by, since: on, at: pointer, billing, support });
  if (ends !== undefined) draft.ends = ends === 'unset' ? undefined : ends;
  if (renewal !== undefined)
    draft.renewal = renewal === 'unset' ? undefined : (layTerms(draft.renewal ?? {}, renewal) as Renewal);
  if (promises !== undefined) draft.promises = promises === 'unset' ? undefined : promises;
}

/** `since` is given where the record states the end. */
function checkEnd(draft: Draft, since: Day | undefined, pointer: Pointer, report: ReportFault): void {
  if (since !== undefined && draft.ends !== undefined && draft.ends < since)
    report([...pointer, 'ends'], 'ends-before-start', `it ends ${draft.ends}, before it starts, ${since}`);
  if (draft.ends !== undefined && draft.renewal?.kind === undefined)
    report([...pointer, 'ends'], 'renewal-missing', 'a contract that ends says what happens then', {
      help: 'add `renewal: { kind: manual }`, `auto` or `none`',
    });
  if (draft.ends === undefined && draft.renewal !== undefined)
    report([...pointer, 'renewal'], 'renewal-without-end', 'a month-to-month contract has no `renewal`', {
      help: 'add `ends`, or remove `renewal`',
    });
}

const lastDayOf = (draft: Draft, nextStarts: Day | undefined): Day => {
  if (draft.ends === undefined) return forEver;
  if (draft.renewal?.kind !== 'auto') return draft.ends;
  if (nextStarts === undefined) return forEver;
  const before = previousDay(nextStarts);
  return before < draft.ends ? draft.ends : before;
};

function reportOverlap(
  course: ContractCourse,
  contract: Contract,
  next: { contract: Contract; index: number },
  report: ReportFault,
): void {
  const open = course.lastDay === forEver;
  report(
    ['contracts', next.index, 'starts'],
    'contracts-overlap',
    open
      ? `contract ${next.contract.id} starts ${next.contract.starts} while ${contract.id} goes on month to month`
      : `contract ${next.contract.id} starts ${next.contract.starts}, but ${contract.id} lasts until ${course.lastDay}`,
    {
      help: open
        ? `end ${contract.id} first, by an amendment with \`ends\` and \`renewal: { kind: none }\``
        : 'contracts do not overlap: move one of the two dates',
      related: { message: `${contract.id} is here`, at: ['contracts', course.index] },
    },
  );
}

const termsOf = (contract: Contract, draft: Draft): ContractTerms => ({
  ...(draft.ends && { ends: draft.ends }),
  id: contract.id,
  ...(draft.promises?.length && { promises: draft.promises }),
  ...(draft.renewal && { renewal: draft.renewal }),
  ...(contract.signed && { signed: contract.signed }),
  starts: contract.starts,
});

/** Amendments in the order of their days; two of one day in the order they are written. */
export function inOrder<T extends { on: Day }>(amendments: readonly T[]): { amendment: T; at: number }[] {
  const ordered: { amendment: T; at: number }[] = [];
  for (const [at, amendment] of amendments.entries()) ordered.push({ amendment, at });
  return ordered.sort((a, b) => compare(a.amendment.on, b.amendment.on) || a.at - b.at);
}
