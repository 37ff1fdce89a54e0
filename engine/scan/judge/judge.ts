import type { Certainty } from '../names/dictionary.ts';
import type { Mention } from '../names/mentions.ts';
import { splitName } from '../names/split-name.ts';
import type { How, Situation } from '../syntax/situation.ts';
import { isSet } from './is-set.ts';
import type { RuleName } from './rules.ts';
import { judgeSubject, type Names, type Subject } from './subject.ts';
import { accountNouns, foreignCollections, foreignWords, specialWords } from './vocabulary.ts';

/** What is around a literal: names of the functions and classes it stands in, and what the file says about names. */
export interface Surroundings extends Names {
  /** Of the functions and classes it stands in and their parameters, and of what it is bound to; the nearest first. */
  scopes: readonly string[];
  /** How surely another text beside it names an account. */
  certaintyOf(text: string): Certainty | undefined;
}

export interface Verdict {
  rule: RuleName;
  /** What it is compared with or kept in, as it is written; for the message. */
  about: string;
}

const rules: Readonly<Record<How, RuleName>> = {
  equality: 'account-equality',
  case: 'account-case',
  membership: 'account-membership',
  key: 'account-map',
  affix: 'account-affix',
  pattern: 'account-pattern',
  query: 'account-query',
  enum: 'account-enum',
  environment: 'account-environment',
  flag: 'account-flag',
  fallback: 'account-constant',
  argument: 'account-argument',
  decorator: 'account-argument',
  property: 'account-map',
  element: 'account-membership',
  held: 'account-constant',
  named: 'account-constant',
  setting: 'account-config',
};

const PREDICATE =
  /^(is|has|only|for|allow|allowed|enabled|can|require|requires|restrict|matches|belongs|unless|when|if)(_|(?=[A-Z])|$)|(only|for|_if|allowed|enabled)$/i;
const FLAG = /flag|feature|toggle|experiment|gate|rollout|switch/i;

/** Whether what names an account decides something there; nothing where it does not. */
export function judge(mention: Mention, situation: Situation, around: Surroundings): Verdict | undefined {
  const { how, subject = '' } = situation;
  const holders = situation.holders.filter(Boolean);
  const about = subject || holders[0] || around.scopes[0] || '';
  const yes = (rule: RuleName = rules[how]): Verdict => ({ rule, about });
  const certainty = strengthen(mention, situation, around);
  const isAddress =
    mention.match.naming === 'person' || (mention.match.naming === 'domain' && /@\S/.test(mention.text));
  const what = judgeSubject(subject, around);

  if (isAddress && (what === 'approver' || [...holders, ...around.scopes].some(isApprover)))
    return yes('approver-address');
  switch (how) {
    case 'equality':
    case 'case':
    case 'membership':
    case 'affix':
    case 'pattern':
    case 'query':
    case 'fallback':
      if (mention.form === 'prose' && how !== 'pattern') return undefined;
      if (mention.form === 'url' && (how === 'fallback' || how === 'query')) return undefined;
      if (NOTHING.test(subject)) return undefined;
      if (how === 'fallback' && certainty === 'ordinary' && !speaksOfAccounts(subject, around)) return undefined;
      if (how === 'case' && !subject) return certainty === 'unique' ? yes() : undefined;
      if (isSubdomain(mention, subject)) return yes();
      return compared(certainty, what, subject, around, holders, /\s/.test(mention.text)) &&
        (mention.form !== 'part' || certainty !== 'ordinary' || what === 'account')
        ? yes()
        : undefined;
    case 'key':
      if (mention.form === 'prose') return undefined;
      if (mention.form === 'part' && certainty === 'ordinary')
        return holders.some((name) => FLAG.test(name)) && isPrefix(mention) ? yes('account-flag') : undefined;
      return keyed(certainty, what, situation, around, mention.text) ? yes() : undefined;
    case 'enum':
      if (mention.form === 'prose') return undefined;
      return certainty === 'unique' ||
        (certainty === 'name' && !isForeignCollection(holders)) ||
        holders.some((name) => speaksOfAccounts(name, around))
        ? yes()
        : undefined;
    case 'environment':
      return customerNamed(mention, certainty) ? yes() : undefined;
    case 'flag':
      return mention.form !== 'prose' &&
        mention.form !== 'url' &&
        (certainty === 'unique' || certainty === 'name' || isPrefix(mention) || isFor(mention))
        ? yes()
        : undefined;
    case 'property':
      return property(mention, certainty, what, situation, around) ? yes() : undefined;
    case 'element':
    case 'held':
      return held(mention, certainty, situation, around) ? yes() : undefined;
    case 'argument':
    case 'decorator':
      return argument(mention, certainty, situation, around) ? yes() : undefined;
    case 'setting':
      return isSet(mention, certainty, situation, around) ? yes() : undefined;
    case 'named':
      return declared(mention, certainty, situation);
  }
}

/** `sso-for-acme` */
const isFor = ({ rest }: Mention): boolean => /(^|[-_:.])(for|only|in)[-_:.]?\s*$/i.test(rest.trim());

/** Compared with nothing, or with a literal: no account is asked for. */
const NOTHING = /^\s*(?:nil|null|none|undefined|true|false|nullptr|""|'')\s*$/i;

/** `acme-two-step`: the first word of several. */
const isPrefix = ({ rest }: Mention): boolean => /^\s[-_:.][a-z]+[-_:.][a-z]/i.test(rest);

/** `host === 'acme.product.example'`: the part before the product's own domain is an account's. */
const isSubdomain = ({ match, text, rest }: Mention, subject: string): boolean =>
  match.naming !== 'domain' &&
  /host|domain|origin|authority/i.test(subject) &&
  /^\s*\.[a-z0-9-]*/i.test(rest) &&
  text !== '';

/** A word that also means something else is surer beside one that does not. */
function strengthen({ match }: Mention, { peers }: Situation, around: Surroundings): Certainty {
  if (match.certainty !== 'ordinary') return match.certainty;
  const sure = peers.some((peer) => ['name', 'unique'].includes(around.certaintyOf(peer) ?? ''));
  return sure ? 'name' : 'ordinary';
}

/** The id of a thing that products call by a word of their own: `districtId`. */
const ENDS_IN_ID = /[a-z](?:I[dD]|_id)\W*$/;

function compared(
  certainty: Certainty,
  what: Subject,
  subject: string,
  around: Surroundings,
  holders: readonly string[],
  isWords: boolean,
): boolean {
  if (certainty === 'unique') return !(isWords && what === 'other');
  if (what === 'account') return true;
  if (what === 'foreign' || (what === 'other' && certainty !== 'name')) return false;
  const isSpoken = [...around.scopes, ...holders].some((name) => speaksOfAccounts(name, around));
  if (certainty === 'number')
    return what === 'unclear' && (isSpoken ? /id|no|number|code|key|pk/i.test(subject) : ENDS_IN_ID.test(subject));
  if (certainty === 'name') return true;
  return what === 'unclear' && isSpoken;
}

function keyed(
  certainty: Certainty,
  what: Subject,
  { holders, subject, gives }: Situation,
  around: Surroundings,
  literal: string,
): boolean {
  const isAccounts = holders.some((name) => speaksOfAccounts(name, around));
  if (subject !== undefined && what === 'account') return true;
  if (certainty === 'unique') return true;
  if (isAccounts) return true;
  const isSpoken = around.scopes.some((name) => speaksOfAccounts(name, around));
  if (what === 'foreign' || (isForeignCollection(holders) && !(certainty === 'name' && isSpoken))) return false;
  if (certainty === 'name') return true;
  if (certainty === 'number') return literal.length >= 5 && holders.some(isSpecial);
  return holders.some(isSpecial) && !isPicture(gives);
}

/** `{ tenant: 'globex', seats: 700 }` among overrides; not the example in a form or the address in a template. */
function property(
  mention: Mention,
  certainty: Certainty,
  what: Subject,
  { subject = '', holders, peers }: Situation,
  around: Surroundings,
): boolean {
  if (mention.form === 'prose' || mention.form === 'url') return false;
  const outside = [...holders.slice(1), ...around.scopes];
  if (what === 'foreign' || isExample(subject) || outside.some(isExample)) return false;
  // What tells all about an account is a record of it, kept or shown; it decides nothing.
  const told = peers.filter((peer) => RECORDED.test(peer)).length;
  if (told > 1 && !holders.slice(1).some((name) => OVERRIDES.test(name))) return false;
  const decides =
    peers.some(isSpecial) || holders.slice(1).some((name) => isSpecial(name) && !isForeignCollection([name]));
  if (!decides) return false;
  if (what === 'account') return certainty !== 'ordinary' || mention.form === 'whole';
  return (
    what === 'unclear' &&
    holders.slice(1).some((name) => isSpecial(name) || speaksOfAccounts(name, around)) &&
    (certainty === 'unique' || (certainty === 'name' && mention.form === 'whole'))
  );
}

const RECORDED = /^(id|name|slug|email|logo|image|description|created_?at|address|phone|website)$/i;
const OVERRIDES = /overrid|exception|special|vip|custom|exempt|allow|beta|grandfather|limits|quota/i;

const EXAMPLES = new Set(
  'example examples sample samples demo placeholder placeholders mock mocks dummy fake fakes fixture fixtures stub stubs seed seeds template templates story stories preview testdata test tests faker lorem'.split(
    ' ',
  ),
);
const isExample = (name: string): boolean => splitName(name).some((word) => EXAMPLES.has(word));

function held(mention: Mention, certainty: Certainty, { how, holders }: Situation, around: Surroundings): boolean {
  if (mention.form === 'prose' || mention.form === 'url') return false;
  if (certainty === 'number') return false;
  const names = holders.filter((name) => !/^[a-z]$/.test(name));
  const isAccounts = names.some((name) => isAccountName(name, around));
  if (isForeignCollection(names) && !isAccounts) return false;
  if (how === 'held' && mention.form === 'whole' && isNamedAfter(names[0] ?? '', mention, certainty, around))
    return ![...names, ...around.scopes].some((name) => isForeignCollection([name]));
  if (how === 'element') return certainty === 'ordinary' ? isAccounts : isAccounts || names.some(isSpecial);
  if (mention.form === 'part' && mention.match.naming !== 'domain') return false;
  return isAccounts && names.some((name) => isConstant(name) || splitName(name).some((word) => specialWords.has(word)));
}

function argument(
  mention: Mention,
  certainty: Certainty,
  { subject = '', how }: Situation,
  around: Surroundings,
): boolean {
  if (mention.form === 'prose' || mention.form === 'url' || certainty === 'number') return false;
  const callee = subject.split(/[.:>\s(]+/).at(-1) ?? subject;
  const isAccounts = speaksOfAccounts(subject, around);
  if (FLAG.test(subject)) return certainty !== 'ordinary' || isPrefix(mention) || isFor(mention);
  if (how === 'decorator') return certainty !== 'ordinary' || isAccounts;
  if (mention.form === 'part' && mention.match.naming !== 'domain') return false;
  if (PREDICATE.test(callee)) return certainty !== 'ordinary' || isAccounts;
  return isAccounts && certainty !== 'ordinary' && mention.match.naming !== 'name' && mention.match.naming !== 'domain';
}

/** `DUNMORE = 'dunmore-county'`: a constant for one account, read elsewhere. */
function isNamedAfter(name: string, { text }: Mention, certainty: Certainty, around: Surroundings): boolean {
  if (!isConstant(name)) return false;
  if (['name', 'unique'].includes(around.certaintyOf(name) ?? '')) return true;
  const words = new Set(splitName(text));
  return (
    (certainty === 'name' || certainty === 'unique') &&
    splitName(name).some((word) => words.has(word) && word.length > 3)
  );
}

const DATE =
  /_ymd|\b((local|zoned|offset|naive|primitive)?date(time|only|timeoffset|immutable)?|day|instant|time|carbon(immutable)?|strtotime|yearmonth)\b|\d{4}-\d{2}-\d{2}|Date\.(parse|new|of|UTC)|date\(/i;
const MONTHS = /renew|expir|until|since|end|start|sunset|cutoff|deadline|date|grace|migrat|term/i;

/** A constant that is named after an account and holds a date, a number or a switch. */
function declared(mention: Mention, certainty: Certainty, { holders, gives }: Situation): Verdict | undefined {
  if (certainty === 'ordinary' || certainty === 'number' || gives === undefined || mention.form === 'prose')
    return undefined;
  const about = mention.text + mention.rest;
  if (DATE.test(`${holders[0] ?? ''} ${gives}`) && (MONTHS.test(mention.rest) || /\d{4}/.test(gives)))
    return { rule: 'contract-date', about };
  if (/^[-+]?[\d_.,]+[a-zA-Z]*$|^(true|false)$/i.test(gives.trim()) && hasBusinessWord(mention.rest))
    return { rule: 'account-constant', about };
  return undefined;
}

/** `ACME_SEATS`; of a word that also means something else only what sounds like terms: `DELTA_SYNC` is none. */
function customerNamed(mention: Mention, certainty: Certainty): boolean {
  if (mention.form === 'prose' || mention.form === 'url' || certainty === 'number') return false;
  return certainty !== 'ordinary' || hasBusinessWord(mention.rest);
}

const hasBusinessWord = (text: string): boolean => splitName(text).some((word) => specialWords.has(word));
const speaksOfAccounts = (name: string, { nouns }: Surroundings): boolean =>
  splitName(name).some((word) => accountNouns.has(word) || nouns.has(word));
/** Its last noun is the account: `VIP_ACCOUNTS`, `betaOrgIds`; not `accountIcons`. */
const isAccountName = (name: string, around: Surroundings): boolean =>
  speaksOfAccounts(name, around) &&
  !splitName(name).some((word) => foreignCollections.has(word) || foreignWords.has(word));
const isSpecial = (name: string): boolean => splitName(name).some((word) => specialWords.has(word));
const isForeignCollection = (names: readonly string[]): boolean => {
  const words = splitName(names[0] ?? '');
  return words.some((word) => foreignCollections.has(word)) && !words.some((word) => accountNouns.has(word));
};
const isApprover = (name: string): boolean => /approv|signoff|sign_off|signator/i.test(name);
const isConstant = (name: string): boolean => /^[\p{Lu}\p{N}_]+$/u.test(name) || /^k?[\p{Lu}]/u.test(name);
/** A component, a function, an import: what a key of icons or pages gives. */
const isPicture = (gives = ''): boolean =>
  /^[A-Z][A-Za-z]+(Icon|View|Page|Component|Layout|Theme)?$|^import|^require|^\(.*=>|^function|^lambda/.test(
    gives.trim(),
  ) && !/^[A-Z_0-9]+$/.test(gives.trim());
