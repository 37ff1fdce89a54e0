import { tabAt } from './layout.ts';
import { findLastQuote, findOpened } from './opened.ts';
import type { Problem } from './problem.ts';
import { refuseAlias, refuseAnchor, refuseDirective, refuseNesting, refuseTag } from './refused.ts';

/** What the parser said, in its own words, and where it stood. */
export interface SyntaxFault {
  reason: string;
  at: number;
}

/** Whether the parser takes a text as the begin of a mapping. */
export type Probe = (text: string) => boolean;

/** The fault with what is needed to explain it. */
interface Scene extends SyntaxFault {
  text: string;
  /** Where the line of the fault begins. */
  line: number;
  /** Where the lines begin that the parser could not read; everything before them is sound. */
  from: number;
}

type Explain = (scene: Scene) => Problem | undefined;

/** The parser's fault as people who write YAML by hand would say it, at the place where they made the mistake. */
export function explainSyntax(text: string, fault: SyntaxFault, probe: Probe): Problem {
  const at = Math.min(fault.at, Math.max(0, text.trimEnd().length - 1));
  const line = lineStart(text, at);
  const scene: Scene = { text, at, line, reason: fault.reason, from: findSound(text, line, probe) };
  for (const explain of EXPLANATIONS) {
    const problem = explain(scene);
    if (problem) return problem;
  }
  return syntax(at, at + 1, `this is not valid YAML: ${fault.reason}`, 'compare the line with its neighbours');
}

const syntax = (start: number, end: number, message: string, help: string): Problem => ({
  rule: 'yaml-syntax',
  start,
  end,
  message,
  help,
});

const indentation = (start: number, end: number, message: string, help: string): Problem => ({
  rule: 'bad-indentation',
  start,
  end,
  message,
  help,
});

const lineStart = (text: string, at: number): number => text.lastIndexOf('\n', at - 1) + 1;

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return lineStart(text, at) + text.slice(lineStart(text, at), end === -1 ? text.length : end).trimEnd().length;
}

/** Every probe reads the file up to a line; together they may read this much, so that no file takes long. */
const MOST_PROBED = 1_000_000;

/** The begin of the last line up to which the parser takes the text: what began there is what it could not read. */
function findSound(text: string, line: number, probe: Probe): number {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1 && at < line; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  let probed = 0;
  const isSound = (index: number): boolean => {
    const part = text.slice(0, starts[index]);
    probed += part.length;
    return part === '' || probe(part);
  };
  let sound = starts.length - 1;
  let unsound = starts.length;
  for (let step = 1; !isSound(sound); step *= 2) {
    if (probed > MOST_PROBED) return line;
    unsound = sound;
    sound = Math.max(0, sound - step);
  }
  while (unsound - sound > 1 && probed <= MOST_PROBED) {
    const middle = (sound + unsound) >> 1;
    if (isSound(middle)) sound = middle;
    else unsound = middle;
  }
  return starts[sound] ?? line;
}

const EXPLANATIONS: readonly Explain[] = [
  explainRefused,
  explainOddIndentation,
  explainEscape,
  explainOpened,
  explainStray,
  explainNoKey,
];

function explainRefused({ text, at, line, reason }: Scene): Problem | undefined {
  const backTo = (mark: string) => text.indexOf(mark, line + text.slice(line, at).search(/\S*$/));
  if (reason.startsWith('nesting exceeded')) return refuseNesting(at, at + 1);
  if (/\balias\b/.test(reason)) return refuseAlias(backTo('*'), at + 1);
  if (/\banchor\b/.test(reason)) return refuseAnchor(backTo('&'), at + 1);
  if (/directive|YAML version/.test(reason) || /^%[A-Z]/.test(text.slice(line, line + 2))) {
    const start = /^%/m.exec(text)?.index ?? line;
    return refuseDirective(start, lineEnd(text, start));
  }
  return /\btag\b/.test(reason) ? refuseTag(backTo('!'), at + 1) : undefined;
}

/** Tabs and the spaces of other alphabets look like indentation and are none. */
function explainOddIndentation({ text, from, line }: Scene): Problem | undefined {
  for (const start of [from, line]) {
    const indent = /^\s*/.exec(text.slice(start, lineEnd(text, start)))?.[0] ?? '';
    const odd = indent.search(/[^ ]/);
    if (odd === -1) continue;
    if (indent[odd] === '\t') return tabAt(start + odd);
    return oddSpace(start + odd, start + indent.length);
  }
  return undefined;
}

export const oddSpace = (start: number, end: number): Problem =>
  indentation(
    start,
    end,
    'the space here is not an ordinary one (a no-break space, perhaps pasted from a web page)',
    'replace it with ordinary spaces',
  );

/** Quotes and brackets that were opened and not closed where the parser gave up. */
function explainOpened(scene: Scene): Problem | undefined {
  const { text, at, from, reason } = scene;
  const opened = findOpened(text, from, at);
  // At the end of the file nothing behind the quote has closed it, however many lines it is away.
  if (reason.endsWith('within a double quoted scalar')) opened.quote ??= findLastQuote(text);
  if (opened.quote !== undefined) {
    return {
      rule: 'unclosed-quote',
      start: opened.quote,
      end: lineEnd(text, opened.quote),
      message: `the quote ${text[opened.quote]} that begins here is not closed on its line`,
      help: 'close it, or indent the lines that belong to the text',
    };
  }
  if (opened.bracket === undefined) return undefined;
  const bracket = text[opened.bracket];
  const closing = bracket === '[' ? ']' : '}';
  const start = opened.bracket;
  if (reason.startsWith('missed comma') && text[at] !== ']' && text[at] !== '}') return explainInBrackets(scene);
  if (!/^(?:missed comma|deficient|unexpected end)/.test(reason)) return explainInBrackets(scene);
  if (text[at] === closing) {
    const help = `put the ${closing} at the end of the line above, or indent it further`;
    return indentation(at, at + 1, `the ${closing} must be indented further than the key it belongs to`, help);
  }
  const help = `add the ${closing}, and indent lines in between further than the key`;
  return {
    rule: 'unclosed-bracket',
    start,
    end: start + 1,
    message: `the ${bracket} that begins here is not closed`,
    help,
  };
}

function explainInBrackets({ text, at, reason }: Scene): Problem | undefined {
  if (reason.startsWith('missed comma')) {
    return syntax(at, at + 1, 'a comma is missing before this', 'between brackets, put a comma after each entry');
  }
  if (text[at] === ',') {
    return syntax(at, at + 1, 'there is nothing before this comma', 'write the value, or remove the comma');
  }
  return undefined;
}

function explainEscape({ text, at, reason }: Scene): Problem | undefined {
  if (reason !== 'unknown escape sequence' && reason !== 'expected hexadecimal character') return undefined;
  const start = Math.max(0, text.lastIndexOf('\\', at));
  const escape = /^\\[^]/u.exec(text.slice(start))?.[0] ?? '\\';
  const help = 'for a backslash as such, write \\\\ or use single quotes';
  if (reason === 'unknown escape sequence') {
    return syntax(start, start + escape.length, `inside double quotes, ${escape} means nothing`, help);
  }
  const digits = { '\\x': 2, '\\u': 4 }[escape] ?? 8;
  return syntax(start, at + 1, `behind ${escape} must stand ${digits} digits 0–9 or letters a–f`, help);
}

/** Something that cannot stand behind what the line began with. */
function explainStray({ text, at, line, reason }: Scene): Problem | undefined {
  const before = text.slice(line, at).trimEnd();
  const end = lineEnd(text, at);
  const here = text[at] ?? '';
  if (reason === 'a line break is expected') {
    return syntax(at, end, 'a text after | or > begins on the next line', 'move it there and indent it');
  }
  if (!/indentation|separator is expected|after a mapping key/.test(reason)) return undefined;
  if (before.trim() === '') {
    if (!reason.includes('indentation')) return undefined;
    const help = 'indent it like the lines it belongs to, with two spaces a level';
    return indentation(at, end, 'this line does not line up with the lines above it', help);
  }
  if (here === ':' && !/:\s/.test(before)) {
    const start = line + before.search(/\S/);
    const help = 'begin it below the key above if both belong to the same thing';
    const message = 'this line is indented further than the line above, which already has its value';
    return reason.includes('indentation') ? indentation(start, end, message, help) : undefined;
  }
  if (here === ':') {
    const help = 'if the colon belongs to the text, put the whole text in quotes';
    return syntax(at, at + 1, 'there is a second colon with a space behind it in this line', help);
  }
  if (/(?:^|[:\-?])$/.test(before)) return explainValueStart(at, here);
  if (/["']$/.test(before)) {
    const help = 'inside double quotes write \\" for a quote, inside single quotes write two of them';
    return syntax(at, end, 'there is something behind the closing quote', help);
  }
  if (/[\]}]$/.test(before)) {
    const help = 'remove it, or put the whole value in quotes if it is a text';
    return syntax(at, end, 'there is something behind the closing bracket', help);
  }
  return undefined;
}

function explainValueStart(at: number, here: string): Problem | undefined {
  if (here === '-') {
    return syntax(
      at,
      at + 1,
      'a list cannot begin on the line of its key',
      'begin it on the next line, or write [a, b]',
    );
  }
  if (!/[@`%&*!|>?,\]}]/.test(here)) return undefined;
  return syntax(at, at + 1, `a text cannot begin with ${here}`, 'put the whole text in quotes');
}

/** A line that is no `key: value`. */
function explainNoKey({ text, from, reason }: Scene): Problem | undefined {
  if (!/multiline key|separator is expected|after a mapping key/.test(reason)) return undefined;
  const end = lineEnd(text, from);
  const content = text.slice(from, end).trimStart();
  const start = end - content.length;
  if (content.startsWith('- ') || content === '-') {
    return indentation(
      start,
      end,
      'a list item stands where a key is expected',
      'indent it below the key it belongs to',
    );
  }
  const colon = content.search(/:(?:\S|[^\S \t])/);
  if (colon !== -1) {
    return syntax(start + colon, start + colon + 1, 'a space is missing after the colon', 'write key: value');
  }
  return syntax(
    start,
    end,
    'this line has no colon; it is neither a key with its value nor a list item',
    'write key: value',
  );
}
