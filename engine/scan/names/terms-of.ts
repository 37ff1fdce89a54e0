import type { Account } from './account.ts';
import { certaintyOfName, certaintyOfOther } from './certainty-of.ts';
import type { Certainty, Naming, Spelling } from './dictionary.ts';
import { nameForms } from './legal-forms.ts';
import { isPublicMail } from './public-mail.ts';
import { germanWordsOf, wordsOf } from './words-of.ts';

/** One thing that product source may name an account by. */
export interface Term {
  spelling: Spelling;
  /** As it is looked up. */
  text: string;
  /** As people write it, with what stands between its parts. */
  written: string;
  certainty: Certainty;
  naming: Naming;
}

/** What is asked of a word: whether it also means something else in this product, or stands for nobody. */
export interface Judged {
  isOrdinary(words: string): boolean;
  isSentinel(words: string): boolean;
}

/** Everything that names an account, each in the spelling it is looked up in; some of it may come twice. */
export function termsOf(account: Account, judged: Judged): Term[] {
  const terms: Term[] = [];
  const addWords = (written: string, certainty: Certainty, naming: Naming) => {
    for (const text of new Set([wordsOf(written), germanWordsOf(written)]))
      if (text.length > 1 && !judged.isSentinel(text))
        terms.push({ spelling: 'words', text, written, certainty, naming });
  };
  const addName = (written: string, naming: Naming) => {
    if (isNumber(written)) return addNumber(written, naming);
    addWords(written, certaintyOfName(written, judged.isOrdinary), naming);
  };
  const addNumber = (written: string, naming: Naming) => {
    for (const text of new Set([written, written.replace(/^0+(?=.)/, '')]))
      terms.push({ spelling: 'number', text, written: text, certainty: 'number', naming });
  };

  addName(account.id, 'id');
  for (const form of nameForms(account.name)) addName(form, 'name');
  const first = firstWord(account.name);
  if (first && !judged.isOrdinary(wordsOf(first))) addWords(first, 'name', 'name');
  for (const alias of account.aliases) for (const form of nameForms(alias)) addName(form, 'alias');
  for (const id of Object.values(account.externalIds)) {
    if (isNumber(id)) addNumber(id, 'external id');
    else addWords(id, certaintyOfOther(id, judged.isOrdinary), 'external id');
  }
  for (const domain of account.domains)
    for (const text of domainForms(domain))
      if (!isPublicMail(text))
        terms.push({ spelling: 'domain', text, written: text, certainty: 'unique', naming: 'domain' });
  for (const person of account.people) {
    const text = person.trim().toLowerCase();
    if (text.includes('@'))
      terms.push({ spelling: 'email', text, written: text, certainty: 'unique', naming: 'person' });
  }
  return terms;
}

/** Of a name of several words what people say for it; not what is short. */
const firstWord = (name: string): string | undefined => /^\s*([\p{L}\p{N}'’-]{5,})[\s,]/u.exec(name)?.[1];

const isNumber = (text: string): boolean => /^[0-9]+$/.test(text);

/** In lower case; where it has letters of other scripts, also as name servers know it. */
function domainForms(domain: string): string[] {
  const text = domain
    .trim()
    .toLowerCase()
    .replace(/^[@.]+|\.+$/g, '');
  if (!text.includes('.')) return [];
  if (!/[^\0-\x7f]/.test(text)) return [text];
  return URL.canParse(`https://${text}`) ? [text, new URL(`https://${text}`).hostname] : [text];
}
