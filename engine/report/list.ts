/** `a`, `a and b`, `a, b and c`; of many the first ones and how many more. */
export function list(words: readonly string[], most = 10): string {
  const rest = words.length - most;
  const shown = rest > 0 ? [...words.slice(0, most), `${rest} more`] : words;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}
