/** The parts of a name, lower case: `stripeCustomerId`, `STRIPE_CUSTOMER_ID` → stripe, customer, id. */
export function splitName(name: string): string[] {
  return (name.match(HUMP) ?? []).map((part) => part.toLowerCase());
}

// A hump begins at a capital after a small letter or a digit, and at the last capital of several (NSLConfig → NSL, Config).
const HUMP = /\p{Lu}+(?!\p{Ll})|\p{Lu}?[\p{Ll}\p{Lo}\p{M}]+|\p{N}+/gu;
