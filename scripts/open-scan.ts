import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Diagnostic, isError } from '../engine/diagnostic.ts';
import { dataRooms } from '../engine/io/rooms.ts';
import { accountsOf } from '../engine/scan/accounts-of.ts';
import type { Dictionary } from '../engine/scan/dictionary.ts';
import {
  exceptionEnds,
  type KnownExceptions,
  knownExceptions,
  noExceptionsKnown,
  openHashedExceptions,
} from '../engine/scan/known-exceptions.ts';
import { type Offer, offersOf } from '../engine/scan/offer.ts';
import { type ScanPolicy, scanPolicyOf } from '../engine/scan/policy.ts';
import type { SourceFile } from '../engine/source-file.ts';
import { UsageError } from '../engine/usage-error.ts';
import type { HashedDictionary } from '../schemas/scan-accounts.ts';
import type { Context } from './command.ts';
import { readAccountFile } from './read-account-file.ts';

/** What the scanner looks for, and by which rules. */
export interface OpenScan {
  /** Absent where something is wrong with the accounts. */
  dictionary?: Dictionary;
  policy: ScanPolicy;
  offers: readonly Offer[];
  known: KnownExceptions;
  /** How many accounts are looked for; a dictionary without names does not say. */
  accounts: number | undefined;
  /** The file that says who they are, from the working folder. */
  file?: string;
  diagnostics: readonly Diagnostic[];
  sources: readonly SourceFile[];
}

/** Where a product repository keeps its dictionary, when nobody says otherwise. */
const DICTIONARY = 'proviso-accounts.json';

/**
 * Reads who the accounts are: from a file, named or where one is usually kept, or from the repository of terms. Throws `UsageError` where
 * nothing says who they are.
 */
export async function openScan(context: Context, named: string | undefined): Promise<OpenScan> {
  const hasRepository = dataRooms.some((room) => existsSync(join(context.root, room)));
  const usual = !hasRepository && existsSync(join(context.folder, DICTIONARY)) ? DICTIONARY : undefined;
  const path = named ?? usual;
  if (path === undefined && !hasRepository)
    throw new UsageError(
      'nothing says who the accounts are',
      `name a list or dictionary (--accounts ${DICTIONARY}), or the repository of terms (--root ../terms)`,
    );
  const repository = hasRepository ? await (await import('./open-repository.ts')).openRepository(context) : undefined;
  const file = path === undefined ? undefined : await readAccountFile(context.folder, path);
  const diagnostics = [...(repository?.diagnostics ?? []), ...(file?.diagnostics ?? [])];
  const sources = [...(repository?.files ?? []), ...(file ? [file.source] : [])];
  const world = repository?.model.world;
  const policy = world?.scan ? scanPolicyOf(world.scan.data) : scanPolicyOf(file?.hashed?.policy);
  const opened = {
    policy,
    offers: world ? offersOf(world.settings, world.menu?.data) : (file?.hashed?.offers ?? []),
    known: repository ? knownExceptions(exceptionEnds(repository.model)) : knownTo(file?.hashed),
    diagnostics,
    sources,
    ...(path !== undefined && { file: path }),
  };
  // A customer that could not be read would not be looked for, and nobody would notice.
  if (diagnostics.some(isError)) return { ...opened, accounts: 0 };
  if (file?.hashed) {
    const { openHashed } = await import('../engine/scan/open-hashed.ts');
    return { ...opened, dictionary: openHashed(file.hashed), accounts: undefined };
  }
  const accounts = file ? file.accounts : repository && accountsOf(repository.model);
  if (!accounts) return { ...opened, accounts: 0 };
  // It reads lists of English words, which a dictionary without names has no need of.
  const { openDictionary } = await import('../engine/scan/open-dictionary.ts');
  return { ...opened, dictionary: openDictionary(accounts, policy), accounts: accounts.length };
}

/** What a dictionary without names says of exceptions; one made from a list of accounts says nothing. */
const knownTo = (hashed: HashedDictionary | undefined): KnownExceptions =>
  hashed?.exceptions ? openHashedExceptions(hashed.exceptions, hashed.salt) : noExceptionsKnown;
