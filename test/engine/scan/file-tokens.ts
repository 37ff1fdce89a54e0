/** The tokens of a file, as `engine/scan/names/mark.ts` describes them, written down a second time and without any care for speed. */
export function fileTokens(text: string): Set<string> {
  const bytes = Buffer.from(text).toString('latin1');
  const runs = bytes.match(/[A-Za-z0-9]+/g) ?? [];
  const escaped = bytes.match(/(?<=\\[A-Za-z])[A-Za-z0-9]+/g) ?? [];
  const others = bytes.match(/[\x80-\xff]+/g) ?? [];
  return new Set([
    ...numbersIn(bytes),
    ...others.map((run) => Buffer.from(run, 'latin1').toString('utf8')),
    ...[...runs, ...escaped].flatMap((run) => [run, ...humpsOf(run)]),
  ]);
}

function numbersIn(bytes: string): string[] {
  const numbers: string[] = [];
  for (const [number] of bytes.matchAll(/(?<![A-Za-z0-9])[0-9]+(?:_[0-9]+)*/g))
    for (let rest = number; rest !== ''; rest = rest.replace(/^[0-9]+_?/, '')) numbers.push(rest.replaceAll('_', ''));
  return numbers;
}

function humpsOf(run: string): string[] {
  const humps: string[] = [];
  let hump = '';
  for (let at = 0; at < run.length; at++) {
    const [before, here, after] = [run[at - 1] ?? '', run[at] ?? '', run[at + 1] ?? ''];
    const begins = /[A-Z]/.test(here) && (/[a-z0-9]/.test(before) || (/[A-Z]/.test(before) && /[a-z]/.test(after)));
    if (begins) {
      humps.push(hump);
      hump = '';
    }
    hump += here;
  }
  return [...humps, hump];
}
