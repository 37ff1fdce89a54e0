/** What is written in a macro of Rust is a row of tokens to the parser: what they are is read here from those beside them. */
import type { Node, Shape } from '../syntax/language.ts';
import { standIn } from '../syntax/shapes.ts';

type Call = Extract<Shape, { is: 'call' }>;

const WORDS =
  /^(let|mut|ref|static|const|if|else|match|in|for|while|return|move|async|await|pub|fn|as|box|loop|unsafe|where)$/;
const STEPS =
  /^(iter|into_iter|iter_mut|to_string|to_owned|into|clone|cloned|copied|as_str|as_ref|as_deref|as_bytes|to_lowercase|to_uppercase|to_ascii_lowercase|to_ascii_uppercase|trim|unwrap|expect|collect|keys|values|chars|borrow|deref|parse|unwrap_or_default)$/;
/** So many tokens on each side, in one statement, say what one is; a macro may hold thousands. */
const REACH = 24;

/** Tokens between the brackets, without comments. */
export function tokensOf(tree: Node): Node[] {
  return tree
    .children()
    .slice(1, -1)
    .filter((token) => !token.kind().includes('comment'));
}

/** A token and those beside it, without brackets and comments. */
export function near(token: Node): { tokens: Node[]; at: number } {
  const before: Node[] = [];
  const after: Node[] = [];
  for (let at = token.prev(); at && before.length < REACH && at.text() !== ';'; at = at.prev()) before.unshift(at);
  for (let at = token.next(); at && after.length < REACH && !/^[,;]$/.test(at.text()); at = at.next()) after.push(at);
  const isSaid = (node: Node): boolean => !/comment/.test(node.kind()) && !/^[()[\]{}]$/.test(node.text());
  const kept = before.filter(isSaid);
  return { tokens: [...kept, token, ...after.filter(isSaid)], at: kept.length };
}

/** The texts between commas. */
export function argumentsOf(tree: Node): Node[] {
  const parts: Node[][] = [[]];
  for (const token of tokensOf(tree))
    if (token.text() === ',') parts.push([]);
    else parts.at(-1)?.push(token);
  return parts.flatMap((part) => row(part, 0, part.length - 1) ?? []);
}

/** `readCall` says what a called name means; `readMacro` what a macro does with its tokens. */
export interface Readers {
  call(call: Call): Shape | undefined;
  macro(name: string, tree: Node, child?: Node): Shape | undefined;
}

/** What a row of tokens in brackets is to one of them. */
export function readTokens(tree: Node, child: Node | undefined, readers: Readers): Shape | undefined {
  const placed = child && !standsAlone(child) ? near(child) : undefined;
  return (placed && beside(tree, placed.tokens, placed.at, readers)) ?? around(tree, child, readers);
}

/** Between commas or brackets: one of a list, an argument. */
const standsAlone = (token: Node): boolean =>
  token.kind() !== 'token_tree' &&
  [token.prev(), token.next()].every((other) => /^[,()[\]{}]$/.test(other?.text() ?? ','));

function beside(tree: Node, tokens: readonly Node[], at: number, readers: Readers): Shape | undefined {
  const [from, to] = operand(tokens, at);
  const before = tokens[from - 1]?.text() ?? '';
  const after = tokens[to + 1]?.text() ?? '';
  const own = row(tokens, from, to);
  if (!own) return undefined;
  if (/^[!=]=$/.test(after)) {
    const right = row(tokens, to + 2, operand(tokens, to + 2)[1]);
    return right && { is: 'comparison', operator: after, left: own, right };
  }
  if (/^[!=]=$/.test(before)) {
    const left = row(tokens, operand(tokens, from - 2)[0], from - 2);
    return left && { is: 'comparison', operator: before, left, right: own };
  }
  const called = methodOn(tokens, at, to);
  if (called) return readers.call(called);
  const arrow = alternativesEnd(tokens, to);
  if (tokens[arrow]?.text() === '=>') {
    const subject = matched(tree);
    if (subject) return { is: 'case', subject };
    return { is: 'pair', key: own, value: row(tokens, arrow + 1, commaAfter(tokens, arrow) - 1) };
  }
  if (before === '=>') {
    const key = row(tokens, operand(tokens, from - 2)[0], from - 2);
    return matched(tree) || !key ? undefined : { is: 'pair', key, value: own };
  }
  if (after === ':' && tree.text().startsWith('{'))
    return { is: 'pair', key: own, value: row(tokens, to + 2, commaAfter(tokens, to + 1) - 1) };
  const name = tokens[from - 2];
  if (before === ':' && name && tree.text().startsWith('{')) return { is: 'pair', key: name, value: own };
  if (before === '=' && name) return bound(tokens, from - 1, own);
  return undefined;
}

/** `static ref A: T = …`, `let a = …`; `a = …` is a named argument. */
function bound(tokens: readonly Node[], equals: number, value: Node): Shape | undefined {
  let from = equals;
  while (from > 0 && tokens[from - 1]?.text() !== ';') from--;
  const statement = tokens.slice(from, equals);
  const declares = statement.findIndex((token) => /^(let|static|const)$/.test(token.text()));
  const name = statement
    .slice(declares + 1)
    .find((token) => token.kind() === 'identifier' && !WORDS.test(token.text()));
  const argument = tokens[equals - 1];
  if (declares >= 0) return name && { is: 'binding', name, value };
  return argument && { is: 'pair', key: argument, value };
}

/** `["a", "b"].iter().any(…)`: the first call on it that does more than lead on. */
function methodOn(tokens: readonly Node[], at: number, to: number): Call | undefined {
  for (let place = at + 1; place + 2 <= to; place++) {
    const [dot, name, given] = [tokens[place], tokens[place + 1], tokens[place + 2]];
    if (dot?.text() !== '.' || name?.kind() !== 'identifier' || given?.kind() !== 'token_tree') continue;
    const receiver = row(tokens, operand(tokens, at)[0], place - 1);
    if (!STEPS.test(name.text()) && receiver)
      return { is: 'call', name: name.text(), receiver, arguments: argumentsOf(given) };
  }
  return undefined;
}

/** By its brackets and by what stands before them: arguments of a call or a macro, a list, a block. */
function around(tree: Node, child: Node | undefined, readers: Readers): Shape | undefined {
  const parent = tree.parent();
  if (parent?.kind() !== 'token_tree') return { is: 'through' };
  const opening = tree.text()[0];
  const { tokens: siblings, at } = near(tree);
  const before = siblings[at - 1];
  const name = siblings[at - 2];
  if (before?.text() === '!' && name?.kind() === 'identifier')
    return readers.macro(name.text(), tree, child) ?? { is: 'through' };
  if (opening === '(' && before?.kind() === 'identifier' && !WORDS.test(before.text())) {
    const from = operand(siblings, at)[0];
    const receiver = /^(\.|::)$/.test(name?.text() ?? '') ? row(siblings, from, at - 3) : undefined;
    const found = { is: 'call', name: before.text(), arguments: argumentsOf(tree) } as const;
    return readers.call(receiver ? { ...found, receiver } : found);
  }
  if (opening === '[' && (before?.kind() === 'identifier' || before?.kind() === 'token_tree')) {
    const object = row(siblings, operand(siblings, at)[0], at - 1);
    const [key] = argumentsOf(tree);
    return object && key ? { is: 'index', object, key } : undefined;
  }
  return { is: opening === '{' ? 'through' : 'list' };
}

/** `match a.b { … }`: what stands between. */
function matched(tree: Node): Node | undefined {
  const parent = tree.parent();
  if (parent?.kind() !== 'token_tree' || !tree.text().startsWith('{')) return undefined;
  const { tokens: siblings, at } = near(tree);
  for (let from = at - 1; from >= 0 && !/^[;,{}]$/.test(siblings[from]?.text() ?? ''); from--)
    if (siblings[from]?.text() === 'match') return row(siblings, from + 1, at - 1);
  return undefined;
}

const isPart = (token: Node | undefined): boolean =>
  token !== undefined &&
  (token.kind() === 'token_tree'
    ? !token.text().startsWith('{')
    : token.isNamed()
      ? !WORDS.test(token.text())
      : /^(\.|::|\?|&|\*|!|'|self)$/.test(token.text()));

/** Where the expression a token belongs to begins and ends. */
function operand(tokens: readonly Node[], at: number): [from: number, to: number] {
  let [from, to] = [at, at];
  const isBound = (left: number): boolean =>
    isPart(tokens[left]) &&
    isPart(tokens[left + 1]) &&
    // Two words or texts in a row are two things.
    !(isEnd(tokens[left]) && isStart(tokens[left + 1]));
  while (from > 0 && isBound(from - 1)) from--;
  while (to + 1 < tokens.length && isBound(to)) to++;
  return [from, to];
}

const isEnd = (token: Node | undefined): boolean => token?.isNamed() === true || token?.text() === '?';
const isStart = (token: Node | undefined): boolean =>
  token !== undefined && token.kind() !== 'token_tree' && token.isNamed();

/** `"a" | "b" =>`: past the other ways. */
function alternativesEnd(tokens: readonly Node[], to: number): number {
  let at = to + 1;
  while (tokens[at]?.text() === '|') at = operand(tokens, at + 1)[1] + 1;
  return at;
}

function commaAfter(tokens: readonly Node[], from: number): number {
  const at = tokens.findIndex((token, place) => place > from && token.text() === ',');
  return at < 0 ? tokens.length : at;
}

/** Several tokens in a row as one node. */
function row(tokens: readonly Node[], from: number, to: number): Node | undefined {
  const [first, last] = [tokens[from], tokens[to]];
  if (!first || !last || from > to) return undefined;
  if (from === to) return first;
  const parent = first.parent();
  const start = parent?.range().start.index ?? 0;
  const text = parent?.text().slice(first.range().start.index - start, last.range().end.index - start);
  return standIn(first, text, last);
}
