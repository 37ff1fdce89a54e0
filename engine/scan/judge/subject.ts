import { splitName } from '../names/split-name.ts';
import { accountNouns, foreignWords, idWords, modifiers, otherNouns } from './vocabulary.ts';

/**
 * What stands on the other side of a comparison: `account`, an identifier of one; `host`, where a request or an address comes from;
 * `person`, who somebody is; `other`, the id of another thing; `foreign`, an attribute that is never which account it is;
 * `unclear`, none of these (`t`, `slug`, `value`).
 */
export type Subject = 'account' | 'approver' | 'unclear' | 'other' | 'foreign';

// What is done to a text before it is compared, and what leads to a value.
const STEPS = new Set(
  (
    'tolowercase touppercase lower upper downcase upcase casefold trim strip tostring to_s to_i to_a to_str tos presence squish chomp string str valueof toinvariant tolowerinvariant toupperinvariant tolocalelowercase ' +
    'lowercase uppercase unwrap as_str asstr clone to_owned toowned as_deref asderef unwrap_or_default get first last value val this self cls super await new return not equals ' +
    'split at pop shift text orempty orelse ornull presence to_sym tosym intern to_string hash strtolower strtoupper mb_strtolower substr lcase ucase coalesce trimspace tolower toupper strings ' +
    'int number parseint bigint i64 u64 as_ref asref ref deref borrow inner data attributes props params param args arg query body headers header request req res ctx context session claims payload'
  ).split(' '),
);
const APPROVERS = new Set([
  'approver',
  'approvers',
  'approved',
  'approval',
  'approvals',
  'approve',
  'signoff',
  'reviewer',
  'signatory',
]);
const COUNTS = /^\W*(len|count|size|sizeof|strlen|mb_strlen|sum|min|max|array_sum)\s*\(/i;
const NAME = /[\p{L}_$][\p{L}\p{N}_$]*/gu;

/** What stands before a product's own domain is an account's in most products. */
const SUBDOMAIN = /^sub(?:domains?)?$/;

const OTHER_ACCOUNTS = new Set(
  'signer signed user author committer actor bot login linked ledger gl bank cloud aws gcp azure service savings checking iban social github twitter smtp debit credit revenue asset env environment sts stack nominal clearing suspense'.split(
    ' ',
  ),
);

/** The names an expression consists of, from the outermost to the one that is read, without what only leads there. */
function chainOf(expression: string): string[] {
  const names = expression.slice(0, 400).match(NAME) ?? [];
  const telling = names.filter((name) => !STEPS.has(name.toLowerCase()));
  return telling.length > 0 ? telling : names;
}

/** What is looked up by an account, or worked out of one, is no account: `limits[accountId]`, `cache.get(tenant.id)`, `account.id % 10`. */
function withoutLookups(expression: string): string {
  if (!/[[(%*/]/.test(expression)) return expression;
  let text = expression.slice(0, 400);
  for (let before = ''; before !== text; ) {
    before = text;
    text = text
      .replace(/(?<=[\w\])])\[[^[\]"'`:]*\]/g, '')
      .replace(/([\w$]+)\s*\(([^()"'`]*)\)/g, (_, name: string, given: string) =>
        LOOKS_UP.test(name) && /\w/.test(given) && !/[|=>]/.test(given) ? 'value' : `${name} ${given}`,
      );
  }
  return /\s[%*/]\s/.test(text) ? 'value' : text;
}

const LOOKS_UP =
  /^(get|getOrDefault|get_or_default|fetch|lookup|read|load|find|dig|count|sum|hget|has|exists|usage|limit)s?(For|Of|By|_for|_of|_by)?$/i;

/** What a file says about its names. */
export interface Names {
  /** The declared type. */
  typeOf(name: string): string | undefined;
  /** What it stands for. */
  originOf(name: string): string | undefined;
  /** More words for an account: of the policy. */
  nouns: ReadonlySet<string>;
}

/** What an expression is about; of one that does not tell, what it begins with stands for. */
export function judgeSubject(given: string, names: Names): Subject {
  const expression = withoutLookups(given);
  const root = /[\p{L}_$][\p{L}\p{N}_$]*/u.exec(expression)?.[0] ?? '';
  const told = judgeExpression(expression, names.typeOf(root), names.nouns);
  if (told !== 'unclear') return told;
  const origin = root === '' ? undefined : names.originOf(root);
  if (origin === undefined || origin === expression) return told;
  const again = judgeExpression(expression.replace(root, origin), undefined, names.nouns);
  // A value that is worked out of an account need not be which it is.
  return again === 'account' || again === 'approver' ? again : told;
}

function judgeExpression(expression: string, typeName: string | undefined, nouns: ReadonlySet<string>): Subject {
  if (COUNTS.test(expression)) return 'foreign';
  const chain = chainOf(expression).map((name) => splitName(name).filter((word) => word !== 'get'));
  const filled = chain.filter((words) => words.length > 0);
  const tail = filled.at(-1);
  if (!tail) return 'unclear';
  const head = filled.slice(0, -1);
  if (filled.some((words) => words.some((word) => APPROVERS.has(word)))) return 'approver';
  const isNoun = (word: string): boolean => accountNouns.has(word) || nouns.has(word) || SUBDOMAIN.test(word);
  const last = tail.at(-1) ?? '';
  const nounAt = tail.findLastIndex(isNoun);
  // A ledger's, a bank's or a cloud's account is nobody's.
  if (
    tail[nounAt]?.startsWith('acc') &&
    [...tail.slice(0, nounAt), ...(head.at(-1) ?? [])].some((word) => OTHER_ACCOUNTS.has(word))
  )
    return 'other';
  // `maximumWalletsPerCustomer`: a number of something else.
  if (tail.slice(0, nounAt).some((word) => word === 'per' || word === 'count')) return 'other';
  if (nounAt >= 0) {
    // `wallets_per_customer` is how many.
    if (tail[nounAt - 1] === 'per') return 'foreign';
    const after = tail.slice(nounAt + 1);
    if (after.every((word) => idWords.has(word) || modifiers.has(word) || /^\d+$/.test(word))) return 'account';
    return after.some((word) => foreignWords.has(word)) ? 'foreign' : 'other';
  }
  if (foreignWords.has(last)) return 'foreign';
  const identifies = tail.every((word) => idWords.has(word) || modifiers.has(word));
  if (!identifies)
    return tail.some((word) => otherNouns.has(word))
      ? 'other'
      : tail.some((word) => foreignWords.has(word))
        ? 'foreign'
        : 'unclear';
  const holder = head.at(-1);
  const typed = typeName === undefined || head.length > 1 ? [] : splitName(typeName);
  if (holder?.some(isNoun) || typed.some(isNoun)) return 'account';
  const about = [...(holder ?? []), ...typed];
  if (about.some((word) => otherNouns.has(word))) return 'other';
  return about.some((word) => foreignWords.has(word)) ? 'foreign' : 'unclear';
}
