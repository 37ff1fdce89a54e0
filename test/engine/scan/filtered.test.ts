import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { loadInstalled } from '../../../engine/io/scan/load-installed.ts';
import { languageOf } from '../../../engine/scan/files/language-of.ts';
import { languages } from '../../../engine/scan/languages/registry.ts';
import { openDictionary } from '../../../engine/scan/names/open-dictionary.ts';
import { readAccounts } from '../../../engine/scan/names/read-accounts.ts';
import { openScanner, type SourceBytes } from '../../../engine/scan/open-scanner.ts';
import { noPolicy } from '../../../engine/scan/policy.ts';
import { openGrammars } from '../../../engine/scan/syntax/grammars.ts';
import { accounts as others } from './accounts.ts';

const corpus = fileURLToPath(new URL('../../fixtures/scan', import.meta.url));
const { accounts: listed = [] } = await readAccounts(
  readFileSync(join(corpus, 'accounts.json'), 'utf8'),
  'accounts.json',
);
const dictionary = openDictionary([...listed, ...others], noPolicy);
const grammarOf = openGrammars(languages, { isFile: existsSync, load: loadInstalled });
const [filtered, everything] = [false, true].map((parseEverything) =>
  openScanner(dictionary, noPolicy, grammarOf, { parseEverything }),
);

const found = (sources: readonly SourceBytes[], scanner = filtered): string[] =>
  sources.flatMap((source) => scanner?.scan(source).findings ?? []).map((finding) => JSON.stringify(finding));

it('what the sieve leaves out has no rule: every file of the corpus parsed gives the same findings', () => {
  const sources = readdirSync(join(corpus, 'files'), { recursive: true, withFileTypes: true }).flatMap((entry) => {
    const language = entry.isFile() && languageOf(entry.name);
    const path = join(entry.parentPath, entry.name);
    return language ? [{ path: path.slice(corpus.length + 1), bytes: readFileSync(path), language }] : [];
  });
  const left = sources.filter((source) => !filtered?.scan(source).parsed);
  expect(left.length).toBeGreaterThan(10);
  expect(found(sources)).toEqual(found(sources, everything));
});

it.each([
  ['src/a.ts', 'if (x === "zephyra") go();'],
  ['src/a.ts', 'if (account.isZephyraLabs) go();'],
  ['src/a.ts', String.raw`if (/\bzephyra/.test(account.id)) go();`],
  ['src/a.ts', 'if (account.id === 61_204) go();'],
  ['src/a.ts', 'if (account.id === 61204n) go();'],
  ['src/A.java', 'class A { boolean a() { return accountId == 61_204L; } }'],
  ['src/a.rs', 'fn a() -> bool { account_id == 61204u64 }'],
  ['src/a.rs', 'fn a() -> bool { account_id == 61_204_u64 }'],
  ['src/a.ts', 'if (account.email.endsWith("@zephyra.example")) go();'],
  ['src/a.ts', 'if (host === "zephyra.example") go();'],
  ['src/a.ts', 'if (account.id === "cus_Zp4hyra81Kd") go();'],
  ['src/a.ts', 'if (account.id === "5D1C9A52-7F0E-4B61-9A3C-2F8E6D4B7A10") go();'],
  ['src/a.ts', 'if (contract.id === "CT-2027-0042") go();'],
  ['src/a.ts', 'if (account.name === "ZEPHYRA LABS GMBH") go();'],
])('%s: %s is found with the sieve and without it', (path, text) => {
  const language = languageOf(path);
  const sources = language ? [{ path, bytes: Buffer.from(text), language }] : [];
  expect(found(sources, everything)).toHaveLength(1);
  expect(found(sources)).toEqual(found(sources, everything));
});
