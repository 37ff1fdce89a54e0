import { resolve } from 'node:path';
import { type Diagnostic, isError, topOf } from '../engine/diagnostic.ts';
import { dataRooms } from '../engine/io/rooms.ts';
import type { Offer } from '../engine/scan/judge/offer.ts';
import {
  type KnownExceptions,
  noExceptionsKnown,
  openHashedExceptions,
} from '../engine/scan/living/known-exceptions.ts';
import { pathIn, placedIn } from '../engine/scan/living/placed-in.ts';
import type { Dictionary } from '../engine/scan/names/dictionary.ts';
import { joinDictionaries } from '../engine/scan/names/join-dictionaries.ts';
import { openHashed } from '../engine/scan/names/open-hashed.ts';
import { type ScanPolicy, scanPolicyOf } from '../engine/scan/policy.ts';
import type { SourceFile } from '../engine/source-file.ts';
import { UsageError } from '../engine/usage-error.ts';
import type { HashedDictionary } from '../schemas/scan-accounts.ts';
import type { Context } from './command.ts';
import { judgeLoaders } from './judges/registry.ts';
import { pathFromTop } from './path-from-top.ts';
import { type Judges, judgesBefore, judgesNow, usualDictionary } from './read-judges.ts';

/** What the scanner looks for, and by which rules. */
export interface OpenScan {
  /** Absent where something is wrong with the accounts. */
  dictionary?: Dictionary;
  policy: ScanPolicy;
  offers: readonly Offer[];
  known: KnownExceptions;
  /** How many accounts are looked for; a dictionary without names does not say. */
  accounts: number | undefined;
  /** The file that says who they are, from the top. */
  file?: string;
  /** Globs of what is no product source because it is the terms themselves. */
  terms: readonly string[];
  /** What is wrong with accounts and terms, and what a change would have judged itself by. */
  diagnostics: readonly Diagnostic[];
  sources: readonly SourceFile[];
}

/**
 * Reads who the accounts are: from a file, named or where one is usually kept, or from the repository of terms. Places in them count from
 * `top`, that of what is scanned. A change since a commit there is judged by what the commit says; accounts it adds are looked for as well.
 * Throws `UsageError` where nothing says who they are.
 */
export async function openScan(
  context: Context,
  named: string | undefined,
  top: string,
  commit?: string,
): Promise<OpenScan> {
  const since = commit === undefined ? undefined : { top, commit };
  const now = await judgesNow(context, named, since !== undefined);
  const { judges, diagnostics } = since
    ? chooseJudges(await judgesBefore(context, named, since, now), now, named ?? usualDictionary)
    : { judges: now, diagnostics: [] };
  const { terms, file } = judges;
  if (!terms && !file)
    throw new UsageError(
      'nothing says who the accounts are',
      `name a list or dictionary (--accounts ${usualDictionary}), or the repository of terms (--root ../terms)`,
    );
  const ownTerms = terms && now.terms;
  const policy = policyOf(judges);
  const [root, folder] = [pathFromTop(top, context.root), pathFromTop(top, context.folder)];
  const opened = {
    policy,
    ...(terms
      ? (await judgeLoaders.terms()).tell(terms)
      : { offers: file?.hashed?.offers ?? [], known: knownTo(file?.hashed) }),
    terms: terms ? dataRooms.map((room) => `/${pathIn(root, room)}/`).filter((glob) => !glob.startsWith('/..')) : [],
    diagnostics: [
      ...placedIn(root, ownTerms?.diagnostics ?? []),
      ...placedIn(folder, [...(now.file?.diagnostics ?? []), ...diagnostics]),
    ],
    sources: [
      ...(ownTerms?.files ?? []).map((source) => ({ ...source, path: pathIn(root, source.path) })),
      ...(now.file ? [{ ...now.file.source, path: pathIn(folder, now.file.source.path) }] : []),
    ],
    ...(file && { file: pathFromTop(top, resolve(context.folder, named ?? usualDictionary)) }),
  };
  // A customer that could not be read would not be looked for, and nobody would notice.
  if (opened.diagnostics.some(isError)) return { ...opened, accounts: 0 };
  const first = await namedBy(judges, policy);
  if (!first || judges === now) return { ...opened, ...first, accounts: first?.ids?.size };
  const second = isSame(judges, now) ? undefined : await namedBy(now, policy);
  if (!second) return { ...opened, ...first, accounts: first.ids?.size };
  const both = joinDictionaries(first.dictionary, second.dictionary);
  return {
    ...opened,
    dictionary: both ?? first.dictionary,
    accounts: first.ids && second.ids && new Set([...first.ids, ...second.ids]).size,
    ...(!both && { diagnostics: [...opened.diagnostics, otherSalt(file?.source.path ?? usualDictionary)] }),
  };
}

/** Judges a change cannot speak to; its own only where there were none, and then that is said. */
function chooseJudges(
  before: Judges,
  now: Judges,
  path: string,
): { judges: Judges; diagnostics: readonly Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const isRead = before.file !== undefined && !before.file.diagnostics.some(isError);
  const file = isRead ? before.file : before.terms ? undefined : now.file;
  const terms = before.terms ?? (file ? undefined : now.terms);
  const own = file && !isRead ? path : terms && !before.terms ? 'customers/' : undefined;
  if (own !== undefined)
    diagnostics.push({
      rule: 'accounts-of-change',
      severity: 'note',
      message: `before this change nothing said who the accounts are, so it is judged by its own ${own}`,
      at: topOf(own),
    });
  if (isRead && !now.file && !now.terms)
    diagnostics.push({
      rule: 'accounts-of-change',
      severity: 'warning',
      message: `this change takes ${path} away, and is judged by what that said before`,
      at: topOf(path),
      help: 'nothing says who the accounts are once it is merged: keep it, or name another with --accounts',
    });
  const judges: Judges = { ...(terms && { terms }), ...(file && { file }) };
  if (now.terms && now.terms !== terms && differs(policyOf(judges), policyOf(now)))
    diagnostics.push({
      rule: 'policy-of-change',
      severity: 'note',
      message: 'what this change says in policies/scan.yaml counts once it is merged',
      at: topOf('policies/scan.yaml'),
    });
  return { judges, diagnostics };
}

const policyOf = ({ terms, file }: Judges): ScanPolicy =>
  scanPolicyOf(terms?.model.world.scan?.data ?? file?.hashed?.policy);

const differs = (one: unknown, other: unknown): boolean => JSON.stringify(one) !== JSON.stringify(other);

const isSame = (before: Judges, now: Judges): boolean =>
  before.file
    ? now.file !== undefined && Buffer.compare(before.file.source.bytes, now.file.source.bytes) === 0
    : now.file === undefined && before.terms === now.terms;

/** Whom the judges name; `ids` only where they say it in clear. */
async function namedBy(
  { terms, file }: Judges,
  policy: ScanPolicy,
): Promise<{ dictionary: Dictionary; ids?: ReadonlySet<string> } | undefined> {
  if (file?.hashed) return { dictionary: openHashed(file.hashed) };
  const accounts = file ? file.accounts : terms && (await judgeLoaders.terms()).accountsOf(terms);
  if (!accounts) return undefined;
  // With the word lists, which a dictionary without names has no need of.
  const { openDictionary } = await import('../engine/scan/names/open-dictionary.ts');
  return { dictionary: openDictionary(accounts, policy), ids: new Set(accounts.map(({ id }) => id)) };
}

const otherSalt = (path: string): Diagnostic => ({
  rule: 'accounts-of-change',
  severity: 'warning',
  message: 'this change hashes the accounts in another way, so customers it adds are not looked for yet',
  at: topOf(path),
  help: 'write the dictionary over the old one with `proviso accounts --hashed`: it keeps its salt',
});

/** What a dictionary without names says of exceptions; one made from a list of accounts says nothing. */
const knownTo = (hashed: HashedDictionary | undefined): KnownExceptions =>
  hashed?.exceptions ? openHashedExceptions(hashed.exceptions, hashed.salt) : noExceptionsKnown;
