import type { LazyTerms, Terms } from '../../client/terms.ts';

/** The store is not asked more often than this for clients that are ahead; in milliseconds. */
const EVERY = 1_000;
/** How long a client waits for it at most. */
const WITHIN = 1_000;

const last = new WeakMap<Terms | LazyTerms, { at: number; done: Promise<void> }>();

/**
 * Reads the head for a client that heard of newer values than there are here: another process told it. Where the store does
 * not answer soon, what is there is answered.
 */
export function catchUp(terms: Terms | LazyTerms): Promise<void> {
  const now = Date.now();
  const before = last.get(terms);
  if (before && now - before.at < EVERY) return before.done;
  const done = new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, WITHIN);
    const finish = (): void => {
      clearTimeout(timer);
      resolve();
    };
    terms.refresh().then(finish, finish);
  });
  last.set(terms, { at: now, done });
  return done;
}
