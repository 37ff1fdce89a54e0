/** Columns a text takes in a terminal: East Asian wide characters and most emoji take two, marks on a letter none. */
export function width(text: string): number {
  let columns = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code >= 0x300 && /\p{Mark}/u.test(character)) continue;
    columns += isWide(code) ? 2 : 1;
  }
  return columns;
}

const wide: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2e80, 0x303e],
  [0x3041, 0xa4cf],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
  [0x1f300, 0x1faff],
  [0x20000, 0x3fffd],
];
const isWide = (code: number): boolean => code >= 0x1100 && wide.some(([first, last]) => code >= first && code <= last);
