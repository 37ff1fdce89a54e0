import { type Climber, situate } from './climb.ts';
import { type Decision, decide, decideQuery, decideUnknown } from './decide.ts';
import type { Dictionary } from './dictionary.ts';
import { isInTest, isSilent, scopesOf, statementOf } from './enclosing.ts';
import type { Finding } from './finding.ts';
import { contentOf } from './fingerprint.ts';
import type { Parse } from './grammars.ts';
import type { Surroundings } from './judge.ts';
import type { Language, Node } from './language.ts';
import { languages } from './languages/registry.ts';
import { leavesOf, type Wanted } from './leaves-of.ts';
import { mentionsIn } from './mentions.ts';
import { whyItDecides } from './message.ts';
import type { ScanPolicy } from './policy.ts';
import { rules } from './rules.ts';
import { splitName } from './split-name.ts';
import { typesIn } from './types-in.ts';
import { isOpaque, isOpaqueNumber } from './unlisted.ts';
import { accountNouns } from './vocabulary.ts';

export interface SourceText {
  path: string;
  text: string;
  language: Language;
}

export interface ScanTools extends Wanted {
  dictionary: Dictionary;
  policy: ScanPolicy;
  grammarOf(language: Language): Parse;
}

/** Every rule about an account in one text, in the order they stand there. Never throws for what the text is. */
export function scanText(file: SourceText, tools: ScanTools): Finding[] {
  const parts = file.language.parts?.(file.text);
  if (!parts) return scanPart(file, tools);
  return parts.flatMap(({ language: name, text }) => {
    const language = languages.find((known) => known.name === name);
    return language ? scanPart({ path: file.path, text, language }, tools) : [];
  });
}

function scanPart(file: SourceText, tools: ScanTools): Finding[] {
  const { language, text } = file;
  const { dictionary, policy } = tools;
  const root = tools.grammarOf(language)(text);
  const climber = climberOf(root, language);
  const nouns = new Set(policy.identifiers);
  const ignores = namesApartFromAccounts(text, nouns);
  const typeOf = typesIn(text);
  const certaintyOf: Surroundings['certaintyOf'] = (peer) =>
    mentionsIn(peer, dictionary).find(({ form }) => form === 'whole')?.match.certainty;
  const surroundings = (leaf: Node): Surroundings => {
    let scopes: readonly string[] | undefined;
    return {
      get scopes() {
        scopes ??= scopesOf(leaf, language);
        return scopes;
      },
      typeOf,
      nouns,
      certaintyOf,
    };
  };
  const findings: Finding[] = [];
  for (const leaf of leavesOf(root, language, tools)) {
    const { said, content, what } = read(leaf, language);
    const mentions =
      what === 'number' && !/^\d{2}/.test(said) ? [] : mentionsIn(content, dictionary, what === 'pattern');
    const isUnknown = tools.unlisted && mentions.length === 0 && mayBeUnknown(said, what);
    const isQuery = what === 'string' && QUERY.test(content);
    if (mentions.length === 0 && !isUnknown && !isQuery) continue;
    const around = surroundings(leaf);
    const decision =
      (mentions.length > 0 && decide(mentions, situate(leaf, climber), around)) ||
      (isUnknown && decideUnknown(said, situate(leaf, { ...climber, ignores }), around)) ||
      (isQuery && !isSilent(leaf, language) && decideQuery(content, dictionary, tools.unlisted, around));
    if (!decision || isInTest(leaf, language)) continue;
    const severity = policy.severity[decision.rule] ?? rules[decision.rule].severity;
    if (severity !== 'off') findings.push(toFinding(file, leaf, decision, severity, around));
  }
  return findings;
}

/** Names are listed once, when the first constant is followed. */
function climberOf(root: Node, language: Language): Climber {
  let byName: Map<string, Node[]> | undefined;
  const listNames = (): Map<string, Node[]> => {
    const names = new Map<string, Node[]>();
    for (const node of root.findAll({ rule: { any: language.names.map((kind) => ({ kind })) } })) {
      const name = node.text();
      const known = names.get(name);
      if (known) known.push(node);
      else names.set(name, [node]);
    }
    return names;
  };
  return {
    language,
    isInTest: (node) => isInTest(node, language),
    parts: new Map(),
    usesOf(name, binding) {
      byName ??= listNames();
      const known = byName.get(name) ?? [];
      if (known.length < 2) return [];
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

type What = 'string' | 'pattern' | 'number' | 'name';

function read(leaf: Node, language: Language): { said: string; content: string; what: What } {
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
    content: isPattern || /\\+[.\-]/.test(said) ? unescapePattern(said) : said,
    what: isPattern ? 'pattern' : 'string',
  };
}

const mayBeUnknown = (said: string, what: What): boolean =>
  what === 'number'
    ? isOpaqueNumber(said)
    : what === 'string' && (isOpaque(said.trim()) || /^\S+@\S+\.\w+$/.test(said));

/** A text that compares something with a literal, as queries do. */
const QUERY = /\w["'`\])}]*\s*(?:={1,3}|!==?|<>|\bin\b\s*\(|\blike\b)\s*\(?["']?[\w{%@]/i;

/** What a number ends with that says its type: `61204L`, `61204n`, `61204_u64`. */
const SUFFIX = /_?(?:[iu](?:8|16|32|64|128|size)|[lLnNuUmMdDfF]+)$/;

const unescapePattern = (pattern: string): string =>
  pattern
    // `acme[ -]corp`, `acme\s*corp`: what may stand between.
    .replace(/\[(?:\\s|[^\]\p{L}\p{N}])*\][?*+]?|\\s[?*+]/gu, '-')
    .replace(/\\[AzZbBdDwWsS]/g, ' ')
    .replace(/\\+(.)/g, '$1')
    .replace(/[\^$*+?()[\]{}|]/g, ' ');

function toFinding(
  file: SourceText,
  leaf: Node,
  { rule, about, situation, account, written }: Decision,
  severity: Finding['severity'],
  around: Surroundings,
): Finding {
  const literal = leaf.text();
  const { lines, ...statement } = statementOf(leaf, file.language);
  const who = account === undefined ? 'an account that is in no list' : `account ${account}`;
  return {
    rule,
    severity,
    at: { path: file.path, ...spanOf(leaf, literal, written) },
    ...(account !== undefined && { account }),
    literal,
    statement: lines,
    message: `${who} decides here: ${shorten(literal)} is ${whyItDecides(situation.how, about)}`,
    help: account === undefined ? 'say it in the terms of that customer' : `say it in customers/${account}.yaml`,
    content: contentOf({ rule, ...statement, within: [...around.scopes].reverse(), literal }),
  };
}

/** The literal; of one over several lines what names the account in it. */
function spanOf(leaf: Node, literal: string, written: string | undefined): Pick<Finding['at'], 'start' | 'end'> {
  const { start, end } = leaf.range();
  const at = literal.includes('\n') && written ? literal.indexOf(written) : -1;
  if (at < 0 || !written)
    return {
      start: { line: start.line + 1, column: start.column + 1 },
      end: { line: end.line + 1, column: end.column + 1 },
    };
  const before = literal.slice(0, at).split('\n');
  const line = start.line + before.length;
  const column = (before.length === 1 ? start.column : 0) + (before.at(-1)?.length ?? 0) + 1;
  return { start: { line, column }, end: { line, column: column + written.length } };
}

const shorten = (text: string): string => {
  const line = text.replace(/\s+/g, ' ');
  return line.length > 60 ? `${line.slice(0, 57)}…` : line;
};
