import type { Dictionary, Match, Spelling } from './dictionary.ts';
import { wordsOf } from './words-of.ts';

/** A text that names an account: `whole` of it does, a `part` (`globex-eu`), a word in `prose`, or an address on the web. */
export interface Mention {
  match: Match;
  /** What names it, as it is written. */
  text: string;
  form: 'whole' | 'part' | 'prose' | 'url';
  /** What comes before and after it, in lower-case words. */
  rest: string;
}

const RUN = /[\p{L}\p{M}\p{N}]+/gu;
// A hump begins at a capital after a small letter or a digit, and at the last capital of several: the same as for the marks.
const HUMP = /\p{Lu}+(?!\p{Ll})[\p{N}\p{M}]*|\p{Lu}?[\p{Ll}\p{Lo}\p{M}\p{N}]+/gu;
const DOMAIN = /(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+\p{L}[\p{L}\p{N}-]*/gu;
const EMAIL = /[\p{L}\p{N}._%+-]+@(?:[\p{L}\p{N}-]+\.)+\p{L}[\p{L}\p{N}-]*/gu;
/** A gap between parts of one name: `north-star`, `Pixel & Co`. */
const LONGEST_GAP = 3;
const LONGEST = 4_000;

/** Every account a text names; of spellings that overlap, the longest. */
export function mentionsIn(given: string, dictionary: Dictionary, isPattern = false): Mention[] {
  const text = given.slice(0, LONGEST);
  const taken: [number, number][] = [];
  const found: Mention[] = [];
  const take = (spelling: Spelling, value: string, start: number, end: number): boolean => {
    if (taken.some(([from, to]) => start < to && from < end)) return true;
    const [match] = dictionary.lookUp(spelling, value);
    if (!match) return false;
    taken.push([start, end]);
    found.push({
      match,
      text: text.slice(start, end),
      form: isPattern ? 'part' : formOf(text, start, end),
      rest: `${text.slice(0, start)} ${text.slice(end)}`,
    });
    return true;
  };
  for (const { 0: address, index } of text.matchAll(EMAIL))
    take('email', address.toLowerCase(), index, index + address.length);
  for (const { 0: host, index } of text.matchAll(DOMAIN)) {
    const labels = host.toLowerCase().split('.');
    for (let from = 0; from < labels.length - 1; from++)
      if (take('domain', labels.slice(from).join('.'), index, index + host.length)) break;
  }
  const digits = text.trim();
  if (/^\d[\d_]*$/.test(digits) && take('number', digits.replaceAll('_', ''), 0, text.length)) return found;
  takeRuns(text, RUN, dictionary, take);
  takeRuns(text, HUMP, dictionary, take);
  return found;
}

type Take = (spelling: Spelling, value: string, start: number, end: number) => boolean;

function takeRuns(text: string, pattern: RegExp, { mostParts }: Dictionary, take: Take): void {
  const parts = [...text.matchAll(pattern)].map(({ 0: part, index }) => ({
    part,
    start: index,
    end: index + part.length,
  }));
  for (let from = 0; from < parts.length; from++) {
    const first = parts[from];
    if (!first) continue;
    const runs: { words: string; end: number; to: number }[] = [];
    let words = '';
    let end = first.start;
    for (let to = from; to < Math.min(parts.length, from + mostParts); to++) {
      const part = parts[to];
      if (!part || part.start - end > LONGEST_GAP) break;
      words += wordsOf(part.part);
      end = part.end;
      runs.push({ words, end, to });
    }
    const longest = runs.reverse().find((run) => take('words', run.words, first.start, run.end));
    if (longest) from = longest.to;
  }
}

function formOf(text: string, start: number, end: number): Mention['form'] {
  const rest = text.slice(0, start) + text.slice(end);
  if (!/[\p{L}\p{N}]/u.test(rest)) return 'whole';
  if (/^\w+:\/\//.test(text.trim())) return 'url';
  return /\s/.test(text.trim()) ? 'prose' : 'part';
}
