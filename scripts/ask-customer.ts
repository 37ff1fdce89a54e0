import type { Model } from '../engine/model.ts';
import { customerKnownAs } from '../engine/register/customer-known-as.ts';
import type { Ask } from './ask.ts';
import { noCustomer } from './propose-edits.ts';

/** Asks for a customer there is, by its id or account. */
export const askCustomer = (ask: Ask, model: Model): Promise<string> =>
  ask({
    message: 'Which customer? The id or the account.',
    check(words) {
      if (!customerKnownAs(model.customers, words)) throw noCustomer(words, model);
    },
  });
