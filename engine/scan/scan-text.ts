import type { Finding } from './finding.ts';
import { type Held, isKnownElsewhere } from './held.ts';
import { type Decision, decide, decideQuery, decideUnknown } from './judge/decide.ts';
import type { Surroundings } from './judge/judge.ts';
import type { Offer } from './judge/offer.ts';
import { toFinding } from './judge/to-finding.ts';
import { isOpaque, isOpaqueNumber } from './judge/unlisted.ts';
import { languages } from './languages/registry.ts';
import { inOrder } from './living/fingerprint.ts';
import type { Dictionary } from './names/dictionary.ts';
import { type Mention, mentionsIn } from './names/mentions.ts';
import type { ScanPolicy } from './policy.ts';
import type { Parse } from './syntax/grammars.ts';
import type { Hit } from './syntax/hit.ts';
import type { Language } from './syntax/language.ts';
import type { Wanted } from './syntax/leaves-of.ts';
import { nodesIn } from './syntax/nodes-in.ts';
import { originsIn } from './syntax/origins-in.ts';
import { readingsIn } from './syntax/readings-in.ts';
import { typesIn } from './syntax/types-in.ts';

export interface SourceText {
  path: string;
  text: string;
  language: Language;
}

export interface ScanTools extends Wanted {
  dictionary: Dictionary;
  policy: ScanPolicy;
  offers?: readonly Offer[];
  grammarOf(language: Language): Parse;
}

export interface ScannedText {
  /** In the order they stand there. */
  findings: Finding[];
  held: Held[];
}

/** Every rule about an account in one text. Never throws for what the text is. */
export function scanText(file: SourceText, tools: ScanTools): ScannedText {
  const { language, text, path } = file;
  const found: ScannedText = { findings: [], held: [] };
  if (language.isForeign?.(text, path)) return found;
  collect(file, tools, found);
  for (const part of language.parts?.(text) ?? []) {
    const spoken = languages.find(({ name }) => name === part.language);
    if (spoken) collect({ path, text: part.text, language: spoken }, tools, found);
  }
  if (language.read) found.findings.sort(inOrder);
  return found;
}

function collect({ path, text, language }: SourceText, tools: ScanTools, found: ScannedText): void {
  const { dictionary, policy, offers = [] } = tools;
  const file = surroundingsIn(text, dictionary, policy);
  for (const hit of readersOf(text, language, tools, file.nouns)) {
    const mentions = mentionsOf(hit, dictionary);
    const isUnknown = tools.unlisted && mentions.length === 0 && mayBeUnknown(hit);
    const isQuery = hit.what === 'string' && QUERY.test(hit.content);
    if (mentions.length === 0 && !isUnknown && !isQuery) continue;
    const around = within(file, hit);
    const decision =
      (mentions.length > 0 && decide(mentions, hit.situations(false), around)) ||
      (isUnknown && decideUnknown(hit.said, hit.situations(true), around)) ||
      (isQuery && !hit.isSilent() && decideQuery(hit.content, dictionary, tools.unlisted, around)) ||
      undefined;
    if (decision && hit.isInTest()) continue;
    if (decision) add(found, { path, hit, scopes: around.scopes }, decision, policy, offers);
    else if (mentions.length > 0 || isUnknown) hold(found, path, hit, mentions, around);
  }
}

function add(
  found: ScannedText,
  judged: Parameters<typeof toFinding>[0],
  decision: Decision,
  policy: ScanPolicy,
  offers: readonly Offer[],
): void {
  const finding = toFinding(judged, decision, policy, offers);
  const last = found.findings.at(-1);
  // A member of an enumeration and its value are one.
  const isSame =
    finding?.rule === 'account-enum' &&
    last?.rule === finding.rule &&
    last.account === finding.account &&
    last.at.start.line === finding.at.start.line;
  if (finding && !isSame) found.findings.push(finding);
}

/** What a constant at the top of a file or class holds, others may use. */
function hold(
  found: ScannedText,
  path: string,
  hit: Hit,
  mentions: readonly Mention[],
  { scopes }: Surroundings,
): void {
  if (hit.what === 'name' && mentions.length === 0) return;
  if (mentions.length === 0 && (hit.what !== 'string' || hit.said.includes('@'))) return;
  if (hit.what === 'pattern' || mentions.some(({ form }) => form === 'prose' || form === 'url')) return;
  const bound = hit.situations(mentions.length === 0).findLast((situation) => situation.bound)?.bound;
  if (!bound || !isKnownElsewhere(bound) || hit.isInTest()) return;
  // The text of a file is not kept for what may never be asked for.
  const [statement, { literal, start, end, said }] = [hit.statement(), hit];
  found.held.push({
    path,
    hit: { literal, start, end, statement: () => statement },
    scopes: [...scopes],
    bound: { ...bound },
    said,
    mentions,
  });
}

/** What a text says about the names in it, whatever literal is looked at. */
export function surroundingsIn(text: string, dictionary: Dictionary, policy: ScanPolicy): Omit<Surroundings, 'scopes'> {
  return {
    typeOf: typesIn(text),
    originOf: originsIn(text),
    nouns: new Set(policy.identifiers),
    certaintyOf: (peer) => mentionsIn(peer, dictionary).find(({ form }) => form === 'whole')?.match.certainty,
  };
}

/** The names around a literal are found when they are asked for. */
export function within(file: Omit<Surroundings, 'scopes'>, { scopes: find }: Pick<Hit, 'scopes'>): Surroundings {
  let scopes: readonly string[] | undefined;
  return {
    ...file,
    get scopes() {
      scopes ??= find();
      return scopes;
    },
  };
}

function* readersOf(text: string, language: Language, tools: ScanTools, nouns: ReadonlySet<string>): Generator<Hit> {
  if (language.grammar && !language.parts)
    yield* nodesIn(tools.grammarOf(language)(language.legible?.(text) ?? text), text, language, tools, nouns);
  if (language.read) yield* readingsIn(text, language, tools);
}

const mentionsOf = ({ said, content, what }: Hit, dictionary: Dictionary): readonly Mention[] =>
  what === 'number' && !/^\d{2}/.test(said)
    ? []
    : mentionsIn(content, dictionary, what === 'pattern' || content !== said);

const mayBeUnknown = ({ said, what }: Hit): boolean =>
  what === 'number'
    ? isOpaqueNumber(said)
    : what === 'string' && said.length < 254 && (isOpaque(said.trim()) || /^\S+@\S+\.\w+$/.test(said));

/** A text that compares something with a literal, as queries do. */
const QUERY = /\w["'`\])}]{0,8}\s{0,20}(?:={1,3}|!==?|<>|\bin\b\s*\(|\blike\b)\s*\(?["']?[\w{%@]|\bvalues\s*\(/i;
