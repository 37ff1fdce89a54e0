/** Every check, one line each. A new one is a file in this folder and a line here. */

import { check as agreementEnds } from './agreement-ends.ts';
import { check as blastRadius } from './blast-radius.ts';
import { check as breakGlass } from './break-glass.ts';
import { check as buildHoursMissing } from './build-hours-missing.ts';
import type { Check } from './check.ts';
import { check as contractEditedInPlace } from './contract-edited-in-place.ts';
import { check as copiedException } from './copied-exception.ts';
import { check as customersMissing } from './customers-missing.ts';
import { check as detailsBeforeStart } from './details-before-start.ts';
import { check as endedStillFelt } from './ended-still-felt.ts';
import { check as endlessTrial } from './endless-trial.ts';
import { check as exceptionsAtOdds } from './exceptions-at-odds.ts';
import { check as expiresSoon } from './expires-soon.ts';
import { check as fiveQuestions } from './five-questions.ts';
import { check as idReused } from './id-reused.ts';
import { check as lastsTooLong } from './lasts-too-long.ts';
import { check as limitInPromise } from './limit-in-promise.ts';
import { check as lowersUnsaid } from './lowers-unsaid.ts';
import { check as manualUnowned } from './manual-unowned.ts';
import { check as noEffect } from './no-effect.ts';
import { check as oddCharacters } from './odd-characters.ts';
import { check as oneBuyerFeature } from './one-buyer-feature.ts';
import { check as ownsTooMuch } from './owns-too-much.ts';
import { check as pastRewritten } from './past-rewritten.ts';
import { check as planEditTakes } from './plan-edit-takes.ts';
import { check as planNotSold } from './plan-not-sold.ts';
import { check as promiseInSetting } from './promise-in-setting.ts';
import { check as recordRemoved } from './record-removed.ts';
import { check as refusedBefore } from './refused-before.ts';
import { check as repeatedException } from './repeated-exception.ts';
import { check as rulesWithCustomers } from './rules-with-customers.ts';
import { check as secretInText } from './secret-in-text.ts';
import { check as takesUnderContract } from './takes-under-contract.ts';
import { check as tooManyExceptions } from './too-many-exceptions.ts';
import { check as unpricedWork } from './unpriced-work.ts';

export const checks: readonly Check[] = [
  agreementEnds,
  blastRadius,
  breakGlass,
  buildHoursMissing,
  contractEditedInPlace,
  copiedException,
  customersMissing,
  detailsBeforeStart,
  endedStillFelt,
  endlessTrial,
  exceptionsAtOdds,
  expiresSoon,
  fiveQuestions,
  idReused,
  lastsTooLong,
  limitInPromise,
  lowersUnsaid,
  manualUnowned,
  noEffect,
  oddCharacters,
  oneBuyerFeature,
  ownsTooMuch,
  pastRewritten,
  planEditTakes,
  planNotSold,
  promiseInSetting,
  recordRemoved,
  refusedBefore,
  repeatedException,
  rulesWithCustomers,
  secretInText,
  takesUnderContract,
  tooManyExceptions,
  unpricedWork,
];
