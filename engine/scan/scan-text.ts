import { type Decision, decide, decideQuery, decideUnknown } from './decide.ts';
import type { Dictionary } from './dictionary.ts';
import type { Finding } from './finding.ts';
import { contentOf, inOrder } from './fingerprint.ts';
import type { Parse } from './grammars.ts';
import type { Hit } from './hit.ts';
import type { Surroundings } from './judge.ts';
import type { Language } from './language.ts';
import { languages } from './languages/registry.ts';
import type { Wanted } from './leaves-of.ts';
import { mentionsIn } from './mentions.ts';
import { whyItDecides } from './message.ts';
import { nodesIn } from './nodes-in.ts';
import type { ScanPolicy } from './policy.ts';
import { readingsIn } from './readings-in.ts';
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
  const { language, text, path } = file;
  if (language.isForeign?.(text, path)) return [];
  const findings = [...hitsIn(file, tools)];
  for (const part of language.parts?.(text) ?? []) {
    const spoken = languages.find(({ name }) => name === part.language);
    if (spoken) findings.push(...scanText({ path, text: part.text, language: spoken }, tools));
  }
  return language.read ? findings.sort(inOrder) : findings;
}

function* hitsIn({ path, text, language }: SourceText, tools: ScanTools): Generator<Finding> {
  const { dictionary, policy } = tools;
  const nouns = new Set(policy.identifiers);
  const typeOf = typesIn(text);
  const certaintyOf: Surroundings['certaintyOf'] = (peer) =>
    mentionsIn(peer, dictionary).find(({ form }) => form === 'whole')?.match.certainty;
  for (const hit of readersOf(text, language, tools, nouns)) {
    let scopes: readonly string[] | undefined;
    const around: Surroundings = {
      get scopes() {
        scopes ??= hit.scopes();
        return scopes;
      },
      typeOf,
      nouns,
      certaintyOf,
    };
    const decision = decideHit(hit, around, tools);
    if (!decision || hit.isInTest()) continue;
    const severity = policy.severity[decision.rule] ?? rules[decision.rule].severity;
    if (severity !== 'off') yield toFinding(hit, path, decision, severity, around);
  }
}

function* readersOf(text: string, language: Language, tools: ScanTools, nouns: ReadonlySet<string>): Generator<Hit> {
  if (language.grammar && !language.parts)
    yield* nodesIn(tools.grammarOf(language)(language.legible?.(text) ?? text), text, language, tools, nouns);
  if (language.read) yield* readingsIn(text, language, tools);
}

function decideHit(hit: Hit, around: Surroundings, { dictionary, unlisted }: ScanTools): Decision | undefined {
  const { said, content, what } = hit;
  const mentions =
    what === 'number' && !/^\d{2}/.test(said)
      ? []
      : mentionsIn(content, dictionary, what === 'pattern' || content !== said);
  const isUnknown = unlisted && mentions.length === 0 && mayBeUnknown(said, what);
  const isQuery = what === 'string' && QUERY.test(content);
  if (mentions.length === 0 && !isUnknown && !isQuery) return undefined;
  return (
    (mentions.length > 0 && decide(mentions, hit.situations(false), around)) ||
    (isUnknown && decideUnknown(said, hit.situations(true), around)) ||
    (isQuery && !hit.isSilent() && decideQuery(content, dictionary, unlisted, around)) ||
    undefined
  );
}

const mayBeUnknown = (said: string, what: Hit['what']): boolean =>
  what === 'number'
    ? isOpaqueNumber(said)
    : what === 'string' && (isOpaque(said.trim()) || /^\S+@\S+\.\w+$/.test(said));

/** A text that compares something with a literal, as queries do. */
const QUERY = /\w["'`\])}]*\s*(?:={1,3}|!==?|<>|\bin\b\s*\(|\blike\b)\s*\(?["']?[\w{%@]|\bvalues\s*\(/i;

function toFinding(
  hit: Hit,
  path: string,
  { rule, about, situation, account, written }: Decision,
  severity: Finding['severity'],
  around: Surroundings,
): Finding {
  const { literal } = hit;
  const { lines, ...statement } = hit.statement();
  const who = account === undefined ? 'an account that is in no list' : `account ${account}`;
  return {
    rule,
    severity,
    at: { path, ...spanOf(hit, written) },
    ...(account !== undefined && { account }),
    literal,
    statement: lines,
    message: `${who} decides here: ${shorten(literal)} is ${whyItDecides(situation.how, about)}`,
    help: account === undefined ? 'say it in the terms of that customer' : `say it in customers/${account}.yaml`,
    content: contentOf({ rule, ...statement, within: [...around.scopes].reverse(), literal }),
  };
}

/** The literal; of one over several lines what names the account in it. */
function spanOf({ literal, start, end }: Hit, written: string | undefined): Pick<Finding['at'], 'start' | 'end'> {
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
