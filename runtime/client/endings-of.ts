import type { Settings } from '../../schemas/setting.ts';
import { onDay } from '../terms/at.ts';
import { addDays } from '../terms/days.ts';
import type { Day, Layer, Segment, Timeline } from '../terms/timeline.ts';
import type { Ending } from './changes.ts';

/** What of a customer ends on a day, or within so many days after it. */
export function endingsOf<S extends Settings>(timeline: Timeline, day: Day, within: number): Ending<S>[] {
  const last = addDays(day, within);
  const today = onDay(timeline, day);
  const endings = new Map<string, { of: Pick<Ending, 'kind' | 'id' | 'until'>; layers: Layer[] }>();
  const add = (kind: Ending['kind'], id: string, until: Day | undefined, layers: readonly Layer[]): void => {
    if (until === undefined || until < day || until > last) return;
    const key = `${kind}\n${id}\n${until}`;
    endings.set(key, { of: { kind, id, until }, layers: [...(endings.get(key)?.layers ?? []), ...layers] });
  };
  const giving = today.layers.filter(({ heldSince }) => heldSince === undefined);
  const bought = giving.filter(({ kind, trial }) => isBought.has(kind) && trial === undefined);
  const { contract } = today.terms;
  // What goes on by itself does not end.
  if (contract && contract.renewal?.kind !== 'auto') add('contract', contract.id, contract.ends, bought);
  if (today.stage === 'trial' || today.stage === 'pilot')
    add(
      'trial',
      today.stage,
      lastDayWith(({ stage }) => stage === today.stage, timeline, today, last),
      bought,
    );
  for (const layer of giving) {
    // One ending, whatever it adds: as a plan, by default and as quantities.
    if (layer.trial) add('trial', layer.trial, layer.until, [layer]);
    else if (layer.kind === 'addOn') add('addOn', layer.id, layer.until, [layer]);
  }
  for (const id of exceptionsIn(today)) {
    const layers = giving.filter((layer) => layer.kind === 'exception' && layer.id === id);
    add(
      'exception',
      id,
      lastDayWith((segment) => exceptionsIn(segment).has(id), timeline, today, last),
      layers,
    );
  }
  return [...endings.values()].map(({ of, layers }) => {
    const settings = layers.flatMap(({ set, add: more, take }) =>
      [set, more, take].flatMap((part) => Object.keys(part ?? {})),
    );
    const days = Math.round((Date.parse(of.until) - Date.parse(day)) / 86_400_000);
    return { customer: timeline.customer, ...of, days, settings: [...new Set(settings)] };
  });
}

const isBought: ReadonlySet<Layer['kind']> = new Set(['plan', 'quantity']);

/** The exceptions that count in a segment, whether they set, rule who may do what, or promise. */
function exceptionsIn({ layers, access, promised = [] }: Segment): ReadonlySet<string> {
  const ids = new Set(promised);
  for (const { kind, id, heldSince } of layers) if (kind === 'exception' && heldSince === undefined) ids.add(id);
  for (const { exception } of access.rules) ids.add(exception);
  return ids;
}

/**
 * The last day before a segment in which something is no more: of what lasts as long as the contract, or goes with a change
 * of plan, nothing else says it. Undefined where it stays, or goes after a day that is too late to ask for.
 */
function lastDayWith(
  isThere: (segment: Segment) => boolean,
  { segments }: Timeline,
  today: Segment,
  latest: Day,
): Day | undefined {
  const next = segments.slice(segments.indexOf(today) + 1).find((segment) => !isThere(segment))?.from;
  return next && next <= addDays(latest, 1) ? addDays(next, -1) : undefined;
}
