import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { ServerError } from './server-error.ts';
import { type FindHolder, holdersOf, parseTokens } from './tokens.ts';

/** Tokens that follow their file. */
export interface KeptTokens {
  find: FindHolder;
  close(): void;
}

export interface KeepTokens {
  /** Milliseconds between two looks at the file. */
  every: number;
  now(): number;
  /** Told what is wrong with the file; the tokens it had go on to count. */
  onTrouble(error: Error): void;
  onChange?(tokens: number): void;
}

/**
 * Reads a file of tokens and reads it again and again, as files of containers change in ways nobody is told of. What two
 * looks in a row find counts: a file that is being written is no file with fewer tokens.
 *
 * @throws ServerError when there is no such file, or something is wrong with it.
 */
export function keepTokens(file: string, { every, now, onTrouble, onChange }: KeepTokens): KeptTokens {
  let text = readFirst(file);
  let find = holdersOf(parsed(file, text), now);
  let seen = text;
  let problem = '';
  const complain = (error: unknown): void => {
    const trouble = error instanceof Error ? error : new Error(String(error));
    // Once, and again when it is another.
    if (trouble.message !== problem) onTrouble(trouble);
    problem = trouble.message;
  };
  const look = async (): Promise<void> => {
    try {
      const read = await readFile(file, 'utf8');
      if (read === seen && read !== text) {
        const lines = parsed(file, read);
        text = read;
        find = holdersOf(lines, now);
        onChange?.(lines.length);
      }
      if (read === text) problem = '';
      seen = read;
    } catch (error) {
      complain(error instanceof ServerError ? error : unreadable(file, error, 'those it had go on to count'));
    }
    if (!isClosed) timer = again();
  };
  const again = (): NodeJS.Timeout => setTimeout(() => void look(), every).unref();
  let isClosed = false;
  let timer = again();
  return {
    find: (token) => find(token),
    close: () => {
      isClosed = true;
      clearTimeout(timer);
    },
  };
}

function readFirst(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw unreadable(file, error);
  }
}

/** What is wrong, and what it means for who asks; `help` is for who starts a server, and is in no log. */
function unreadable(file: string, cause: unknown, meanwhile?: string): ServerError {
  const code = (cause as NodeJS.ErrnoException | undefined)?.code ?? String(cause);
  const [what, help] = whyUnreadable[code] ?? [`: ${code}`, 'name a file of lines that `proviso tokens new` makes'];
  const then = meanwhile === undefined ? '' : `; ${meanwhile}`;
  return new ServerError('badTokens', `the tokens ${file} cannot be read${what}${then}`, help, { cause });
}

const mayNot: [string, string] = [
  ': this user may not',
  '`proviso tokens new` makes a file for its owner alone: give it to the user the server runs as, or let others read it, as it holds hashes',
];
const whyUnreadable: Readonly<Record<string, [string, string]>> = {
  ENOENT: [': there is no such file', 'make it with `proviso tokens new --file`'],
  EACCES: mayNot,
  EPERM: mayNot,
  EISDIR: [
    ': it is a folder',
    'where it is mounted, make the file before the container: else a folder is made in its place',
  ],
};

function parsed(file: string, text: string): ReturnType<typeof parseTokens> {
  try {
    return parseTokens(text);
  } catch (error) {
    if (!(error instanceof ServerError)) throw error;
    throw new ServerError(error.code, `the tokens ${file}: ${error.message}`, error.help);
  }
}
