import { wordsOf } from './words-of.ts';

/** What a company is in law, in the ways to write each; one row is one form. */
const forms = [
  ['inc', 'incorporated'],
  ['corp', 'corporation'],
  ['co', 'company'],
  ['ltd', 'limited'],
  ['pty', 'proprietary'],
  ['llc'],
  ['llp'],
  ['lp'],
  ['plc'],
  ['gmbh'],
  ['ag'],
  ['kg'],
  ['kgaa'],
  ['ohg'],
  ['ug'],
  ['ev'],
  ['se'],
  ['sa'],
  ['sas'],
  ['sarl'],
  ['srl'],
  ['spa'],
  ['sl'],
  ['bv'],
  ['nv'],
  ['ab', 'abp'],
  ['as'],
  ['asa'],
  ['aps'],
  ['oy'],
  ['oyj'],
  ['kk'],
  ['pte'],
  ['pvt'],
  ['ltda'],
  ['sro'],
  ['doo'],
  ['oo'],
  ['group', 'grp'],
  ['holding'],
  ['holdings'],
] as const;

const spellings = new Map<string, readonly string[]>(forms.flatMap((row) => row.map((word) => [word, row])));
/** Those that are nothing else, however they are written. */
const written = new Set(
  'inc incorporated corp corporation co company ltd limited pty llc llp plc gmbh kgaa sarl ltda oyj group grp holding holdings'.split(
    ' ',
  ),
);
const fillers = new Set(['and', 'und', 'et', '&', 'sp.', 'z', 'y']);

/** `Acme & Co. KG` → the words before its legal form, and the words of that. */
function splitForm(name: string): { words: readonly string[]; form: readonly string[] } {
  const words = name.split(/[\s,]+/).filter(Boolean);
  let end = words.length;
  const isFiller = (word: string) => end < words.length && fillers.has(word.toLowerCase());
  while (end > 1 && (isForm(words[end - 1] ?? '') || isFiller(words[end - 1] ?? ''))) end--;
  return { words: words.slice(0, end), form: words.slice(end) };
}

function isForm(word: string): boolean {
  const form = wordsOf(word);
  // A day spa is no S.p.A., and `as` is a word.
  return spellings.has(form) && (written.has(form) || /\p{Lu}.*\p{Lu}|[./]/u.test(word));
}

/** Whether a word, in the spelling of `wordsOf`, is what companies are in law. */
export const isLegalForm = (word: string): boolean => spellings.has(word);

/** Whether a name says what the company is in law. */
export const hasLegalForm = (name: string): boolean => splitForm(name).form.length > 0;

/** A name as it is, without its legal form, and with that form written otherwise (`Acme Corp`, `Acme Corporation`). */
export function nameForms(name: string): string[] {
  const { words, form } = splitForm(name.trim());
  const [only, ...more] = form;
  const others = only !== undefined && more.length === 0 ? (spellings.get(wordsOf(only)) ?? []) : [];
  const base = words.join(' ');
  return [...new Set([name.trim(), base, ...others.map((other) => `${base} ${other}`)])];
}
