const characters: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  '#34': '"',
  '#39': "'",
  '#x22': '"',
  '#x27': "'",
  '#38': '&',
  '#x26': '&',
  '#60': '<',
  '#62': '>',
};

/**
 * Code in an attribute with its entities decoded, as long as before: what stands together stays together, and the room that is left
 * over is outside of quotes.
 */
export function decodeEntities(code: string): string {
  if (!code.includes('&')) return code;
  let isOpen = false;
  return code.replace(/(?:&(?:amp|lt|gt|quot|apos|#34|#39|#x22|#x27|#38|#x26|#60|#62);)+/gi, (run) => {
    const decoded = run.replace(/&([^;]+);/g, (_, name: string) => characters[name.toLowerCase()] ?? ' ');
    const quotes = decoded.match(/["']/g)?.length ?? 0;
    const begins = !isOpen && quotes % 2 === 1;
    if (quotes % 2 === 1) isOpen = !isOpen;
    return begins ? decoded.padStart(run.length) : decoded.padEnd(run.length);
  });
}
