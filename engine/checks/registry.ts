/** Every check, one line each. A new one is a file in this folder and a line here. */

import { check as buildHoursMissing } from './build-hours-missing.ts';
import type { Check } from './check.ts';
import { check as copiedException } from './copied-exception.ts';
import { check as endedStillFelt } from './ended-still-felt.ts';
import { check as exceptionsAtOdds } from './exceptions-at-odds.ts';
import { check as expiresSoon } from './expires-soon.ts';
import { check as lastsTooLong } from './lasts-too-long.ts';
import { check as lowersUnsaid } from './lowers-unsaid.ts';
import { check as manualUnowned } from './manual-unowned.ts';
import { check as noEffect } from './no-effect.ts';
import { check as oneBuyerFeature } from './one-buyer-feature.ts';
import { check as refusedBefore } from './refused-before.ts';
import { check as repeatedException } from './repeated-exception.ts';
import { check as tooManyExceptions } from './too-many-exceptions.ts';
import { check as unpricedWork } from './unpriced-work.ts';

export const checks: readonly Check[] = [
  buildHoursMissing,
  copiedException,
  endedStillFelt,
  exceptionsAtOdds,
  expiresSoon,
  lastsTooLong,
  lowersUnsaid,
  manualUnowned,
  noEffect,
  oneBuyerFeature,
  refusedBefore,
  repeatedException,
  tooManyExceptions,
  unpricedWork,
];
