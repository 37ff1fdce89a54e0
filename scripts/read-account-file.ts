import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type ReadAccounts, readAccounts } from '../engine/scan/read-accounts.ts';
import type { SourceFile } from '../engine/source-file.ts';
import { UsageError } from '../engine/usage-error.ts';

/** A file of accounts that was named on the command line, with the file itself, for what is wrong with it to be shown. */
export async function readAccountFile(root: string, path: string): Promise<ReadAccounts & { source: SourceFile }> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(resolve(root, path));
  } catch {
    throw new UsageError(
      `the file of accounts ${path} cannot be read`,
      'name a list of accounts, or what `proviso accounts --hashed` wrote',
    );
  }
  return { ...(await readAccounts(new TextDecoder().decode(bytes), path)), source: { path, bytes, oid: '' } };
}
