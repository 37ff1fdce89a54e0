import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadInstalled } from '../../../../engine/io/scan/load-installed.ts';
import { languages } from '../../../../engine/scan/languages/registry.ts';
import { openGrammars } from '../../../../engine/scan/syntax/grammars.ts';
import type { Language } from '../../../../engine/scan/syntax/language.ts';

const languageNamed = (name: string): Language => {
  const found = languages.find((language) => language.name === name);
  if (!found) throw new Error(`there is no language ${name}`);
  return found;
};

function open(): { loaded: string[]; parse(language: string, text: string): string } {
  const loaded: string[] = [];
  const load = (name: string): unknown => {
    loaded.push(name);
    return loadInstalled(name);
  };
  const grammarOf = openGrammars(languages, { isFile: existsSync, load });
  return { loaded, parse: (name, text) => grammarOf(languageNamed(name))(text).kind() };
}

describe('the parsers', () => {
  it('are loaded for the first file that needs one: those of packages only where that is in such a language', () => {
    const { loaded, parse } = open();
    expect(loaded).toEqual([]);
    expect(parse('typescript', 'const a = 1;')).toBe('program');
    expect(loaded).toEqual(['@ast-grep/napi']);
    expect(parse('go', 'package a')).toBe('source_file');
    const packages = [...new Set(languages.flatMap(({ package: name }) => name ?? []))];
    expect([...loaded].sort()).toEqual(['@ast-grep/napi', ...packages].sort());
    parse('python', 'a = 1');
    parse('typescript', 'const b = 2;');
    expect(loaded).toHaveLength(packages.length + 1);
  });
});
