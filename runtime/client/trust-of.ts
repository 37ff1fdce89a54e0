import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Keyset, readPinned } from '../snapshot/keyset.ts';
import { SnapshotError } from '../snapshot/object.ts';
import type { OpenOptions } from './open-terms.ts';
import type { TakenHead } from './read-head.ts';
import { TermsError } from './terms-error.ts';

/** Whom a reader believes. @throws TermsError (`untrusted`, `badKeys`) */
export function trustOf(
  { keys, unsigned }: Pick<OpenOptions, 'keys' | 'unsigned'>,
  environment: string,
): TakenHead['trust'] {
  if (keys !== undefined) return readKeys(keys);
  if (unsigned ?? environment === 'local') return 'unsigned';
  throw new TermsError(
    'untrusted',
    `releases of ${environment} are checked with keys, and none were given: say \`keys\`, or \`unsigned: true\` for trying out`,
  );
}

const belongs = 'what belongs there is `keys/1.json` of the repository of terms, the file `proviso keys init` writes';

const bad = (what: string, cause?: unknown): TermsError => new TermsError('badKeys', `\`keys\`: ${what}`, { cause });

function readKeys(keys: string | Uint8Array): Keyset {
  if (typeof keys === 'string' && /^\s*{|\n|-----BEGIN/.test(keys))
    throw bad(`this is the text of a file; give its path, such as 'keys/1.json', or its bytes, Buffer.from(text)`);
  const path = typeof keys === 'string' ? resolve(keys) : undefined;
  const bytes = typeof keys === 'string' ? readFile(resolve(keys)) : keys;
  try {
    return readPinned(bytes);
  } catch (error) {
    if (!(error instanceof SnapshotError)) throw error;
    throw bad(`${path ?? 'the bytes that were given'} cannot be used: ${whyNot(bytes, error)}; ${belongs}`, error);
  }
}

function whyNot(bytes: Uint8Array, { message }: SnapshotError): string {
  const begin = Buffer.from(bytes.subarray(0, 64)).toString('latin1');
  if (!begin.includes('-----BEGIN')) return message;
  return begin.includes('PRIVATE') ? 'it is a private key, which no product needs' : 'it is PEM and no keyset';
}

function readFile(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
    throw bad(`${problems[code]?.(path) ?? `${path} cannot be read (${code})`}; ${belongs}`, error);
  }
}

const problems: Readonly<Record<string, (path: string) => string>> = {
  ENOENT: (path) => `there is no file ${path}`,
  EISDIR: (path) => `${path} is a folder, and the path of a file is needed`,
};
