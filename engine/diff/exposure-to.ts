import { onDay } from '../../runtime/terms/at.ts';
import { forEver, sinceEver } from '../../runtime/terms/days.ts';
import { foldSetting } from '../../runtime/terms/fold.ts';
import type { Day, Segment, Timeline } from '../../runtime/terms/timeline.ts';
import { tiesOf } from './edit-reach.ts';
import { exposureToMove } from './exposure-to-move.ts';
import type { Edit } from './find-edits.ts';
import type { Subject } from './origin-of.ts';

/** How a customer stands to an edit from a day on, whether or not a value differs. */
export interface Exposure {
  /** What covers the edited value, in words. */
  covered?: string;
  /** For a list price: whether the customer has agreed one of its own. */
  agreed?: boolean;
}

/** Undefined where the customer has nothing to do with the edited value from that day on. */
export function exposureTo(edit: Edit, subject: Subject, at: Day): Exposure | undefined {
  const { timeline } = subject.compiled;
  if (!timeline) return undefined;
  const [first, second, third, fourth] = edit.steps;
  const has = (isExposed: (segment: Segment) => boolean) => segmentsFrom(timeline, at).filter(isExposed);
  switch (edit.room) {
    case 'plan':
      if (first === 'settings')
        return coverOf(
          second,
          has(({ plan }) => plan === edit.id),
          subject,
        );
      if (first === 'price')
        return priceFor(
          edit,
          has(({ plan }) => plan === edit.id),
        );
      if (first === 'becomes') return exposureToMove(edit, subject, at);
      return first === 'standardTerms' ? coverOfTerm(edit, subject, at) : undefined;
    case 'menu':
      return first === 'addOns' ? exposureToAddOn(edit, subject, at) : undefined;
    case 'lifecycle': {
      const there = has(
        ({ stage, layers }) => stage === second || layers.some(({ kind, id }) => kind === 'stage' && id === second),
      );
      return third === 'set'
        ? coverOf(fourth, there, subject)
        : there.length > 0 && third !== undefined
          ? {}
          : undefined;
    }
    case 'settings': {
      const names = ({ plan }: Segment) =>
        Object.hasOwn(subject.world.plans.get(plan)?.data.settings ?? {}, first ?? '');
      return second === 'default'
        ? coverOf(
            first,
            has((segment) => !names(segment)),
            subject,
          )
        : undefined;
    }
    default:
      return undefined;
  }
}

/** The segments that hold on a day or later. */
const segmentsFrom = (timeline: Timeline, at: Day): Segment[] => {
  const now = onDay(timeline, at);
  return timeline.segments.filter((segment) => segment === now || (segment.from ?? sinceEver) > at);
};

function coverOf(
  key: string | undefined,
  [segment]: readonly Segment[],
  { world, entry }: Subject,
): Exposure | undefined {
  if (!segment || key === undefined) return undefined;
  if (!Object.hasOwn(world.settings, key)) return {};
  const { layer } = foldSetting(world.settings, key, segment.layers);
  if (!layer) return {};
  const { kind, id, heldSince } = layer;
  if (heldSince) return { covered: `held since ${heldSince}` };
  const contract = entry.data.contracts?.some((candidate) => candidate.id === id) ? `contract ${id}` : id;
  const words = {
    plan: `plan ${id}`,
    quantity: `bought by ${contract}`,
    addOn: `add-on ${id}`,
    exception: `exception ${id}`,
    stage: `stage ${id}`,
  };
  return { covered: words[kind] };
}

function coverOfTerm({ id, steps }: Edit, { compiled, entry, world }: Subject, at: Day): Exposure | undefined {
  const [, part, key] = steps;
  const { timeline } = compiled;
  if (!timeline || (part !== 'billing' && part !== 'support')) return undefined;
  const segments = segmentsFrom(timeline, at);
  // A status may show another plan than the one whose terms are agreed.
  if (!tiesOf([entry.data], [world]).plans.has(id) && !segments.some(({ plan }) => plan === id)) return undefined;
  for (const { from } of segments) {
    const layers = compiled.termsLayersOn(from === null || from < at ? at : from);
    if (!layers.some((layer) => layer.kind === 'plan' && layer.id === id)) continue;
    const over = layers.findLast((layer) => layer.kind !== 'plan' && Object.hasOwn(layer[part] ?? {}, key ?? ''));
    if (!over) return {};
    return {
      covered:
        over.kind === 'account'
          ? 'its account'
          : over.kind === 'addOn'
            ? `add-on ${over.id}`
            : over.kind === 'trial'
              ? over.id
              : `${over.kind} ${over.id}`,
    };
  }
  return undefined;
}

function exposureToAddOn({ steps }: Edit, { entry }: Subject, at: Day): Exposure | undefined {
  const [, id, part] = steps;
  const isSold = entry.data.addOns?.some((addOn) => addOn.id === id && (addOn.ends ?? forEver) >= at);
  if (!isSold) return undefined;
  if (part === 'price') return { agreed: false };
  return part === 'sets' || part === 'adds' || part === 'terms' ? {} : undefined;
}

/** Amounts have a list price; a customer that agreed a price, or committed to an amount, does not pay it. */
function priceFor({ steps }: Edit, segments: readonly Segment[]): Exposure | undefined {
  const [, form, key, field] = steps;
  if (segments.length === 0) return undefined;
  if (form === 'amount') return { agreed: false };
  if ((form !== 'units' && form !== 'usage') || key === undefined || (field !== undefined && field !== 'amount'))
    return undefined;
  const isAgreed = ({ terms }: Segment) => {
    const { unitPrices, commitments } = terms.billing as {
      unitPrices?: object;
      commitments?: readonly { setting: string }[];
    };
    return Object.hasOwn(unitPrices ?? {}, key) || commitments?.some(({ setting }) => setting === key) === true;
  };
  return { agreed: segments.every(isAgreed) };
}

export const isPrice = ({ room, steps }: Edit): boolean =>
  room === 'plan' ? steps[0] === 'price' : room === 'menu' && steps[2] === 'price';
