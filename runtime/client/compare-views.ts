import type { Settings } from '../../schemas/setting.ts';
import { onDay } from '../terms/at.ts';
import { addDays } from '../terms/days.ts';
import type { Day, Layer, Timeline } from '../terms/timeline.ts';
import type { Change, Ending, Part } from './changes.ts';
import type { CustomerView } from './customer-view.ts';

/** What differs between a customer before and after; undefined where nothing does. */
export function compareViews<S extends Settings>(
  customer: string,
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
    customer,
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
  const endings = new Map<string, Layer[]>();
  for (const layer of onDay(timeline, day).layers) {
    const { until, heldSince, kind, id } = layer;
    if (until === undefined || until < day || until > last || heldSince !== undefined) continue;
    const key = `${kind}\n${id}\n${until}`;
    endings.set(key, [...(endings.get(key) ?? []), layer]);
  }
  return [...endings.values()].map((layers) => {
    const [{ kind, id, until = day }] = layers as [Layer, ...Layer[]];
    const settings = layers.flatMap(({ set, add, take }) =>
      [set, add, take].flatMap((part) => Object.keys(part ?? {})),
    );
    const days = Math.round((Date.parse(until) - Date.parse(day)) / 86_400_000);
    return { customer: timeline.customer, kind, id, until, days, settings: [...new Set(settings)] };
  });
}
