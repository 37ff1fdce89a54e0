/** The tokens of a file, as `engine/scan/mark.ts` describes them, written down a second time and without any care for speed. */
export function fileTokens(text: string): Set<string> {
  const tokens = new Set<string>();
  const bytes = Buffer.from(text).toString('latin1');
  const joined = bytes.replace(/(?<![A-Za-z0-9])[0-9]+(?:_[0-9]+)*(?=[0-9])?/g, (run) => run.replaceAll('_', ''));
  for (const [run] of joined.matchAll(/[A-Za-z0-9]+|[\x80-\xff]+/g)) {
    const token = Buffer.from(run, 'latin1').toString('utf8');
    tokens.add(token);
    if (!/^[A-Za-z0-9]/.test(run)) continue;
    let hump = '';
    for (let at = 0; at < run.length; at++) {
      const [before, here, after] = [run[at - 1] ?? '', run[at] ?? '', run[at + 1] ?? ''];
      const begins = /[A-Z]/.test(here) && (/[a-z0-9]/.test(before) || (/[A-Z]/.test(before) && /[a-z]/.test(after)));
      if (begins) {
        tokens.add(hump);
        hump = '';
      }
      hump += here;
    }
    tokens.add(hump);
  }
  return tokens;
}
