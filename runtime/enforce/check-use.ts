import { checkOptions, type Kind, type Kinds, oneOf, yesOrNo } from '../client/check-options.ts';
import { showValue } from '../client/show-value.ts';
import type { ConsumeOptions } from './meter.ts';

const mode: Kind = {
  ...oneOf('hard', 'report'),
  says: "'hard' or 'report'; up to somewhat above the limit is granted with `grace`, { grace: 50 } or { grace: '10%' }",
};

/** What each option of `consume` may be. */
export const useOptions: Kinds<ConsumeOptions> = {
  mode,
  // An amount, or a share of a limit: what is wrong with it is seen beside the limit.
  grace: { holds: () => true, says: 'an amount or a share' },
  whenDown: oneOf('grant', 'deny', 'throw'),
  countUnlimited: yesOrNo,
};

/** @throws RangeError for an option that is wrong: an unknown mode would grant everything. */
export const checkUse = (options: ConsumeOptions): void => checkOptions('consume', options, useOptions);

/** @throws RangeError for what is no view of a customer; most often nobody looked whether there is one. */
export function checkCustomer(customer: unknown): void {
  if (typeof customer === 'object' && customer !== null && 'limit' in customer && 'describe' in customer) return;
  throw new RangeError(
    `use is counted for what \`terms.customer\` or \`terms.account\` answers; this is ${showValue(customer)}`,
  );
}
