import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadInstalled } from '../../../engine/io/scan/load-installed.ts';
import { languages } from '../../../engine/scan/languages/registry.ts';
import { openDictionary } from '../../../engine/scan/names/open-dictionary.ts';
import { openScanner } from '../../../engine/scan/open-scanner.ts';
import { noPolicy } from '../../../engine/scan/policy.ts';
import { scanText } from '../../../engine/scan/scan-text.ts';
import { openGrammars } from '../../../engine/scan/syntax/grammars.ts';
import { accounts } from './accounts.ts';
import { decides, doesNotDecide } from './idioms.ts';
import { idioms } from './languages/registry.ts';

const grammarOf = openGrammars(languages, { isFile: existsSync, load: loadInstalled });
const dictionary = openDictionary(accounts, noPolicy);
const scanner = openScanner(dictionary, noPolicy, grammarOf);
/** Dialects of a language that has its idioms written out. */
const dialects: Readonly<Record<string, string>> = { tsx: 'typescript', javascript: 'typescript' };

const linesOf = (text: string): number[] =>
  text.split('\n').flatMap((line, index) => (/<<\s*(\*\/)?$/.test(line) ? [index + 1] : []));

describe.each(languages.filter(({ name }) => !(name in dialects)))('$title', (language) => {
  const own = idioms[language.name];
  const scan = (text: string) =>
    scanText(
      { path: `src/file${language.extensions[0]}`, text, language },
      { dictionary, policy: noPolicy, grammarOf, unlisted: true },
    );

  it('has its idioms written out', () => expect(own).toBeDefined());

  for (const idiom of decides)
    for (const text of own?.decides[idiom] ?? [])
      it(`${idiom}: ${text.split('\n')[0]?.slice(0, 60)}`, () => {
        const { findings } = scan(text);
        const found = findings.map(({ at }) => at.start.line);
        const path = `src/file${language.extensions[0]}`;
        // The pass over the bytes keeps it.
        expect(scanner.scan({ path, bytes: Buffer.from(text), language }).findings, text).toEqual(findings);
        const marked = linesOf(text);
        expect(found, text).not.toEqual([]);
        if (marked.length > 0) expect(found).toEqual(expect.arrayContaining(marked));
      });

  for (const idiom of doesNotDecide)
    for (const text of own?.doesNotDecide[idiom] ?? [])
      it(`${idiom}: ${text.split('\n')[0]?.slice(0, 60)}`, () => {
        expect(scan(text).findings.map(({ message }) => message)).toEqual([]);
      });
});
