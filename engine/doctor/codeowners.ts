import type { Place } from '../diagnostic.ts';
import { pathPattern } from './path-pattern.ts';
import type { Setup } from './setup.ts';
import { linesOf } from './text-lines.ts';

export interface OwnerLine {
  pattern: string;
  owners: readonly string[];
  at: Place;
  /** GitHub leaves the line out: a form it does not know. */
  unsupported?: string;
  matches(path: string): boolean;
}

export interface CodeOwners {
  path: string;
  lines: readonly OwnerLine[];
  /** Above this GitHub reads none of it. */
  isTooLarge: boolean;
}

const MOST_BYTES = 3 * 1024 * 1024;

/** The file GitHub takes where there are several. */
export function readCodeOwners({ files }: Setup): CodeOwners | undefined {
  const file = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS'].map((path) => files.get(path)).find(Boolean);
  if (!file) return undefined;
  const lines = linesOf(file).flatMap(({ text, at }) => {
    const words = text
      .replace(/(^|\s)#.*$/, '')
      .trim()
      .split(/(?<!\\)\s+/);
    const [pattern = '', ...owners] = words;
    return pattern === '' ? [] : [ownerLine(pattern, owners, at)];
  });
  return { path: file.path, lines, isTooLarge: file.bytes.length > MOST_BYTES };
}

function ownerLine(pattern: string, owners: readonly string[], at: Place): OwnerLine {
  const unsupported = pattern.startsWith('!')
    ? 'a pattern that begins with !'
    : /[[\]]/.test(pattern)
      ? 'a pattern with [ ]'
      : pattern.startsWith('\\#')
        ? 'a pattern that begins with \\#'
        : undefined;
  return { pattern, owners, at, unsupported, matches: unsupported ? () => false : pathPattern(pattern) };
}

/** The last line that matches decides; none of it owns what no line matches. */
export const ownerOf = ({ lines }: CodeOwners, path: string): OwnerLine | undefined =>
  lines.findLast((line) => line.matches(path));
