import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { loadInstalled } from '../../../engine/io/scan/load-installed.ts';
import { type ScannedFolders, scanFolders } from '../../../engine/io/scan/scan-folders.ts';
import { languages } from '../../../engine/scan/languages/registry.ts';
import type { Account } from '../../../engine/scan/names/account.ts';
import type { Dictionary } from '../../../engine/scan/names/dictionary.ts';
import { readAccounts } from '../../../engine/scan/names/read-accounts.ts';
import { openScanner, type ScannerOptions } from '../../../engine/scan/open-scanner.ts';
import { noPolicy } from '../../../engine/scan/policy.ts';
import { openGrammars } from '../../../engine/scan/syntax/grammars.ts';

/** What a file of a corpus is, by hand. */
export interface Label {
  /** From the corpus: `files/src/a.ts`. */
  file: string;
  label: 'positive' | 'negative';
  /** Lines of the rule, and where its constant is used. */
  lines: number[];
  also?: number[];
  idiom: string;
}

export interface Corpus {
  folder: string;
  accounts: readonly Account[];
  labels: readonly Label[];
}

export const ownCorpus = fileURLToPath(new URL('../../fixtures/scan', import.meta.url));

export async function readCorpus(folder: string): Promise<Corpus> {
  const { accounts } = await readAccounts(readFileSync(`${folder}/accounts.json`, 'utf8'), 'accounts.json');
  if (!accounts) throw new Error(`${folder}/accounts.json cannot be read`);
  const lines = readFileSync(`${folder}/labels.jsonl`, 'utf8').split('\n').filter(Boolean);
  return { folder, accounts, labels: lines.map((line) => JSON.parse(line) as Label) };
}

const grammarOf = openGrammars(languages, { isFile: existsSync, load: loadInstalled });

/** Scans the files of a corpus as a product's folder is scanned. */
export const scanCorpus = (
  { folder }: Corpus,
  dictionary: Dictionary,
  options: ScannerOptions = {},
): Promise<ScannedFolders> =>
  scanFolders({
    folders: [`${folder}/files`],
    workingFolder: `${folder}/files`,
    except: new Set(),
    policy: noPolicy,
    scanner: openScanner(dictionary, noPolicy, grammarOf, options),
  });

export interface Score {
  precision: number;
  recall: number;
  /** `files/a.ts:2 [idiom]`: what should have been found. */
  missed: string[];
  /** What should not. */
  wrong: string[];
}

/** A positive file counts as found by a finding within one line of its own; any finding in a negative one is wrong. */
export function score({ labels }: Pick<Corpus, 'labels'>, { head }: Pick<ScannedFolders, 'head'>): Score {
  const found = new Map<string, number[]>();
  for (const { at } of head.findings) {
    const file = `files/${at.path.replace(/^.*?(?<=^|\/)files\//, '')}`;
    found.set(file, [...(found.get(file) ?? []), at.start.line]);
  }
  const missed: string[] = [];
  const wrong: string[] = [];
  let right = 0;
  for (const { file, label, lines, also = [], idiom } of labels) {
    const here = found.get(file) ?? [];
    const isFound = here.some((line) => [...lines, ...also].some((meant) => Math.abs(line - meant) <= 1));
    if (label === 'positive' && isFound) right++;
    else if (label === 'positive') missed.push(`${file}:${lines[0]} [${idiom}]`);
    else if (here.length > 0) wrong.push(`${file}:${here[0]} [${idiom}]`);
  }
  return {
    precision: right / (right + wrong.length || 1),
    recall: right / (right + missed.length || 1),
    missed,
    wrong,
  };
}
