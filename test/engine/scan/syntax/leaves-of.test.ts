import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadInstalled } from '../../../../engine/io/scan/load-installed.ts';
import { languages } from '../../../../engine/scan/languages/registry.ts';
import { openGrammars } from '../../../../engine/scan/syntax/grammars.ts';
import { leavesOf } from '../../../../engine/scan/syntax/leaves-of.ts';

const grammarOf = openGrammars(languages, { isFile: existsSync, load: loadInstalled });

/** What names one of the tokens in a text, as it is written and where. */
function found(name: string, text: string, ...tokens: string[]): string[] {
  const language = languages.find((each) => each.name === name);
  if (!language) throw new Error(`there is no language ${name}`);
  const leaves = leavesOf(grammarOf(language)(text), language, { tokens: new Set(tokens), unlisted: false });
  return leaves.map((leaf) => `${leaf.range().start.index} ${leaf.text()}`);
}

describe('the literals and names of a file in which tokens stand', () => {
  const places: [language: string, text: string, leaves: string[]][] = [
    ['typescript', "const a = 1;\nconst b = 'hooli';\n", ["23 'hooli'"]],
    ['typescript', "\n\n  // said before\nconst a = 1;\nif (x) f(hooliId, 'Hooli');\n", ['41 hooliId', "50 'Hooli'"]],
    [
      'typescript',
      "const ä = '🦊';\nconst b = 'hooli'; const c = `x ${'globex'}`;\n",
      ["26 'hooli'", "45 `x ${'globex'}`", "50 'globex'"],
    ],
    ['typescript', '\n\n\nhooli();\nb();\n', ['3 hooli']],
    ['typescript', 'a\nb\nc', []],
    ['python', '\n\ndef f(a):\n    return a == "HOOLI" or a == 48_213\n', ['28 "HOOLI"', '44 48_213']],
    ['json', '\n[1, { "hooli": "globex" }]\n', ['7 "hooli"', '16 "globex"']],
    ['yaml', '\n# hooli\na: 1\nb: hooli\n', ['17 hooli']],
  ];

  const comment: Readonly<Record<string, string>> = { typescript: '//', python: '#', yaml: '#' };

  it.each(places)('%s: %j', (language, text, leaves) => {
    const said = found(language, text, 'hooli', 'globex', '48213');
    expect(said).toEqual(leaves);
    // Of a long file only the parts are looked into in which they stand.
    const mark = comment[language];
    if (mark)
      expect(found(language, `${text}\n${mark} ${'long '.repeat(5_000)}\n`, 'hooli', 'globex', '48213')).toEqual(
        leaves,
      );
    for (const each of said)
      expect(text.startsWith(each.slice(each.indexOf(' ') + 1), Number.parseInt(each, 10))).toBe(true);
  });

  it('are found by tokens of letters in other scripts, and of signs', () => {
    expect(found('typescript', "f('Ünal’s'); g('straße');", 'ünal’s', 'ß', '’')).toEqual(["2 'Ünal’s'", "15 'straße'"]);
  });
});
