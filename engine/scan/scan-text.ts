import { type Climber, situate } from './climb.ts';
import { type Decision, decide, decideQuery, decideUnknown } from './decide.ts';
import type { Dictionary } from './dictionary.ts';
import { isInTest, isSilent, scopesOf, statementOf } from './enclosing.ts';
import type { Finding } from './finding.ts';
import { contentOf, type Described, inOrder } from './fingerprint.ts';
import type { Parse } from './grammars.ts';
import type { Surroundings } from './judge.ts';
import type { Language, Node, Spot } from './language.ts';
import { languages } from './languages/registry.ts';
import { leavesOf, namesToken, type Wanted } from './leaves-of.ts';
import { mentionsIn } from './mentions.ts';
import { whyItDecides } from './message.ts';
import type { ScanPolicy } from './policy.ts';
import { rules } from './rules.ts';
import type { Situation } from './situation.ts';
import { spotsIn } from './spots-in.ts';
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
  const { language, text, path } = file;
  if (language.isForeign?.(text, path)) return [];
  const around = { nouns: new Set(tools.policy.identifiers), ...namesIn(text, tools.dictionary) };
  const hits = [...(language.grammar ? nodesIn(file, tools) : []), ...readingsIn(file, tools)];
  const findings = hits.flatMap((hit) => findingOf(hit, path, { ...around, scopes: hit.scopes() }, tools));
  const parts = language.parts?.(text).flatMap((part) => {
    const spoken = languages.find(({ name }) => name === part.language);
    return spoken ? scanText({ path, text: part.text, language: spoken }, tools) : [];
  });
  return parts || language.read ? [...findings, ...(parts ?? [])].sort(inOrder) : findings;
}

/** A literal or name that may name an account. */
interface Hit {
  /** As it is written. */
  literal: string;
  said: string;
  content: string;
  what: What;
  start: Spot;
  end: Spot;
  situations(): readonly Situation[];
  scopes(): readonly string[];
  isSilent(): boolean;
  statement(): Pick<Described, 'statement' | 'comments'>;
}

function namesIn(text: string, dictionary: Dictionary): Pick<Surroundings, 'typeOf' | 'certaintyOf'> {
  return {
    typeOf: typesIn(text),
    certaintyOf: (peer) => mentionsIn(peer, dictionary).find(({ form }) => form === 'whole')?.match.certainty,
  };
}

function nodesIn({ language, text }: SourceText, tools: ScanTools): Hit[] {
  const root = tools.grammarOf(language)(language.plain?.(text) ?? text);
  const climber = climberOf(root, language);
  return leavesOf(root, language, tools)
    .filter((leaf) => !isInTest(leaf, language))
    .map((leaf) => ({
      literal: leaf.text(),
      ...read(leaf, language),
      ...leaf.range(),
      situations: () => situate(leaf, climber),
      scopes: () => scopesOf(leaf, language),
      isSilent: () => isSilent(leaf, language),
      statement: () => statementOf(leaf, language),
    }));
}

function readingsIn({ language, text }: SourceText, { tokens, unlisted }: ScanTools): Hit[] {
  const readings = language.read?.(text) ?? [];
  if (readings.length === 0) return [];
  const names = tokens && namesToken(tokens);
  const spotAt = spotsIn(text);
  return readings
    .filter(({ said, what }) => !names || names(said) || (unlisted && what !== 'name' && /[0-9@]/.test(said)))
    .map(({ start, end, said, what, situations, scopes, statement }) => ({
      literal: text.slice(start, end),
      said,
      content: ESCAPED.test(said) ? unescapePattern(said) : said,
      what,
      start: spotAt(start),
      end: spotAt(end),
      situations,
      scopes,
      isSilent: () => false,
      statement: () => {
        const span = statement();
        return { statement: text.slice(span.start, span.end) };
      },
    }));
}

function findingOf(hit: Hit, path: string, around: Surroundings, tools: ScanTools): Finding[] {
  const { said, content, what } = hit;
  const { dictionary, policy, unlisted } = tools;
  const mentions = what === 'number' && !/^\d{2}/.test(said) ? [] : mentionsIn(content, dictionary);
  const isUnknown = unlisted && mentions.length === 0 && mayBeUnknown(said, what);
  const isQuery = what === 'string' && QUERY.test(content);
  if (mentions.length === 0 && !isUnknown && !isQuery) return [];
  const decision =
    (mentions.length > 0 && decide(mentions, hit.situations(), around)) ||
    (isUnknown && decideUnknown(said, hit.situations(), around)) ||
    (isQuery && !hit.isSilent() && decideQuery(content, dictionary, unlisted, around));
  if (!decision) return [];
  const severity = policy.severity[decision.rule] ?? rules[decision.rule].severity;
  return severity === 'off' ? [] : [toFinding(hit, path, decision, severity, around)];
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
    content: isPattern || ESCAPED.test(said) ? unescapePattern(said) : said,
    what: isPattern ? 'pattern' : 'string',
  };
}

const mayBeUnknown = (said: string, what: What): boolean =>
  what === 'number'
    ? isOpaqueNumber(said)
    : what === 'string' && (isOpaque(said.trim()) || /^\S+@\S+\.\w+$/.test(said));

/** A text that compares something with a literal, as queries do. */
const QUERY = /\w["'`\])}]*\s*(?:={1,3}|!==?|<>|\bin\b\s*\(|\blike\b)\s*\(?["']?[\w{%@]|\bvalues\s*\(/i;

/** What a number ends with that says its type: `61204L`, `61204n`, `61204_u64`. */
const SUFFIX = /_?(?:[iu](?:8|16|32|64|128|size)|[lLnNuUmMdDfF]+)$/;

/** What a pattern in a text escapes. */
const ESCAPED = /\\+[-.]/;

const unescapePattern = (pattern: string): string =>
  pattern
    .replace(/\\[AzZbBdDwWsS]/g, ',')
    .replace(/\\+(.)/g, '$1')
    .replace(/[\^$*+?()[\]{}|]/g, ',');

function toFinding(
  hit: Hit,
  path: string,
  { rule, about, situation, account }: Decision,
  severity: Finding['severity'],
  around: Surroundings,
): Finding {
  const { start, end, literal } = hit;
  const who = account === undefined ? 'an account that is in no list' : `account ${account}`;
  return {
    rule,
    severity,
    at: {
      path,
      start: { line: start.line + 1, column: start.column + 1 },
      end: { line: end.line + 1, column: end.column + 1 },
    },
    ...(account !== undefined && { account }),
    literal,
    message: `${who} decides here: ${shorten(literal)} is ${whyItDecides(situation.how, about)}`,
    help: account === undefined ? 'say it in the terms of that customer' : `say it in customers/${account}.yaml`,
    content: contentOf({ rule, ...hit.statement(), within: [...around.scopes].reverse(), literal }),
  };
}

const shorten = (text: string): string => (text.length > 60 ? `${text.slice(0, 57)}…` : text);
