import { forEver, sinceEver } from '../../runtime/terms/days.ts';
import type { Day, Layer, Values } from '../../runtime/terms/timeline.ts';
import type { AddOn } from '../../schemas/customer.ts';
import type { MenuAddOn } from '../../schemas/policies.ts';
import { didYouMean } from '../did-you-mean.ts';
import type { TermsLayer } from './contract-course.ts';
import type { ReportFault } from './fault.ts';
import { pointerText } from './pointer-text.ts';
import type { PreparedWorld } from './prepare-world.ts';
import type { Source } from './source.ts';

/** An add-on of a customer that is on the menu, with what it gives while it counts. */
export interface BoughtAddOn {
  index: number;
  addOn: AddOn;
  sold: MenuAddOn;
  sets: readonly Source[];
  adds: readonly Source[];
  terms: TermsLayer;
}

/** A customer's add-ons with what the menu says of them; one that is not on the menu is left out. */
export function boughtAddOns(addOns: readonly AddOn[], world: Pick<PreparedWorld, 'addOns'>): BoughtAddOn[] {
  const bought: BoughtAddOn[] = [];
  for (const [index, addOn] of addOns.entries()) {
    const sold = world.addOns.get(addOn.id);
    if (sold) bought.push(asBought(addOn, sold, index));
  }
  return bought;
}

function asBought(addOn: AddOn, sold: MenuAddOn, index: number): BoughtAddOn {
  const { id, quantity = 1, starts = sinceEver, ends } = addOn;
  const at = ['addOns', index];
  const layer = { at: pointerText(at), id, kind: 'addOn' } as const;
  const until = ends && { until: ends };
  const source = (given: Layer): Source => ({ layer: given, giver: `add-on ${layer.at}`, since: starts });
  const add: Record<string, number> = {};
  for (const [key, more] of Object.entries(sold.adds ?? {})) add[key] = more * quantity;
  const { billing, support } = sold.terms ?? {};
  return {
    index,
    addOn,
    sold,
    sets: Object.keys(sold.sets ?? {}).length > 0 ? [source({ ...layer, set: sold.sets as Values, ...until })] : [],
    adds: Object.keys(add).length > 0 ? [source({ add, ...layer, ...until })] : [],
    terms: { kind: 'addOn', id, since: sinceEver, at, billing, support },
  };
}

/** A menu name without a version means every version. */
export const isSoldWith = (sold: MenuAddOn, plan: string): boolean =>
  sold.plans.some((name) => name === plan || name === plan.slice(0, plan.indexOf('@')));

/** The add-ons that count with a plan on a day: sold with it, and everything they depend on counts too. */
export function countingAddOns(addOns: readonly BoughtAddOn[], plan: string, day: Day): readonly BoughtAddOn[] {
  if (addOns.length === 0) return addOns;
  let counting = addOns.filter(
    ({ addOn, sold }) => (addOn.starts ?? sinceEver) <= day && day <= (addOn.ends ?? forEver) && isSoldWith(sold, plan),
  );
  while (counting.some(({ sold }) => sold.dependsOn !== undefined)) {
    const ids = new Set(counting.map(({ addOn }) => addOn.id));
    const kept = counting.filter(({ sold }) => (sold.dependsOn ?? []).every((id) => ids.has(id)));
    if (kept.length === counting.length) return counting;
    counting = kept;
  }
  return counting;
}

/** Reports add-ons that cannot stand beside each other on a day: at the one that started later. */
export function checkTogether(counting: readonly BoughtAddOn[], day: Day, report: ReportFault): void {
  if (counting.length < 2) return;
  const when = day === sinceEver ? 'from the first day' : `on ${day}`;
  const setters = new Map<string, BoughtAddOn>();
  const before: BoughtAddOn[] = [];
  for (const later of [...counting].sort((a, b) => byStart(a.addOn, b.addOn) || a.index - b.index)) {
    const here = ['addOns', later.index];
    for (const key of Object.keys(later.sold.sets ?? {})) {
      const earlier = setters.get(key);
      if (earlier)
        report(here, 'add-ons-set-twice', `${later.addOn.id} and ${earlier.addOn.id} both set ${key} ${when}`, {
          help: 'end one of the two, or sell only one',
          related: { message: `${earlier.addOn.id} is here`, at: ['addOns', earlier.index] },
        });
      setters.set(key, later);
    }
    for (const earlier of before) {
      if (later.sold.excludes?.includes(earlier.addOn.id) || earlier.sold.excludes?.includes(later.addOn.id))
        report(
          here,
          'add-ons-exclude',
          `${later.addOn.id} and ${earlier.addOn.id} exclude each other, and both count ${when}`,
          {
            help: 'end one of the two before the other starts',
            related: { message: `${earlier.addOn.id} is here`, at: ['addOns', earlier.index] },
          },
        );
    }
    before.push(later);
  }
}

/** Reports what can be said of add-ons without knowing the plan: ids, dates, quantities, the same one twice. */
export function checkAddOns(addOns: readonly AddOn[], world: PreparedWorld, report: ReportFault): void {
  addOns.forEach((addOn, index) => {
    const here = ['addOns', index];
    const sold = world.addOns.get(addOn.id);
    if (!sold) {
      report(
        [...here, 'id'],
        'unknown-add-on',
        `no add-on named ${addOn.id} is on the menu${didYouMean(addOn.id, world.addOns.keys())}`,
      );
      return;
    }
    if (addOn.starts !== undefined && addOn.ends !== undefined && addOn.ends < addOn.starts)
      report(
        [...here, 'ends'],
        'ends-before-start',
        `${addOn.id} ends ${addOn.ends}, before it starts, ${addOn.starts}`,
      );
    if (addOn.quantity !== undefined) checkQuantity(addOn, sold, [...here, 'quantity'], report);
    else if (sold.min !== undefined && sold.min > 1)
      report(here, 'add-on-quantity', `${addOn.id} is sold from ${sold.min}; without a quantity it is 1`);
    addOns.forEach((other, position) => {
      const isEarlier = (byStart(other, addOn) || position - index) < 0;
      if (!isEarlier || other.id !== addOn.id || !overlap(other, addOn)) return;
      report(here, 'add-on-twice', `${addOn.id} is there twice at one time`, {
        help: 'use `quantity`, or end the first before the second starts',
        related: { message: 'the first is here', at: ['addOns', position] },
      });
    });
  });
}

function checkQuantity(addOn: AddOn, sold: MenuAddOn, here: (string | number)[], report: ReportFault): void {
  const quantity = addOn.quantity as number;
  const from = sold.min ?? 1;
  const steps = (quantity - from) / (sold.step ?? 1);
  if (!sold.adds) report(here, 'add-on-quantity', `${addOn.id} adds nothing that could be counted; it has no quantity`);
  else if (quantity < from) report(here, 'add-on-quantity', `${addOn.id} is sold from ${from}, not ${quantity}`);
  else if (sold.max !== undefined && quantity > sold.max)
    report(here, 'add-on-quantity', `${addOn.id} is sold up to ${sold.max}, not ${quantity}`);
  else if (!Number.isInteger(steps))
    report(
      here,
      'add-on-quantity',
      `${addOn.id} is sold in steps of ${sold.step ?? 1} from ${from}; ${quantity} is between two`,
    );
}

const byStart = ({ starts: a = sinceEver }: AddOn, { starts: b = sinceEver }: AddOn): number =>
  a < b ? -1 : a > b ? 1 : 0;

/** `later` does not start before `earlier`. */
const overlap = (earlier: AddOn, later: AddOn): boolean => (later.starts ?? sinceEver) <= (earlier.ends ?? forEver);

/** Reports add-ons that count on no day at all, past ones included. */
export function reportIdle(
  addOns: readonly BoughtAddOn[],
  counted: ReadonlySet<BoughtAddOn>,
  report: ReportFault,
): void {
  for (const bought of addOns)
    if (!counted.has(bought))
      report(
        ['addOns', bought.index],
        'add-on-never-counts',
        `${bought.addOn.id} never counts: it is not sold with a plan the customer has while it runs, or what it depends on does not count`,
        { help: 'check its dates, the plans the menu sells it with, and `dependsOn`; or remove it' },
      );
}
