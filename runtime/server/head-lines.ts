import { validateHeaderName, validateHeaderValue } from 'node:http';

/** Lines of a head as they are sent, from names and values in turn. @throws TypeError for what would end a line, or the head. */
export function linesOf(namesAndValues: readonly string[]): string {
  let lines = '';
  for (let at = 0; at < namesAndValues.length; at += 2) {
    const [name = '', value = ''] = namesAndValues.slice(at, at + 2);
    validateHeaderName(name);
    validateHeaderValue(name, value);
    lines += `${name}: ${value}\r\n`;
  }
  // Of bytes, it lies in one piece: what was joined would be gone through bit by bit whenever it is written.
  return Buffer.from(lines, 'latin1').toString('latin1');
}

/** Names and values in turn, from the lines they were made to. */
export const namesAndValuesOf = (lines: string): string[] =>
  lines
    .split('\r\n')
    .slice(0, -1)
    .flatMap((line) => {
      const end = line.indexOf(': ');
      return [line.slice(0, end), line.slice(end + 2)];
    });
