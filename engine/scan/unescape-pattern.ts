/** What a pattern in a text escapes. */
export const ESCAPED = /\\+[-.]/;

/** A pattern without its signs: what is left are the words that it looks for. */
export const unescapePattern = (pattern: string): string =>
  pattern
    .replace(/\\[AzZbBdDwWsS]/g, ' ')
    .replace(/\\+(.)/g, '$1')
    .replace(/[\^$*+?()[\]{}|]/g, ' ');
