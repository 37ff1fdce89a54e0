import { type Climber, situate } from './climb.ts';
import type { Dictionary } from './dictionary.ts';
import type { Finding } from './finding.ts';
import { contentOf } from './fingerprint.ts';
import type { Parse } from './grammars.ts';
import { judge, type Surroundings } from './judge.ts';
import type { Language, Node } from './language.ts';
import { type Mention, mentionsIn } from './mentions.ts';
import { whyItDecides } from './message.ts';
import type { ScanPolicy } from './policy.ts';
import { type RuleName, rules } from './rules.ts';
import type { Situation } from './situation.ts';
import { sqlPredicates } from './sql-predicates.ts';
import { judgeSubject } from './subject.ts';
import { isOpaque, isOpaqueNumber, isUnlisted } from './unlisted.ts';

export interface SourceText {
  path: string;
  text: string;
  language: Language;
}

export interface ScanTools {
  dictionary: Dictionary;
  policy: ScanPolicy;
  parse: Parse;
}

type Decided = { rule: RuleName; about: string; situation: Situation; account?: string };

/** Every rule about an account in one text, in the order they stand there. Never throws for what the text is. */
export function scanText(file: SourceText, tools: ScanTools): Finding[] {
  const { language, text } = file;
  const root = tools.parse(text);
  const nouns = new Set(tools.policy.identifiers);
  const names = new Map<string, Node[]>();
  const climber: Climber = {
    language,
    usesOf(name, binding) {
      const known =
        names.get(name) ??
        root.findAll({
          rule: {
            any: language.names.map((kind) => ({ kind })),
            regex: `^${name.replace(/[$.*+?^(){}[\]|\\]/g, '\\$&')}$`,
          },
        });
      names.set(name, known);
      const own = binding.range();
      return known.filter(
        (node) => node.range().start.index < own.start.index || node.range().end.index > own.end.index,
      );
    },
  };
  const typeOf = typesIn(text);
  const findings: Finding[] = [];
  for (const leaf of leavesOf(root, language)) {
    const kind = leaf.kind();
    const isString = language.strings.includes(kind);
    const isPattern = language.patterns.includes(kind);
    const isNumber = language.numbers.includes(kind);
    const written = leaf.text();
    const said =
      isString || isPattern
        ? (language.textOf?.(leaf) ?? written.slice(1, -1))
        : isNumber
          ? written.replace(SUFFIX, '')
          : written;
    const content = isPattern ? unescapePattern(said) : said;
    const mentions = isNumber && !/^\d{2}/.test(said) ? [] : mentionsIn(content, tools.dictionary);
    const isUnknown =
      mentions.length === 0 &&
      ((isString && (isOpaque(said.trim()) || /^\S+@\S+\.\w+$/.test(said))) || (isNumber && isOpaqueNumber(said)));
    const isQuery = isString && mentions.length === 0 && HAS_NUMBER.test(content);
    if ((mentions.length === 0 && !isUnknown && !isQuery) || isInTest(leaf, language)) continue;
    const around: Surroundings = {
      scopes: scopesOf(leaf, language),
      typeOf,
      nouns,
      certaintyOf: (peer) => mentionsIn(peer, tools.dictionary).find(({ form }) => form === 'whole')?.match.certainty,
    };
    const decided = isUnknown
      ? decideUnknown(leaf, said, climber, around)
      : decide(leaf, content, mentions, climber, around, tools.dictionary);
    if (!decided) continue;
    const severity = tools.policy.severity[decided.rule] ?? rules[decided.rule].severity;
    if (severity === 'off') continue;
    findings.push(toFinding(file, leaf, written, decided, severity, around));
  }
  return findings;
}

function decide(
  leaf: Node,
  content: string,
  mentions: readonly Mention[],
  climber: Climber,
  around: Surroundings,
  dictionary: Dictionary,
): Decided | undefined {
  const situations = situate(leaf, climber);
  for (const mention of mentions)
    for (const situation of situations) {
      const verdict = judge(mention, situation, around);
      if (verdict) return { ...verdict, situation, account: mention.match.account };
    }
  for (const { subject, literal } of sqlPredicates(content)) {
    const situation: Situation = { how: 'query', subject, holders: [], peers: [] };
    for (const mention of mentionsIn(literal, dictionary)) {
      const verdict = judge(mention, situation, around);
      if (verdict) return { ...verdict, situation, account: mention.match.account };
    }
  }
  return undefined;
}

function decideUnknown(leaf: Node, said: string, climber: Climber, around: Surroundings): Decided | undefined {
  const situations = situate(leaf, climber);
  if (said.includes('@')) {
    const situation = situations.find(
      ({ how, subject = '' }) =>
        (how === 'equality' || how === 'membership') && judgeSubject(subject, undefined, around.nouns) === 'approver',
    );
    return situation && { rule: 'approver-address', about: situation.subject ?? '', situation };
  }
  const situation = situations.find((place) => isUnlisted(place, around));
  return situation && { rule: 'unlisted-account', about: situation.subject ?? '', situation };
}

function* leavesOf(root: Node, { strings, numbers, patterns, names }: Language): Iterable<Node> {
  yield* root.findAll({ rule: { any: [...strings, ...numbers, ...patterns, ...names].map((kind) => ({ kind })) } });
}

function toFinding(
  file: SourceText,
  leaf: Node,
  literal: string,
  { rule, about, situation, account }: Decided,
  severity: Finding['severity'],
  around: Surroundings,
): Finding {
  const { start, end } = leaf.range();
  const why = whyItDecides(situation.how, about);
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
    message: `${account === undefined ? 'an account that is in no list' : `account ${account}`} decides here: ${shorten(literal)} is ${why}`,
    help: account === undefined ? 'say it in the terms of that customer' : `say it in customers/${account}.yaml`,
    content: contentOf({ rule, ...statementOf(leaf, file.language), within: [...around.scopes].reverse(), literal }),
  };
}

const shorten = (text: string): string => (text.length > 60 ? `${text.slice(0, 57)}…` : text);

/** The smallest statement, entry or condition it stands in, and where in it comments stand. */
function statementOf(
  leaf: Node,
  { shapes, comments }: Language,
): { statement: string; comments: { start: number; end: number }[] } {
  let at = leaf;
  for (let parent = leaf.parent(); parent; parent = parent.parent()) {
    const shape = shapes[parent.kind()]?.(parent);
    if (!shape || shape.is === 'scope' || shape.is === 'map' || shape.is === 'list' || shape.is === 'silent') break;
    at = parent;
    if (shape.is === 'pair' || shape.is === 'binding' || shape.is === 'case') break;
  }
  const from = at.range().start.index;
  const said =
    comments.length === 0
      ? []
      : at.findAll({ rule: { any: comments.map((kind) => ({ kind })) } }).map((comment) => comment.range());
  return {
    statement: at.text(),
    comments: said.map(({ start, end }) => ({ start: start.index - from, end: end.index - from })),
  };
}

/** A test beside the code it tests. */
function isInTest(leaf: Node, { shapes }: Language): boolean {
  for (let node = leaf.parent(); node; node = node.parent()) {
    const shape = shapes[node.kind()]?.(node);
    if (shape?.is === 'scope' && shape.test) return true;
  }
  return false;
}

/** Names of the functions and classes around it and of their parameters, and of what it is bound to; the nearest first. */
function scopesOf(leaf: Node, { shapes }: Language): string[] {
  const names: string[] = [];
  for (let node = leaf.parent(); node; node = node.parent()) {
    const shape = shapes[node.kind()]?.(node);
    if (shape?.is === 'scope' && shape.name) names.push(shape.name);
    if (shape?.is === 'binding') names.push(shape.name.text().slice(0, 80));
    const parameters = node.field('parameters') ?? node.field('parameter');
    if (parameters) names.push(parameters.text().slice(0, 200));
  }
  return names;
}

/** The declared type of a name, read off the text: `c: Customer`, `Customer c`, `c *Customer`. */
function typesIn(text: string): (name: string) => string | undefined {
  const known = new Map<string, string | undefined>();
  return (name) => {
    if (!/^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(name)) return undefined;
    if (!known.has(name)) {
      const escaped = name.replaceAll('$', '\\$');
      const after = new RegExp(
        `(?<![\\w$.])${escaped}\\??\\s*:\\s*[&*]*(?:Readonly<|Partial<|Optional\\[)?([A-Z][\\w.]*)`,
      ).exec(text);
      const before = new RegExp(`(?<![\\w$.])([A-Z][\\w.]*)(?:<[^>\\n]*>)?[?&]?\\s+${escaped}(?![\\w$(])`).exec(text);
      const pointer = new RegExp(`(?<![\\w$.])${escaped}\\s+\\*?(?:\\w+\\.)?([A-Z]\\w*)`).exec(text);
      known.set(name, (after ?? before ?? pointer)?.[1]);
    }
    return known.get(name);
  };
}

/** A query that compares with a number: `WHERE account_id = 61204`. */
const HAS_NUMBER = /\w\s*(?:=|<>|\bin\b\s*\()\s*\d\d/i;

/** What a number ends with that says its type: `61204L`, `61204n`, `61204_u64`. */
const SUFFIX = /_?(?:[iu](?:8|16|32|64|128|size)|[lLnNuUmMdDfF]+)$/;

const unescapePattern = (pattern: string): string =>
  pattern
    .replace(/\\[AzZbBdDwWsS]/g, ' ')
    .replace(/\\(.)/g, '$1')
    .replace(/[\^$*+?()[\]{}|]/g, ' ');
