import type { Diagnostic } from '../engine/diagnostic.ts';
import type { Model } from '../engine/model.ts';
import { offersOf } from '../engine/scan/judge/offer.ts';
import { exceptionEnds } from '../engine/scan/living/exception-ends.ts';
import { hashExceptions } from '../engine/scan/living/known-exceptions.ts';
import type { Account } from '../engine/scan/names/account.ts';
import { hashDictionary } from '../engine/scan/names/hash-dictionary.ts';
import { openDictionary } from '../engine/scan/names/open-dictionary.ts';
import { checkOpenTexts } from '../engine/scan/names/open-texts.ts';
import { scanPolicyOf } from '../engine/scan/policy.ts';
import type { HashedDictionary } from '../schemas/scan-accounts.ts';

/** The dictionary without names of these accounts, with what of the repository goes with it. */
export function hashAccounts(
  accounts: readonly Account[],
  model: Model | undefined,
  salt: string,
): { dictionary: HashedDictionary; diagnostics: Diagnostic[] } {
  const world = model?.world;
  const policy = scanPolicyOf(world?.scan?.data);
  const open =
    world && checkOpenTexts(world, offersOf(world.settings, world.menu?.data), openDictionary(accounts, policy));
  return {
    dictionary: {
      ...hashDictionary(accounts, policy, salt, open?.offers),
      ...(model && { exceptions: hashExceptions(exceptionEnds(model), salt) }),
    },
    diagnostics: open?.diagnostics ?? [],
  };
}
