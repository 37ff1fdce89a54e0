import type { Diagnostic, Place } from '../diagnostic.ts';
import type { Pointer } from '../document.ts';
import { findConflict } from './layout.ts';
import { indexLines, placeOf, toDiagnostics } from './problem.ts';

interface Spot {
  start: number;
  end: number;
  children?: ReadonlyMap<string, Spot>;
}

/** A JSON file as data, and where each value stands. */
export interface JsonDocument {
  data: unknown;
  /** What does not exist is placed at its nearest existing parent. */
  locate(pointer: Pointer): Place;
}

/** Deeper than anybody writes; a file of brackets only is no reason to run out of stack. */
const MOST_LEVELS = 64;

/** Reads JSON that Proviso or a program wrote and people mend by hand. Never throws; the document is absent when anything is wrong. */
export function readJson(text: string, path: string): { document?: JsonDocument; diagnostics: Diagnostic[] } {
  const conflict = findConflict(text);
  if (conflict) return { diagnostics: toDiagnostics(path, text, [conflict]) };
  const placed = placeValues(text);
  if ('message' in placed)
    return {
      diagnostics: toDiagnostics(path, text, [
        {
          rule: 'json-syntax',
          start: placed.at,
          end: placed.at + 1,
          message: placed.message,
          help: 'correct the JSON, or take the file of the last commit',
        },
      ]),
    };
  const data: unknown = JSON.parse(text.replace(/^\ufeff/, ''));
  let lines: ReturnType<typeof indexLines> | undefined;
  return {
    document: {
      data,
      locate(pointer) {
        lines ??= indexLines(text);
        let spot: Spot = placed;
        for (const step of pointer) spot = spot.children?.get(String(step)) ?? spot;
        return placeOf(path, lines, spot.start, spot.end);
      },
    },
    diagnostics: [],
  };
}

interface Fault {
  at: number;
  message: string;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids them in texts
const TOKEN =
  /[ \t\r\n]*(?:([[\]{},:])|("(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.]))/y;

/** Where everything stands, or the first thing that is no JSON: what the platform says about it differs by version. */
function placeValues(text: string): Spot | Fault {
  let at = text.startsWith('\ufeff') ? 1 : 0;
  let token = '';
  let start = at;
  const next = (): void => {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(text);
    token = match ? (match[1] ?? match[2] ?? match[3] ?? '') : '';
    at = match ? TOKEN.lastIndex : at + (/^[ \t\r\n]*/.exec(text.slice(at))?.[0].length ?? 0);
    start = at - token.length;
  };
  const fail = (expected: string): never => {
    const found = start >= text.length ? 'the file ends' : `there is ${JSON.stringify(text[start])}`;
    throw { at: start, message: `${found} where ${expected} belongs` } satisfies Fault;
  };
  const value = (level: number): Spot => {
    if (level > MOST_LEVELS) throw { at: start, message: 'it is nested too deeply' } satisfies Fault;
    const from = start;
    if (token === '{' || token === '[') return collection(level, from, token === '{');
    if (token === '' || /^[\]},:]/.test(token)) fail('a value');
    const end = at;
    next();
    return { start: from, end };
  };
  const collection = (level: number, from: number, isObject: boolean): Spot => {
    const close = isObject ? '}' : ']';
    const children = new Map<string, Spot>();
    next();
    while (token !== close || children.size > 0) {
      let name = String(children.size);
      if (isObject) {
        if (!token.startsWith('"')) fail('a key in double quotes');
        name = JSON.parse(token);
        if (children.has(name)) throw { at: start, message: `the key ${token} is there twice` } satisfies Fault;
        next();
        if (token !== ':') fail('a colon');
        next();
      }
      children.set(name, value(level + 1));
      if (token === close) break;
      if (token !== ',') fail(`a comma or ${close}`);
      next();
    }
    const end = at;
    next();
    return { start: from, end, children };
  };
  try {
    next();
    const whole = value(0);
    if (start < text.length) fail('the end');
    return whole;
  } catch (fault) {
    if (typeof fault === 'object' && fault !== null && 'at' in fault) return fault as Fault;
    throw fault;
  }
}
