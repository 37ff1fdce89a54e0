import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fileAtCommit } from '../engine/io/scan/file-at-commit.ts';
import { type ReadAccounts, readAccounts } from '../engine/scan/names/read-accounts.ts';
import type { SourceFile } from '../engine/source-file.ts';
import { UsageError } from '../engine/usage-error.ts';

/** A file of accounts, with the file itself, for what is wrong with it to be shown. */
export type AccountFile = ReadAccounts & { source: SourceFile };

/** A file of accounts that was named on the command line. Throws `UsageError` where it cannot be read. */
export async function readAccountFile(root: string, path: string): Promise<AccountFile> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(resolve(root, path));
  } catch {
    throw new UsageError(
      `the file of accounts ${path} cannot be read`,
      'name a list of accounts, or what `proviso accounts --hashed` wrote',
    );
  }
  return read(bytes, path);
}

/** What it was in a commit, by its path from the top of the repository; `undefined` where it was not there. */
export async function readAccountFileAt(top: string, commit: string, path: string): Promise<AccountFile | undefined> {
  const bytes = await fileAtCommit(top, commit, path);
  return bytes && read(bytes, path);
}

const read = async (bytes: Uint8Array, path: string): Promise<AccountFile> => ({
  ...(await readAccounts(new TextDecoder().decode(bytes), path)),
  source: { path, bytes, oid: '' },
});
