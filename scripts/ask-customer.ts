import type { Model } from '../engine/model.ts';
import type { Ask } from './ask.ts';
import { noCustomer } from './propose-edits.ts';

/** Asks for a customer there is, by its id or account. */
export const askCustomer = (ask: Ask, model: Model): Promise<string> =>
  ask({
    message: 'Which customer? The id or the account.',
    check(words) {
      const isKnown =
        model.customers.has(words) || [...model.customers.values()].some(({ data }) => data.account === words);
      if (!isKnown) throw noCustomer(words, model);
    },
  });
