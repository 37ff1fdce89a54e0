import type { SourceFile } from '../source-file.ts';

/** What a text that holds a private key holds, to find such texts fast: the second is how every key of Ed25519 begins in base64. */
export const privateKeyMarks = ['PRIVATE KEY-----', 'MC4CAQAwBQYDK2VwBCIEI'] as const;

/** A PEM with its content, also where line ends became `\\n`; or the content of one of Ed25519, which fits a line. */
const KEY =
  /-----BEGIN (?:[A-Z0-9]{1,20} ){0,3}PRIVATE KEY-----(?:\s|\\r|\\n|["'`+, ]){0,80}[A-Za-z0-9+/]{40}|MC4CAQAwBQYDK2VwBCIEI[A-Za-z0-9+/]{43}/;

/** Where in a text a private key stands that is really there, not only spoken of: the index of its first character. */
export function privateKeyIn(text: string): number | undefined {
  const index = text.search(KEY);
  return index < 0 ? undefined : index;
}

/** Whether lines of a file may be repeated in a report, which more people read than the file. */
export const mayBeShown = ({ path, bytes }: SourceFile): boolean =>
  !/(?:\.(?:pem|key)|(?:^|\/)(?:\.npmrc|id_\w+))$/.test(path) &&
  privateKeyIn(new TextDecoder().decode(bytes)) === undefined;
