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
  ['ab'],
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
  ['zoo'],
  ['group', 'grp'],
  ['holding'],
  ['holdings'],
] as const;

const spellings = new Map<string, readonly string[]>(forms.flatMap((row) => row.map((word) => [word, row])));
const fillers = new Set(['the', 'and', 'und', 'et', '&', 'co', 'sp', 'z', 'o']);

/** `Acme & Co. KG` → the words before its legal form, and the words of that. */
function splitForm(name: string): { words: readonly string[]; form: readonly string[] } {
  const words = name.split(/[\s,]+/).filter(Boolean);
  let end = words.length;
  while (end > 1 && isForm(words[end - 1] ?? '')) end--;
  while (end > 1 && end < words.length && fillers.has((words[end - 1] ?? '').toLowerCase())) end--;
  return { words: words.slice(0, end), form: words.slice(end) };
}

const isForm = (word: string): boolean => /^\(?[\p{L}.&]+\)?\.?$/u.test(word) && spellings.has(wordsOf(word));

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
