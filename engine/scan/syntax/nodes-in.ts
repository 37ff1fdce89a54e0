import { accountNouns } from '../judge/vocabulary.ts';
import { splitName } from '../names/split-name.ts';
import { type Climber, situate } from './climb.ts';
import { isInTest, isSilent, scopesOf, statementOf } from './enclosing.ts';
import type { Hit } from './hit.ts';
import type { Language, Node } from './language.ts';
import { leavesOf, type Wanted } from './leaves-of.ts';
import { situateSetting } from './situate-setting.ts';
import type { Situation } from './situation.ts';
import { ESCAPED, unescapePattern } from './unescape-pattern.ts';

/** The literals and names of a parsed text. */
export function* nodesIn(
  root: Node,
  text: string,
  language: Language,
  wanted: Wanted,
  nouns: ReadonlySet<string>,
): Generator<Hit> {
  const climber = climberOf(root, language);
  const ignores = namesApartFromAccounts(text, nouns);
  for (const leaf of leavesOf(root, language, wanted)) {
    const { start, end } = leaf.range();
    // The same ways up are asked for to decide, and to hold what decides nothing here.
    const ways: { listed?: readonly Situation[]; unlisted?: readonly Situation[] } = {};
    yield {
      literal: leaf.text(),
      ...read(leaf, language),
      start,
      end,
      situations(unlisted) {
        if (language.settings) return (ways.listed ??= situateSetting(leaf, language));
        if (!unlisted) return (ways.listed ??= situate(leaf, climber));
        return (ways.unlisted ??= situate(leaf, { ...climber, ignores }));
      },
      scopes: () => scopesOf(leaf, language),
      isSilent: () => isSilent(leaf, language),
      isInTest: () => isInTest(leaf, language),
      statement: () => statementOf(leaf, language),
    };
  }
}

/** The uses of a name are found when it is followed; most constants stand nowhere else. */
export function climberOf(root: Node, language: Language): Climber {
  const byName = new Map<string, readonly Node[]>();
  const any = language.names.map((kind) => ({ kind }));
  const named = (name: string): readonly Node[] => {
    const text = root.text();
    if (text.indexOf(name, text.indexOf(name) + name.length) < 0) return [];
    return root.findAll({ rule: { any, regex: `^${name.replace(/[^\p{L}\p{N}_]/gu, '\\$&')}$` } });
  };
  return {
    language,
    isInTest: (node) => isInTest(node, language),
    usesOf(name, binding) {
      let known = byName.get(name);
      if (!known) byName.set(name, (known = named(name)));
      const own = binding.range();
      return known.filter((node) => {
        const { start, end } = node.range();
        return start.index < own.start.index || end.index > own.end.index;
      });
    },
  };
}

/**
 * An id nobody lists is followed only through names that stand beside a word for an account, on one line: the constants of a file are many, and
 * hardly any is one.
 */
function namesApartFromAccounts(text: string, nouns: ReadonlySet<string>): (name: string) => boolean {
  let beside: ReadonlySet<string> | undefined;
  return (name) => {
    beside ??= namesBeside(text, nouns);
    return !beside.has(name);
  };
}

function namesBeside(text: string, nouns: ReadonlySet<string>): ReadonlySet<string> {
  const names = new Set<string>();
  for (const line of text.split('\n')) {
    const found = line.length > 1_000 ? [] : (line.match(/[\p{L}_$@][\p{L}\p{N}_$]*/gu) ?? []);
    const speaks = found.some((name) => splitName(name).some((word) => accountNouns.has(word) || nouns.has(word)));
    if (speaks) for (const name of found) names.add(name);
  }
  return names;
}

function read(leaf: Node, language: Language): { said: string; content: string; what: Hit['what'] } {
  const kind = leaf.kind();
  const written = leaf.text();
  if (language.numbers.includes(kind)) {
    const said = written.replace(SUFFIX, '');
    return { said, content: said, what: 'number' };
  }
  const isPattern = language.patterns.includes(kind);
  if (!isPattern && !language.strings.includes(kind)) return { said: written, content: written, what: 'name' };
  const said = language.textOf?.(leaf) ?? written.slice(1, -1);
  return {
    said,
    content: isPattern || ESCAPED.test(said) ? unescapePattern(said) : said,
    what: isPattern ? 'pattern' : 'string',
  };
}

/** What a number ends with that says its type: `61204L`, `61204n`, `61204_u64`. */
const SUFFIX = /_?(?:[iu](?:8|16|32|64|128|size)|[lLnNuUmMdDfF]+)$/;
