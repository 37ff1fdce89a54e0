import type { Certainty } from '../names/dictionary.ts';
import type { Mention } from '../names/mentions.ts';
import { splitName } from '../names/split-name.ts';
import type { Situation } from '../syntax/situation.ts';
import type { Surroundings } from './judge.ts';
import { judgeSubject, type Names } from './subject.ts';
import { accountNouns, foreignCollections, foreignWords, idWords, specialWords } from './vocabulary.ts';

/** Whether a file of settings sets something for the account a key or a value names. */
export function isSet(mention: Mention, certainty: Certainty, situation: Situation, around: Surroundings): boolean {
  if (mention.form === 'prose' && !isListWritten(mention)) return false;
  if (situation.holders.some(isTexts)) return false;
  return situation.setting?.isKey
    ? isKeySet(mention, certainty, situation, around)
    : isValueSet(mention, certainty, situation, around);
}

/** `tenants: { acme: … }`, `overrides: { acme: … }`, `ACME_SEATS: 500`. */
function isKeySet(
  mention: Mention,
  certainty: Certainty,
  { holders, peers, gives = '' }: Situation,
  around: Surroundings,
): boolean {
  const [holder = ''] = holders;
  if (mention.form !== 'whole') {
    if (certainty === 'number') return false;
    if (mention.match.naming === 'domain') return holders.some((name) => speaks(name, around) || isSpecial(name));
    if (isVendorAddress(gives, mention)) return false;
    const isBusiness = splitName(mention.rest).some((word) => specialWords.has(word) && !PARTS_OF_SYSTEMS.has(word));
    if (isCredential(mention)) return false;
    if (isCapitals(mention) && certainty !== 'ordinary') return true;
    if (certainty === 'ordinary') return isBusiness && isCapitals(mention);
    if (isForeignMap(holder, around)) return false;
    return isBusiness || FLAG.test(holder) || /^\W*(true|false|on|off|yes|no)\W*$/i.test(gives);
  }
  if (mention.match.naming === 'domain') return certainty === 'unique' && !isVendor(gives);
  const isAccounts = holders.some((name) => speaks(name, around)) && !isForeignMap(holder, around);
  if (isAccounts) return !(CLIENTS.test(holder) && isVendor(gives));
  if (certainty === 'number' || isForeignMap(holder, around)) return false;
  const besideAccounts = peers.some((peer) => /^(name|unique)$/.test(around.certaintyOf(peer) ?? ''));
  if (certainty === 'ordinary') return besideAccounts && holders.some(isSpecial);
  if (isVendor(gives) && !holders.some(isAllowing)) return false;
  return certainty === 'unique' || besideAccounts || holders.some(isSpecial) || isTerms(gives);
}

/** `betaTenants: [acme]`, `tenant: acme` beside limits, `allowed_domains: [acme.com]`. */
function isValueSet(
  mention: Mention,
  certainty: Certainty,
  { holders, peers, subject = '', setting }: Situation,
  around: Surroundings,
): boolean {
  const [, holder = ''] = holders;
  const isIdentifier = splitName(subject).every((word) => idWords.has(word));
  const what = judgeSubject(isIdentifier && holder ? `${holder}.${subject}` : subject, onlyKeys(around));
  const above = holders.slice(1);
  const isList = Boolean(setting?.isElement) || (mention.form !== 'whole' && isListWritten(mention));
  // The address of somebody.
  if (/[\w.+-]@/.test(mention.rest)) return false;
  if (mention.match.naming === 'domain' || HOSTS.test(subject)) {
    if (certainty === 'ordinary' || certainty === 'number') return false;
    if (mention.form === 'url') return isList && ALLOW.test(holders.join(' '));
    if (mention.match.naming !== 'domain' && !(isList || above.some(isSpecial))) return false;
    return (
      ALLOW.test(subject) ||
      above.some((name) => /^(match|matches|when|if|rules?)$/i.test(name)) ||
      (isList && HOSTS.test(subject)) ||
      above.some((name) => isSpecial(name) || speaks(name, around))
    );
  }
  if (mention.form === 'url') return false;
  if (/^[A-Z][A-Z0-9_]*(=|$)/.test(mention.text + mention.rest.trimStart()) && mention.form === 'part') {
    // The name of a variable of the environment, or one with what it is.
    const isVariable =
      /=/.test(mention.rest) || (subject === 'name' && peers.some((peer) => /^value(From)?$/.test(peer)));
    if (isVariable) return certainty !== 'ordinary' || splitName(mention.rest).some((word) => specialWords.has(word));
  }
  if (mention.form === 'part' && !isList)
    return FLAG.test(holders.slice(0, 2).join(' ')) && (certainty === 'name' || certainty === 'unique');
  if (isList) {
    if (foreign(subject) && !accountName(subject, around)) return false;
    if (accountName(subject, around) || (isIdentifier && accountName(holder, around))) return true;
    if (certainty === 'number' || certainty === 'ordinary') return false;
    if (FLAG.test(subject) && mention.form === 'part') return true;
    return isAllowing(subject) || above.some((name) => isAllowing(name) || speaks(name, around));
  }
  const decides = peers.some(isSpecial) || above.some(isSpecial);
  if (what === 'account') {
    // A list of accounts with where they are and what they buy is a directory.
    if (isIdentifier && setting?.isRecord && !peers.some(isTerm) && !above.some(isAllowing)) return false;
    if (isIdentifier || setting?.isRecord) return decides && (certainty !== 'ordinary' || mention.form === 'whole');
    if (/name$/i.test(subject) && !decides) return false;
    return true;
  }
  return (
    what === 'unclear' &&
    certainty === 'unique' &&
    mention.match.naming !== 'name' &&
    above.some((name) => speaks(name, around))
  );
}

/** Whether an id that is in no list is told apart there; of the accounts of a cloud and of clients that sign in, none is a customer. */
export function isUnlistedSetting({ holders, peers, subject = '', setting }: Situation, around: Surroundings): boolean {
  const [holder = ''] = holders;
  if (holders.some(isTexts) || /client|name|host|domain|mail|origin|site\b/i.test(holder)) return false;
  const isApart = holders.some((name) => isAllowing(name) || OVERRIDES.test(name));
  if (setting?.isKey) return accountName(holder, around) && (isApart || idWords.has(splitName(holder).at(-1) ?? ''));
  if (setting?.isElement) {
    if (!accountName(subject, around) || peers.some((peer) => /^\d{12}$/.test(peer))) return false;
    return isApart || idWords.has(splitName(subject).at(-1) ?? '');
  }
  return judgeSubject(subject, onlyKeys(around)) === 'account' && isApart && peers.length > 0;
}

/** `tenant: Acme` is a value there, and no type. */
const onlyKeys = ({ nouns }: Surroundings): Names => ({
  typeOf: () => undefined,
  originOf: () => undefined,
  nouns,
});

const FLAG = /flag|feature|toggle|experiment|gate|rollout/i;
const OVERRIDES = /overrid|exception|special|grandfather|exempt/i;
const ALLOW =
  /allow|permit|trust|whitelist|origin|cors|sso|saml|domain|redirect|frame|beta|vip|internal|special|exempt/i;
const HOSTS = /hosts?(names?)?$|domains?$|origins?$/i;
/** `acme-api`, `acme_db`: what runs under that name. */
const PARTS_OF_SYSTEMS = new Set(
  'api app db database worker service web server job queue cache gateway proxy url endpoint webhook token call calls usage storage cluster shard dsn'.split(
    ' ',
  ),
);
const CLIENTS = /clients?$|customers?Api/i;
/** Below these stand texts, examples and shapes of data, and nothing that is set. */
const TEXTS = new Set(
  'example examples sample samples translation translations i18n locale locales messages enum description descriptions properties definitions dependencies devdependencies peerdependencies scripts keywords license contributors maintainers author authors mock mocks fixture fixtures seed seeds testdata demo'.split(
    ' ',
  ),
);

const isTexts = (name: string): boolean => TEXTS.has(name.toLowerCase());
const isSpecial = (name: string): boolean =>
  splitName(name).some((word) => specialWords.has(word) || word.startsWith('overrid'));
const isAllowing = (name: string): boolean =>
  /allow|whitelist|deny|block|beta|vip|early|pilot|exempt|special|overrid|exception|grandfather|enabled|disabled|excluded?|included?|skip|opt(ed)?_?(in|out)|preview|legacy|priority|dedicated|premium|custom/i.test(
    name,
  );
const foreign = (name: string): boolean =>
  splitName(name).some((word) => foreignCollections.has(word) || foreignWords.has(word));
const speaks = (name: string, { nouns }: Surroundings): boolean =>
  splitName(name).some((word) => accountNouns.has(word) || nouns.has(word));
/** What it ends with is the account: `white_label_accounts`, `tenantIds`; not `accountIcons`. */
function accountName(name: string, { nouns }: Surroundings): boolean {
  const words = splitName(name);
  const at = words.findLastIndex((word) => accountNouns.has(word) || nouns.has(word));
  return at >= 0 && words.slice(at + 1).every((word) => !foreignCollections.has(word) && !foreignWords.has(word));
}
const isForeignMap = (name: string, around: Surroundings): boolean =>
  foreign(name) && !speaks(name, around) && !FLAG.test(name);
const TERM =
  /^(seats?|limits?|max|quotas?|sso|saml|scim|sla|discounts?|prices?|pricing|rates?|trials?|grace|retention|overrides?|exempt|beta|vip|features?|flags?|enabled|disabled|skip|custom|dedicated|rps|rpm|credits?)$/;
const isTerm = (name: string): boolean => splitName(name).some((word) => TERM.test(word));
/** What a key gives reads like terms: `{ seats: 5, sso: true }`. */
const isTerms = (gives: string): boolean =>
  /[{:\n]/.test(gives) &&
  splitName(gives).some((word) =>
    /^(seats?|limits?|quotas?|sso|sla|discount|price|trial|retention|overrides?|plan)$/.test(word),
  );
const isVendor = (gives: string): boolean =>
  /(base_?)?ur[il]\b|endpoint|api_?key|token|secret|\bhost\b|https?:/i.test(gives) && !isTerms(gives);
const isVendorAddress = (gives: string, mention: Mention): boolean =>
  /^\W*(https?|wss?|amqp|postgres(ql)?|redis):\/\//i.test(gives) &&
  /^\W*(api|base|host|service|webhook|endpoint|ur[il]|_)+\W*$/i.test(mention.rest);
/** `ACME_API_KEY`: how a service of that name is reached, which the product uses. */
const isCredential = ({ rest }: Mention): boolean => {
  const words = splitName(rest);
  return (
    words.some((word) => CREDENTIALS.has(word)) && words.every((word) => CREDENTIALS.has(word) || ADDRESSES.has(word))
  );
};
const CREDENTIALS = new Set('api key token secret password oauth auth'.split(' '));
const ADDRESSES = new Set('base url uri host client id user username version sandbox public private access'.split(' '));
const isCapitals = (mention: Mention): boolean =>
  /^[A-Z0-9_]+$/.test((mention.text + mention.rest).replace(/[\s._-]/g, ''));
/** `acme,globex`: a list in one text. */
const isListWritten = ({ rest }: Mention): boolean => /[,;|]/.test(rest) && !/[.!?:]\s|\s\w+\s+\w+\s/.test(rest);
