import type { Customer } from './customer.ts';

type Words<T> = Readonly<Record<keyof NonNullable<T>, true>>;

/** Every word of billing and support terms, for telling people where a word belongs. The type keeps both lists complete. */
export const termWords: { billing: Words<Customer['billing']>; support: Words<Customer['support']> } = {
  billing: {
    method: true,
    interval: true,
    paymentTerms: true,
    purchaseOrder: true,
    unitPrices: true,
    discount: true,
    credits: true,
    usage: true,
    commitments: true,
    tax: true,
  },
  support: { firstResponseHours: true, hours: true, channel: true, contacts: true, slaCredits: true },
};
