/**
 * The settings of the product: what it does differently for different customers, one entry each. Nothing else names a
 * setting; what editors, checks and readers know of it is derived from here.
 * After an edit: `npx proviso schemas`, and commit what it writes.
 */
import { defineSettings, feature, limit } from 'proviso/settings';

export const settings = defineSettings({
  // A limit has a unit, and says whether more or less is better for the customer. `default` is what everybody has on the first day.
  seats: limit({
    unit: 'seat',
    area: 'access',
    default: 3,
    favours: 'more',
    overCap: 'noNewUse',
    label: 'Seats',
    description: 'People who can sign in.',
  }),
  // `per`: how long it lasts before the count starts again.
  apiCalls: limit({
    unit: 'call',
    per: 'month',
    area: 'billing',
    default: 1000,
    favours: 'more',
    overCap: 'block',
    label: 'API calls',
    description: 'Calls of the public API.',
  }),
  // A feature is on or off. There are also `choice`, `text` and `list`.
  sso: feature({
    area: 'access',
    default: false,
    label: 'Single sign-on',
    description: 'Sign in through the identity provider of the company.',
  }),
});
