import { type Climber, isSaid, situate } from './climb.ts';
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
  grammarOf(language: Language): Parse;
  /** Whether accounts nobody lists are looked for: see `may-hold-unlisted.ts`. */
  unlisted: boolean;
  /** Only what holds one of these tokens is looked at; absent: everything. */
  names?: ReadonlySet<string> | undefined;
}

type Decided = { rule: RuleName; about: string; situation: Situation; account?: string };

/** Every rule about an account in one text, in the order they stand there. Never throws for what the text is. */
export function scanText(file: SourceText, tools: ScanTools): Finding[] {
  const { language, text } = file;
  const root = tools.grammarOf(language)(text);
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
        (node) =>
          (node.range().start.index < own.start.index || node.range().end.index > own.end.index) &&
          !isInTest(node, language),
      );
    },
  };
  const typeOf = typesIn(text);
  const findings: Finding[] = [];
  for (const leaf of leavesOf(root, language, tools)) {
    const kind = leaf.kind();
    const isString = language.strings.includes(kind);
    const isPattern = language.patterns.includes(kind);
    const isNumber = language.numbers.includes(kind);
    const written = leaf.text();
    const said = isString || isPattern ? (language.textOf?.(leaf) ?? written.slice(1, -1)) : written;
    const content = isPattern || /\\+[.\-]/.test(said) ? unescapePattern(said) : said;
    const mentions = isNumber && !/^\d{2}/.test(said) ? [] : mentionsIn(content, tools.dictionary);
    const isUnknown =
      mentions.length === 0 &&
      ((isString && (isOpaque(said.trim()) || /^\S+@\S+\.\w+$/.test(said))) || (isNumber && isOpaqueNumber(said)));
    if (mentions.length === 0 && !isUnknown && !(isString && /\bwhere\b/i.test(content))) continue;
    if (isInTest(leaf, language)) continue;
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
  if (isSilent(leaf, climber.language)) return undefined;
  for (const { subject, literal } of sqlPredicates(content)) {
    const situation: Situation = { how: 'query', subject, holders: [], peers: [] };
    for (const mention of mentionsIn(literal, dictionary)) {
      const verdict = judge(mention, situation, around);
      if (verdict) return { ...verdict, situation, account: mention.match.account };
    }
    if (isOpaque(literal) && isUnlisted(situation, around))
      return { rule: 'unlisted-account', about: subject, situation };
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

/** A test that stands in a product's file. */
function isInTest(leaf: Node, { shapes }: Language): boolean {
  for (let node = leaf.parent(); node; node = node.parent()) {
    const shape = shapes[node.kind()]?.(node);
    if (shape?.is === 'scope' && shape.test) return true;
  }
  return false;
}

/** Documentation, an import, what is logged or thrown: also a query in it is only words. */
function isSilent(leaf: Node, { shapes }: Language): boolean {
  for (let node = leaf.parent(); node; node = node.parent()) {
    const shape = shapes[node.kind()]?.(node);
    if (!shape || shape.is === 'silent' || shape.is === 'scope') return shape?.is === 'silent';
    if (shape.is === 'call' && isSaid(shape)) return true;
  }
  return false;
}

/** What may name an account, found by the parser itself, so that only hits are brought here. */
function leavesOf(
  root: Node,
  { strings, numbers, patterns, names }: Language,
  { names: tokens, unlisted }: ScanTools,
): Node[] {
  const of = (kinds: readonly string[]) => kinds.map((kind) => ({ kind }));
  const all = of([...strings, ...numbers, ...patterns, ...names]);
  if (!tokens) return root.findAll({ rule: { any: all } });
  const rules: object[] = [];
  if (tokens.size > 0) rules.push({ any: all, regex: `(?i)${[...tokens].map(escapeToken).join('|')}` });
  if (unlisted) rules.push({ any: of(strings), regex: OPAQUE }, { any: of(numbers), regex: '^([2-9]|[1-9][0-9_]+)' });
  return rules.length > 0 ? root.findAll({ rule: { any: rules } }) : [];
}

/** A quoted text of one word with a digit, or an address: a net wider than `isOpaque`, for the parser. */
const OPAQUE = '^.{0,3}([A-Za-z0-9_{}-]*[0-9][A-Za-z0-9_{}-]*|[^\\s@]+@[^\\s@]+).{0,3}$';

/** 48213 may be written 48_213. */
const escapeToken = (token: string): string =>
  /^\d+$/.test(token) ? [...token].join('_?') : token.replace(/[^\p{L}\p{N}\p{M}]/gu, '\\$&');

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

const unescapePattern = (pattern: string): string =>
  pattern
    .replace(/\\[AzZbBdDwWsS]/g, ' ')
    .replace(/\\+(.)/g, '$1')
    .replace(/[\^$*+?()[\]{}|]/g, ' ');
