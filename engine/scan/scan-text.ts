import { type Climber, situate } from './climb.ts';
import { type Decision, decide, decideQuery, decideUnknown } from './decide.ts';
import type { Dictionary } from './dictionary.ts';
import { isInTest, isSilent, scopesOf, statementOf } from './enclosing.ts';
import type { Finding } from './finding.ts';
import { contentOf } from './fingerprint.ts';
import type { Parse } from './grammars.ts';
import type { Surroundings } from './judge.ts';
import type { Language, Node } from './language.ts';
import { leavesOf, type Wanted } from './leaves-of.ts';
import { mentionsIn } from './mentions.ts';
import { whyItDecides } from './message.ts';
import type { ScanPolicy } from './policy.ts';
import { rules } from './rules.ts';
import { typesIn } from './types-in.ts';
import { isOpaque, isOpaqueNumber } from './unlisted.ts';

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
  const { language, text } = file;
  const { dictionary, policy } = tools;
  const root = tools.grammarOf(language)(language.legible?.(text) ?? text);
  const climber = climberOf(root, language);
  const nouns = new Set(policy.identifiers);
  const typeOf = typesIn(text);
  const certaintyOf: Surroundings['certaintyOf'] = (peer) =>
    mentionsIn(peer, dictionary).find(({ form }) => form === 'whole')?.match.certainty;
  const findings: Finding[] = [];
  for (const leaf of leavesOf(root, language, tools)) {
    const { said, content, what } = read(leaf, language);
    const mentions = what === 'number' && !/^\d{2}/.test(said) ? [] : mentionsIn(content, dictionary);
    const isUnknown = tools.unlisted && mentions.length === 0 && mayBeUnknown(said, what);
    const isQuery = what === 'string' && QUERY.test(content);
    if ((mentions.length === 0 && !isUnknown && !isQuery) || isInTest(leaf, language)) continue;
    const around: Surroundings = { scopes: scopesOf(leaf, language), typeOf, nouns, certaintyOf };
    const decision =
      (mentions.length > 0 && decide(mentions, situate(leaf, climber), around)) ||
      (isUnknown && decideUnknown(said, situate(leaf, climber), around)) ||
      (isQuery && !isSilent(leaf, language) && decideQuery(content, dictionary, tools.unlisted, around));
    if (!decision) continue;
    const severity = policy.severity[decision.rule] ?? rules[decision.rule].severity;
    if (severity !== 'off') findings.push(toFinding(file, leaf, decision, severity, around));
  }
  return findings;
}

function climberOf(root: Node, language: Language): Climber {
  const names = new Map<string, Node[]>();
  const find = (name: string): Node[] => {
    const regex = `^${name.replace(/[$.*+?^(){}[\]|\\]/g, '\\$&')}$`;
    return root.findAll({ rule: { any: language.names.map((kind) => ({ kind })), regex } });
  };
  return {
    language,
    usesOf(name, binding) {
      const known = names.get(name) ?? find(name);
      names.set(name, known);
      const own = binding.range();
      return known.filter((node) => {
        const { start, end } = node.range();
        return (start.index < own.start.index || end.index > own.end.index) && !isInTest(node, language);
      });
    },
  };
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
    .replace(/\\[AzZbBdDwWsS]/g, ' ')
    .replace(/\\+(.)/g, '$1')
    .replace(/[\^$*+?()[\]{}|]/g, ' ');

function toFinding(
  file: SourceText,
  leaf: Node,
  { rule, about, situation, account }: Decision,
  severity: Finding['severity'],
  around: Surroundings,
): Finding {
  const { start, end } = leaf.range();
  const literal = leaf.text();
  const who = account === undefined ? 'an account that is in no list' : `account ${account}`;
  return {
    rule,
    severity,
    at: {
      path: file.path,
      start: { line: start.line + 1, column: start.column + 1 },
      end: { line: end.line + 1, column: end.column + 1 },
    },
    ...(account !== undefined && { account }),
    literal,
    message: `${who} decides here: ${shorten(literal)} is ${whyItDecides(situation.how, about)}`,
    help: account === undefined ? 'say it in the terms of that customer' : `say it in customers/${account}.yaml`,
    content: contentOf({ rule, ...statementOf(leaf, file.language), within: [...around.scopes].reverse(), literal }),
  };
}

const shorten = (text: string): string => (text.length > 60 ? `${text.slice(0, 57)}…` : text);
