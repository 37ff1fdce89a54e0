import * as validators from '../../../schemas/generated/account-validators.ts';
import type { AccountList, HashedDictionary } from '../../../schemas/scan-accounts.ts';
import type { Diagnostic } from '../../diagnostic.ts';
import { readJson } from '../../document/json.ts';
import type { Document } from '../../document.ts';
import { MOST_FAULTS } from '../../validate/most-faults.ts';
import type { Account } from './account.ts';
import { isPublicMail } from './public-mail.ts';

/** What a file of accounts holds; nothing where it has an error. */
export interface ReadAccounts {
  /** From a list in clear. */
  accounts?: Account[];
  /** From what `proviso accounts --hashed` wrote. */
  hashed?: HashedDictionary;
  diagnostics: Diagnostic[];
}

/** Reads the text of a file of accounts, whichever of the two it is. Never throws; loads zod only to word what is wrong. */
export async function readAccounts(text: string, path: string): Promise<ReadAccounts> {
  const { document: read, diagnostics } = readJson(path, text);
  if (!read) return { diagnostics };
  const document = withoutReport(read);
  const { data } = document;
  if (Array.isArray(data)) {
    if (!validators.accountList(data)) return { diagnostics: await explain(document, 'accountList') };
    return checkAccounts(data as AccountList, document);
  }
  const version = versionOf(data);
  if (version === 1) {
    if (!validators.hashedDictionary(data)) return { diagnostics: await explain(document, 'hashedDictionary') };
    return { hashed: data as HashedDictionary, diagnostics: [] };
  }
  return { diagnostics: [version === undefined ? neither(document) : otherVersion(document, version)] };
}

/** What a command printed as JSON holds its diagnostics too, and a list under its name. */
function withoutReport(document: Document): Document {
  const { data, locate } = document;
  if (typeof data !== 'object' || data === null || !('diagnostics' in data)) return document;
  if ('accounts' in data)
    return { ...document, data: data.accounts, locate: (pointer, what) => locate(['accounts', ...pointer], what) };
  const { diagnostics: _, ...rest } = data;
  return { ...document, data: rest };
}

const versionOf = (data: unknown): unknown =>
  typeof data === 'object' && data !== null && 'version' in data ? data.version : undefined;

async function explain(document: Document, shape: 'accountList' | 'hashedDictionary'): Promise<Diagnostic[]> {
  const [{ explainData }, shapes] = await Promise.all([
    import('../../validate/explain-shape.ts'),
    import('../../../schemas/scan-accounts.ts'),
  ]);
  return explainData({ schema: shapes[shape], settings: {} }, document);
}

const neither = (document: Document): Diagnostic => ({
  rule: 'no-accounts',
  severity: 'error',
  message: 'this is neither a list of accounts nor a dictionary of them',
  at: document.locate([]),
  help: 'write [{ "id": "acme", "name": "Acme" }], or take what `proviso accounts --hashed` writes',
});

const otherVersion = (document: Document, version: unknown): Diagnostic => ({
  rule: 'dictionary-version',
  severity: 'error',
  message: `this dictionary is of version ${JSON.stringify(version).slice(0, 40)}; this program reads version 1`,
  at: document.locate(['version']),
  help: 'write it anew with `proviso accounts --hashed`, or use the program that wrote it',
});

function checkAccounts(list: AccountList, document: Document): ReadAccounts {
  const diagnostics: Diagnostic[] = [];
  const report = (pointer: (string | number)[], problem: Omit<Diagnostic, 'at'>) => {
    if (diagnostics.length < MOST_FAULTS) diagnostics.push({ ...problem, at: document.locate(pointer) });
  };
  const first = new Map<string, number>();
  let twice = false;
  for (const [index, { id, domains = [] }] of list.entries()) {
    const before = first.get(id);
    if (before === undefined) first.set(id, index);
    else {
      twice = true;
      report([index, 'id'], {
        rule: 'duplicate-account',
        severity: 'error',
        message: `the account ${id} is here twice`,
        help: 'make one entry of the two: aliases, domains and externalIds hold everything it is called by',
        related: [{ message: `${id} stands here first`, at: document.locate([before, 'id']) }],
      });
    }
    for (const [at, domain] of domains.entries())
      if (isPublicMail(domain.toLowerCase()))
        report([index, 'domains', at], {
          rule: 'public-domain',
          severity: 'warning',
          message: `anybody has an address at ${domain}, so it is not looked for`,
          help: `remove it; addresses of the customer go under people`,
        });
  }
  if (list.length === 0)
    report([], { rule: 'no-accounts', severity: 'warning', message: 'there are no accounts in this list' });
  return { ...(!twice && { accounts: list.map(accountOf) }), diagnostics };
}

const accountOf = ({ id, name, aliases, domains, externalIds, people }: AccountList[number]): Account => ({
  id,
  name,
  aliases: aliases ?? [],
  domains: domains ?? [],
  externalIds: Object.fromEntries(Object.entries(externalIds ?? {}).map(([system, value]) => [system, String(value)])),
  people: people ?? [],
});
