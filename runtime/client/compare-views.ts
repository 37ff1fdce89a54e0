import type { Settings } from '../../schemas/setting.ts';
import { onDay } from '../terms/at.ts';
import { addDays } from '../terms/days.ts';
import type { Day, Layer, Segment, Timeline } from '../terms/timeline.ts';
import type { Change, Ending, Part } from './changes.ts';
import type { CustomerView } from './customer-view.ts';

/** What differs between a customer before and after, who was asked for by a name; undefined where nothing does. */
export function compareViews<S extends Settings>(
  name: string,
  cause: Change['cause'],
  before: CustomerView<S> | undefined,
  after: CustomerView<S> | undefined,
): Change<S> | undefined {
  const settings = [...new Set([...Object.keys(before?.values ?? {}), ...Object.keys(after?.values ?? {})])].filter(
    (key) => !same(before?.values[key], after?.values[key]),
  );
  const parts = (['plan', 'stage', 'terms', 'access'] as const).filter((part) => !same(before?.[part], after?.[part]));
  if (settings.length === 0 && parts.length === 0) return undefined;
  return {
    customer: (after ?? before)?.customer ?? name,
    cause,
    parts: [...(settings.length > 0 ? (['settings'] satisfies Part[]) : []), ...parts],
    settings,
    ...(before && { before }),
    ...(after && { after }),
  };
}

const same = (one: unknown, other: unknown): boolean => one === other || JSON.stringify(one) === JSON.stringify(other);

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
  const bought = today.layers.filter(({ kind, heldSince }) => isBought.has(kind) && heldSince === undefined);
  const { contract } = today.terms;
  // What goes on by itself does not end.
  if (contract && contract.renewal?.kind !== 'auto') add('contract', contract.id, contract.ends, bought);
  if (today.stage === 'trial' || today.stage === 'pilot')
    add('trial', today.stage, lastDayOf(timeline, today, last), bought);
  for (const layer of today.layers) if (layer.heldSince === undefined) add(layer.kind, layer.id, layer.until, [layer]);
  return [...endings.values()].map(({ of, layers }) => {
    const settings = layers.flatMap(({ set, add: more, take }) =>
      [set, more, take].flatMap((part) => Object.keys(part ?? {})),
    );
    const days = Math.round((Date.parse(of.until) - Date.parse(day)) / 86_400_000);
    return { customer: timeline.customer, ...of, days, settings: [...new Set(settings)] };
  });
}

const isBought: ReadonlySet<Layer['kind']> = new Set(['plan', 'quantity']);

/** The last day of the stage a segment has; undefined where it has no end, or one after a day that is too late to ask for. */
function lastDayOf({ segments }: Timeline, today: Segment, latest: Day): Day | undefined {
  const next = segments.slice(segments.indexOf(today) + 1).find(({ stage }) => stage !== today.stage)?.from;
  return next && next <= addDays(latest, 1) ? addDays(next, -1) : undefined;
}
