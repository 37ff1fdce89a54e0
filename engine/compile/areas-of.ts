import type { Exception } from '../../schemas/exception.ts';
import type { Area, Settings } from '../../schemas/setting.ts';

/** The areas an exception touches by what it does; none where that does not say it. */
export function areasOf(exception: Exception, settings: Settings): Set<Area> {
  const touched = new Set<Area>();
  if (exception.decision === 'configuration') {
    for (const key of [...Object.keys(exception.set ?? {}), ...Object.keys(exception.add ?? {})]) {
      const area = Object.hasOwn(settings, key) ? settings[key]?.area : undefined;
      if (area) touched.add(area);
    }
    if (exception.access?.length) touched.add('access');
  }
  if (exception.decision === 'promise') {
    if (exception.terms.billing) touched.add('billing');
    if (exception.terms.support) touched.add('support');
  }
  return touched;
}
