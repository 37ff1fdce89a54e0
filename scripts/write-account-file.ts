import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { readAccounts } from '../engine/scan/names/read-accounts.ts';
import { UsageError } from '../engine/usage-error.ts';

/** A file of accounts that is to be written, or written anew. */
export interface AccountFile {
  /** The salt of the dictionary that is there, else a new one: a change of a customer then changes a few lines. */
  salt: string;
  write(text: string): Promise<void>;
}

const SALT_BYTES = 16;

/** Throws `UsageError` where something else is in the way. */
export async function openAccountFile(root: string, path: string | undefined): Promise<AccountFile> {
  const salt = randomBytes(SALT_BYTES).toString('base64');
  if (path === undefined) return { salt, write: async () => {} };
  const target = resolve(root, path);
  const known = readOld(target);
  const { hashed, accounts } = known === undefined ? {} : await readAccounts(known, path);
  if (known !== undefined && !hashed && !accounts)
    throw new UsageError(`${path} is there already, and holds no accounts`, 'name another file, or remove that one');
  return {
    salt: hashed?.salt ?? salt,
    async write(text) {
      try {
        await mkdir(dirname(target), { recursive: true });
        await writeFile(target, text);
      } catch (error) {
        throw new UsageError(`${path} cannot be written: ${error instanceof Error ? error.message : String(error)}`);
      }
    },
  };
}

function readOld(target: string): string | undefined {
  try {
    return readFileSync(target, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw new UsageError(`${target} is there and cannot be read`, 'name another file');
  }
}
