/**
 * `scan-sources read|files|memory|everything|ast-grep <folder> <accounts>`: the source of a folder, scanned. `files` reads while it scans; of the
 * others, but for `read`, only what follows the reading counts. `accounts` is a list or a dictionary without names.
 */
import { existsSync, readFileSync } from 'node:fs';
import { listSources } from '../../../engine/io/scan/list-sources.ts';
import { loadInstalled } from '../../../engine/io/scan/load-installed.ts';
import { sourceReader } from '../../../engine/io/scan/read-source.ts';
import { scanFolders } from '../../../engine/io/scan/scan-folders.ts';
import { languageOf } from '../../../engine/scan/files/language-of.ts';
import type { Finding } from '../../../engine/scan/finding.ts';
import { languages } from '../../../engine/scan/languages/registry.ts';
import type { Dictionary } from '../../../engine/scan/names/dictionary.ts';
import { openDictionary } from '../../../engine/scan/names/open-dictionary.ts';
import { openHashed } from '../../../engine/scan/names/open-hashed.ts';
import { readAccounts } from '../../../engine/scan/names/read-accounts.ts';
import { openScanner, type SourceBytes } from '../../../engine/scan/open-scanner.ts';
import { noPolicy } from '../../../engine/scan/policy.ts';
import { openGrammars, type Parse } from '../../../engine/scan/syntax/grammars.ts';
import type { Language } from '../../../engine/scan/syntax/language.ts';
import { tell } from './tell.ts';

const [side = '', folder = '.', accountsFile = ''] = process.argv.slice(2);

async function openAccounts(): Promise<Dictionary> {
  const { accounts, hashed, diagnostics } = await readAccounts(readFileSync(accountsFile, 'utf8'), accountsFile);
  if (hashed) return openHashed(hashed);
  if (accounts) return openDictionary(accounts, noPolicy);
  throw new Error(diagnostics[0]?.message);
}

/** The parsers, loaded: that is a part of the start, which is measured by itself. */
function grammars(): (language: Language) => Parse {
  const grammarOf = openGrammars(languages, { isFile: existsSync, load: loadInstalled });
  for (const language of languages) if (language.grammar) grammarOf(language);
  return grammarOf;
}

async function* sources(): AsyncGenerator<SourceBytes> {
  const read = sourceReader();
  for await (const some of listSources(folder, { policy: noPolicy, isLanguage: (path) => !!languageOf(path) }))
    for (const source of some) {
      const text = read(source);
      const language = languageOf(source.path);
      if (language && text && 'bytes' in text) yield { path: source.path, bytes: text.bytes, language };
    }
}

const inOrder = (findings: readonly Finding[]): string[] =>
  findings.map(({ at, rule, account }) => `${at.path}:${at.start.line}:${at.start.column} ${rule} ${account}`).sort();

async function scanInMemory(parseEverything: boolean): Promise<void> {
  const scanner = openScanner(await openAccounts(), noPolicy, grammars(), {
    parseEverything,
  });
  const loaded: SourceBytes[] = [];
  for await (const source of sources()) loaded.push({ ...source, bytes: Buffer.from(source.bytes) });
  const before = process.cpuUsage();
  const findings: Finding[] = [];
  let kept = 0;
  for (const source of loaded) {
    const scanned = scanner.scan(source);
    if (scanned.parsed || scanned.generated) kept += source.bytes.length;
    findings.push(...scanned.findings);
  }
  const { user, system } = process.cpuUsage();
  const bytes = loaded.reduce((sum, source) => sum + source.bytes.length, 0);
  tell({ files: loaded.length, bytes, ...(!parseEverything && { kept }), findings: inOrder(findings) }, before, {
    user,
    system,
  });
}

async function scanFiles(): Promise<void> {
  const scanner = openScanner(await openAccounts(), noPolicy, grammars());
  const before = process.cpuUsage();
  const scanned = await scanFolders({
    folders: [folder],
    workingFolder: folder,
    except: new Set(),
    policy: noPolicy,
    scanner,
  });
  const after = process.cpuUsage();
  tell(inOrder(scanned.head.findings), before, after);
}

async function readOnly(): Promise<void> {
  const before = process.cpuUsage();
  let bytes = 0;
  for await (const source of sources()) bytes += source.bytes.length;
  tell(bytes, before);
}

/** What scans every file for two shapes of a comparison does, before it judges any. */
async function parseAll(): Promise<void> {
  const grammarOf = grammars();
  const texts: { text: string; source: SourceBytes }[] = [];
  for await (const source of sources()) texts.push({ text: source.bytes.toString(), source });
  const before = process.cpuUsage();
  let found = 0;
  for (const { text, source } of texts) {
    if (!source.language.grammar) continue;
    const root = grammarOf(source.language)(text);
    for (const pattern of ['$A == $B', '$A.includes($B)']) found += root.findAll({ rule: { pattern } } as never).length;
  }
  tell(found, before);
}

await (side === 'files'
  ? scanFiles()
  : side === 'read'
    ? readOnly()
    : side === 'ast-grep'
      ? parseAll()
      : scanInMemory(side === 'everything'));
