/** What a pattern in a text escapes. */
export const ESCAPED = /\\+[-.]/;

/** Nobody writes a longer one. */
const LONGEST = 4_000;

/** A pattern without its signs: what is left are the words that it looks for. */
export const unescapePattern = (pattern: string): string =>
  pattern
    .slice(0, LONGEST)
    // `acme[ -]corp`, `acme\s*corp`: what may stand between.
    .replace(/\[(?:\\s|[^\]\p{L}\p{N}])*\][?*+]?|\\s[?*+]/gu, '-')
    .replace(/\\[AzZbBdDwWsS]/g, ' ')
    .replace(/\\+(.)/g, '$1')
    .replace(/[\^$*+?()[\]{}|]/g, ' ');
