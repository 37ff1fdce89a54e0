import { callSafely } from './call-safely.ts';
import { checkListener } from './check-asked.ts';
import type { Stop } from './terms.ts';

/** Functions of a product that are told of something. */
export interface Listeners<T> {
  add(listener: (what: T) => void): Stop;
  tell(what: T): void;
}

/** `onFailure` is told what a listener throws, at once or later. */
export function listenersOf<T>(onFailure: (error: unknown) => void): Listeners<T> {
  const listeners = new Set<(what: T) => void>();
  return {
    add(listener) {
      checkListener(listener);
      // The same function may listen twice.
      const tell = (what: T): void => listener(what);
      listeners.add(tell);
      return () => void listeners.delete(tell);
    },
    tell(what) {
      for (const listener of listeners) callSafely(listener, what, onFailure);
    },
  };
}
