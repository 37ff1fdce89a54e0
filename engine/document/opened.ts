/** What stands open at an offset. */
export interface Opened {
  /** The quote that is not closed, or closes only on a later line with something behind it. */
  quote?: number;
  /** The innermost bracket. */
  bracket?: number;
}

/** Reads a text from the begin of a sound line (`from`) to where the parser gave up, minding quotes and comments. */
export function findOpened(text: string, from: number, at: number): Opened {
  const brackets: number[] = [];
  let startsToken = true;
  for (let here = from; here < at; here++) {
    const character = text[here] ?? '';
    if (startsToken && (character === '"' || character === "'")) {
      const close = findClose(text, here, character);
      const isLate = close < at && text.slice(here, close).includes('\n') && /^["'][ \t]*$/.test(text.slice(close, at));
      if (close >= at || isLate) return { quote: here };
      here = close;
      startsToken = false;
    } else if (character === '#' && /\s/.test(text[here - 1] ?? ' ')) {
      const end = text.indexOf('\n', here);
      here = end === -1 ? at : end;
      startsToken = true;
    } else if ((character === '[' || character === '{') && (startsToken || brackets.length > 0)) {
      brackets.push(here);
      startsToken = true;
    } else if ((character === ']' || character === '}') && brackets.length > 0) {
      brackets.pop();
      startsToken = false;
    } else if (character === '\n' || (character === ',' && brackets.length > 0)) startsToken = true;
    else if (/[:?-]/.test(character)) startsToken = /\s/.test(text[here + 1] ?? ' ');
    else if (character !== ' ' && character !== '\t') startsToken = false;
  }
  return { bracket: brackets.at(-1) };
}

function findClose(text: string, open: number, quote: string): number {
  for (let at = open + 1; at < text.length; at++) {
    if (text[at] === '\\' && quote === '"') at++;
    else if (text[at] === quote && quote === "'" && text[at + 1] === quote) at++;
    else if (text[at] === quote) return at;
  }
  return text.length;
}

/** The last double quote that no backslash takes for content. */
export function findLastQuote(text: string): number | undefined {
  for (let quote = text.lastIndexOf('"'); quote !== -1; quote = text.lastIndexOf('"', quote - 1)) {
    let before = quote;
    while (text[before - 1] === '\\') before--;
    if ((quote - before) % 2 === 0) return quote;
    if (quote === 0) break;
  }
  return undefined;
}
