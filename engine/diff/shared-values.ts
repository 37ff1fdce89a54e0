import type { Origin } from '../explain.ts';
import { isOwn } from './causes.ts';
import type { Change } from './diff.ts';

/**
 * Makes one of what is equal: what a shared edit does it does to thousands for the same reason, and each of them would hold a reason
 * of his own.
 */
export interface SharedValues {
  origin(before: Origin | null, after: Origin | null): Change['origin'];
  causes(causes: readonly string[]): readonly string[];
}

export function startSharedValues(): SharedValues {
  const origins = new Map<string, Change['origin']>();
  const causes = new Map<string, readonly string[]>();
  return {
    origin(before, after) {
      // What a customer's own file says is nobody else's.
      if ([before, after].some((one) => one && isOwn(one.path))) return { before, after };
      return once(origins, JSON.stringify([before, after]), { before, after });
    },
    causes: (paths) => once(causes, paths.join('\n'), paths),
  };
}

function once<V>(known: Map<string, V>, key: string, value: V): V {
  const there = known.get(key);
  if (there !== undefined) return there;
  known.set(key, value);
  return value;
}
