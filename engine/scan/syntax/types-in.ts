const NAME = /^[\p{L}_$][\p{L}\p{N}_$]*$/u;

/** The declared type of a name, read off the text: `c: Customer`, `Customer c`, `c *Customer`. */
export function typesIn(text: string): (name: string) => string | undefined {
  const known = new Map<string, string | undefined>();
  const find = (name: string): string | undefined => {
    const written = name.replaceAll('$', '\\$');
    const patterns = [
      `(?<![\\w$.])${written}\\??\\s{0,20}:\\s{0,20}[&*]{0,4}(?:Readonly<|Partial<|Optional\\[)?([A-Z][\\w.]{0,80})`,
      `(?<![\\w$.])([A-Z][\\w.]{0,80})(?:<[^>\\n]{0,80}>)?[?&]?\\s{1,20}${written}(?![\\w$(])`,
      `(?<![\\w$.])${written}\\s{1,20}\\*?(?:\\w{1,40}\\.)?([A-Z]\\w{0,80})`,
    ];
    for (const pattern of patterns) {
      const type = new RegExp(pattern).exec(text)?.[1];
      if (type) return type;
    }
    return undefined;
  };
  return (name) => {
    if (!NAME.test(name)) return undefined;
    if (!known.has(name)) known.set(name, find(name));
    return known.get(name);
  };
}
