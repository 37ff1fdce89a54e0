import type { Diagnostic } from '../../diagnostic.ts';
import type { World } from '../../model.ts';
import type { Offer } from '../judge/offer.ts';
import type { Dictionary } from './dictionary.ts';
import { namesIn } from './names-in.ts';

/** What is in a dictionary without names that anybody can read: the offers, and what of the policy goes with them. */
export interface OpenTexts {
  /** Those that name no customer. */
  offers: Offer[];
  /** What was left out, and what names a customer and could not be. */
  diagnostics: Diagnostic[];
}

const HELP = 'whoever holds the dictionary can read it: say it without the name';

/** Looks for names of customers in what is not hidden. */
export function checkOpenTexts(world: World, offers: readonly Offer[], dictionary: Dictionary): OpenTexts {
  const diagnostics: Diagnostic[] = [];
  const scan = world.scan;
  for (const key of ['include', 'exclude', 'identifiers', 'sentinels'] as const)
    for (const [index, text] of (scan?.data[key] ?? []).entries()) {
      const [named] = namesIn(text, dictionary);
      if (named && scan)
        diagnostics.push({
          rule: 'name-in-the-open',
          severity: 'warning',
          message: `\`${text}\` names ${named.account}, and goes into the dictionary as it is`,
          at: scan.document.locate([key, index]),
          help: HELP,
        });
    }
  const isClean = ({ id, label, words }: Offer) =>
    [id, label, words.join(' ')].every((text) => namesIn(text, dictionary).length === 0);
  for (const { is, id } of offers.filter((offer) => !isClean(offer)))
    diagnostics.push({
      rule: 'name-in-the-open',
      severity: 'warning',
      message: `the ${is} ${id} names a customer, and was left out of the dictionary`,
      at:
        is === 'add-on' && world.menu
          ? world.menu.document.locate(['addOns', id], 'key')
          : { path: 'schemas/settings.ts', start: { line: 1, column: 1 } },
      help: HELP,
    });
  return { offers: offers.filter(isClean), diagnostics };
}
