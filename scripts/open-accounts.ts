import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Diagnostic, isError } from '../engine/diagnostic.ts';
import { dataRooms } from '../engine/io/rooms.ts';
import type { Model } from '../engine/model.ts';
import type { Account } from '../engine/scan/names/account.ts';
import { accountsOf } from '../engine/scan/names/accounts-of.ts';
import type { SourceFile } from '../engine/source-file.ts';
import { UsageError } from '../engine/usage-error.ts';
import type { Context } from './command.ts';
import { openRepository } from './open-repository.ts';
import { readAccountFile } from './read-account-file.ts';

/** Who the accounts are, and what else the repository says, where there is one. */
export interface OpenAccounts {
  /** Absent where something is wrong with them. */
  accounts?: readonly Account[];
  model?: Model;
  diagnostics: readonly Diagnostic[];
  sources: readonly SourceFile[];
}

/** Reads the customers of the repository, or the list of accounts in a file instead. */
export async function openAccounts(context: Context, path: string | undefined): Promise<OpenAccounts> {
  const hasRepository = dataRooms.some((room) => existsSync(join(context.root, room)));
  const repository = path === undefined || hasRepository ? await openRepository(context) : undefined;
  const read = path === undefined ? undefined : await readAccountFile(context.folder, path);
  if (read?.hashed)
    throw new UsageError(`${path} is a dictionary without names: nobody can be listed from it`, 'name a list in clear');
  const diagnostics = [...(repository?.diagnostics ?? []), ...(read?.diagnostics ?? [])];
  const accounts = read ? read.accounts : repository && accountsOf(repository.model);
  return {
    // A customer that could not be read would be missing from the list, and nobody would notice.
    accounts: diagnostics.some(isError) ? undefined : accounts,
    model: repository?.model,
    diagnostics,
    sources: [...(repository?.files ?? []), ...(read ? [read.source] : [])],
  };
}
