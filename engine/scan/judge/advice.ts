import { splitName } from '../names/split-name.ts';
import type { Offer } from './offer.ts';
import { accountNouns, idWords, modifiers } from './vocabulary.ts';

/** What to do instead of a rule in the source. `around` is the statement and the names around it, where the product says what it decides. */
export function adviceFor(account: string | undefined, around: readonly string[], offers: readonly Offer[]): string {
  const said = wordsIn(around);
  const offer = bestOffer(said, offers);
  const file = account === undefined ? 'the file of that customer' : `the file of ${account}`;
  if (offer?.is === 'add-on')
    return `the add-on ${offer.id} (${offer.label}) gives the same: put it into ${file}, and read the setting here`;
  const term = offer ? undefined : terms.find(({ words }) => words.some((word) => said.has(word)));
  if (term)
    return `${term.id} is a term of the agreement and no setting: say it in ${file}, and read customer.terms here`;
  if (offer)
    return account === undefined
      ? `the setting ${offer.id} (${offer.label}) can say this: give the customer a file with this id, set it there, and read it here`
      : `the setting ${offer.id} (${offer.label}) can say this: proviso new exception ${account} --set ${offer.id}=…, and read it here`;
  return account === undefined
    ? 'give the customer a file with this id under externalIds; what it has different becomes a setting that is read here'
    : `make what differs a setting, say in ${file} what ${account} has, and read the setting here`;
}

const wordsIn = (texts: readonly string[]): ReadonlySet<string> =>
  new Set(texts.flatMap((text) => splitName(text).map(singular)));

/** What an agreement says and no setting does, by the words in which code speaks of it. */
const terms = [
  { id: 'billing.paymentTerms', words: ['payment', 'net', 'dunning', 'overdue'] },
  { id: 'billing.discount', words: ['discount', 'rebate', 'markdown'] },
  { id: 'billing.purchaseOrder', words: ['purchase'] },
  { id: 'billing.tax', words: ['tax', 'vat', 'ust'] },
  { id: 'billing.credits', words: ['credit'] },
  { id: 'billing.unitPrices', words: ['price', 'pricing', 'fee'] },
  { id: 'support.firstResponseHours', words: ['sla', 'response', 'priority'] },
] as const;

/** The setting or add-on whose words the code around uses most; none that shares only words everything is described with. */
function bestOffer(said: ReadonlySet<string>, offers: readonly Offer[]): Offer | undefined {
  let best: Offer | undefined;
  let most = 1;
  for (const offer of offers) {
    const own = new Set(splitName(offer.id).map(singular));
    let weight = 0;
    for (const word of own) if (tells(word) && said.has(word)) weight += 3 / own.size;
    for (const word of offer.words)
      if (!own.has(singular(word)) && word.length > 3 && tells(word) && said.has(singular(word))) weight += 0.5;
    if (weight <= most) continue;
    most = weight;
    best = offer;
  }
  return best;
}

const COMMON = new Set(
  'per and the for with without may can are is has have not all any each by on in to of customer product people day'.split(
    ' ',
  ),
);
const tells = (word: string): boolean =>
  !COMMON.has(word) && !accountNouns.has(word) && !idWords.has(word) && !modifiers.has(word);
const singular = (word: string): string =>
  word.length > 3 && word.endsWith('s') && !word.endsWith('ss') ? word.slice(0, -1) : word;
