import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadInstalled } from '../../../../engine/io/scan/load-installed.ts';
import { languageOf } from '../../../../engine/scan/files/language-of.ts';
import { languages } from '../../../../engine/scan/languages/registry.ts';
import type { Account } from '../../../../engine/scan/names/account.ts';
import { openDictionary } from '../../../../engine/scan/names/open-dictionary.ts';
import { openScanner } from '../../../../engine/scan/open-scanner.ts';
import { noPolicy } from '../../../../engine/scan/policy.ts';
import { gatherMissing } from '../../../../engine/scan/syntax/gather-missing.ts';
import { openGrammars } from '../../../../engine/scan/syntax/grammars.ts';
import type { Language } from '../../../../engine/scan/syntax/language.ts';

const hooli: Account = { id: 'hooli', name: 'Hooli', aliases: [], domains: [], externalIds: {}, people: [] };
const texts = {
  'a.ts': "export const f = (account: Account) => account.id === 'hooli';\n",
  'a.go': 'package a\nfunc f(account Account) bool { return account.ID == "hooli" }\n',
  'a.py': 'def f(account):\n    return account.id == "hooli"\n',
  'b.py': 'def f(account):\n    return account.id == "hooli"\n',
  'clean.rb': 'def add(a, b) = a + b\n',
};

// The parser is told of all of them, once a process.
const [json] = languages.filter(({ name }) => name === 'json');
if (json) openGrammars(languages, { isFile: existsSync, load: loadInstalled })(json);

/** The languages as they would be where these have parsers that are nowhere installed. */
const without = (...names: string[]): Language[] =>
  languages.map((language) =>
    names.includes(language.name)
      ? { ...language, grammar: `no-${language.name}`, package: `@ast-grep/lang-no-${language.name}` }
      : language,
  );

async function scan(known: readonly Language[], isFile: (path: string) => boolean = existsSync) {
  const versions = { '@ast-grep/lang-no-go': '0.0.6' };
  const grammarOf = openGrammars(known, { versions, isFile, load: loadInstalled });
  const { scanner, missing } = gatherMissing(openScanner(openDictionary([hooli], noPolicy), noPolicy, grammarOf));
  const found = Object.entries(texts).flatMap(([path, text]) => {
    const language = known.find(({ name }) => name === languageOf(path)?.name);
    return language ? scanner.scan({ path, language, bytes: Buffer.from(text) }).findings.map(({ at }) => at.path) : [];
  });
  return { found, missing: missing() };
}

describe('parsers that are not installed', () => {
  it('are all said at once, with their versions, of the languages there is a need to read', async () => {
    const { found, missing } = await scan(without('go', 'python', 'ruby', 'kotlin'));
    // What can be read is, so that the others of the tree are met.
    expect(found).toEqual(['a.ts']);
    expect([missing?.name, missing?.message, missing?.help]).toEqual([
      'UsageError',
      'there is source in Go and Python that may name accounts, and no parser to read it with',
      'npm install --save-dev --save-exact @ast-grep/lang-no-go@0.0.6 @ast-grep/lang-no-python',
    ]);
  });

  it('are told apart from those whose package lies there without its parser', async () => {
    const { found, missing } = await scan(without('python'), (path) => !path.includes('lang-go'));
    expect(found).toEqual(['a.ts']);
    expect(missing?.help).toBe(
      'npm install --save-dev --save-exact @ast-grep/lang-no-python && npm rebuild @ast-grep/lang-go',
    );
  });

  it('are no matter where nothing has to be read with them', async () => {
    expect(await scan(without('ruby', 'kotlin'))).toEqual({
      found: ['a.ts', 'a.go', 'a.py', 'b.py'],
      missing: undefined,
    });
  });
});
