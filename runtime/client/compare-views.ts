import type { Settings } from '../../schemas/setting.ts';
import type { Change, Part } from './changes.ts';
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
