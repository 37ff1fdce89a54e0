import { isAlias, isMap, isNode, isSeq, LineCounter, type Node, type Document as Parsed, parseDocument } from 'yaml';
import type { Diagnostic, Place } from '../diagnostic.ts';
import type { Document, Pointer } from '../document.ts';
import type { SourceFile } from '../source-file.ts';
import { decode } from './bytes.ts';
import { indexLines, placeOf, toDiagnostics } from './problem.ts';

/** A YAML file of somebody else's dialect, such as a workflow: anchors, aliases and texts of many lines are fine in it. */
export interface ForeignDocument extends Document {
  /** Where a piece of text stands inside a value; where it does not stand there as such, the value. */
  find(pointer: Pointer, text: string): Place;
}

type Spot = { start: number; end: number };

/**
 * Reads YAML 1.2 that Proviso does not own. Hidden characters, sizes and bombs are refused as everywhere else.
 * Never throws; the document is absent when anything is wrong.
 */
export function readForeignYaml(file: SourceFile): { document?: ForeignDocument; diagnostics: Diagnostic[] } {
  const { path } = file;
  const { text, problems } = decode(file.bytes);
  if (problems) return { diagnostics: toDiagnostics(path, text, problems) };
  const refuse = (message: string, start = 0, end = start) => ({
    diagnostics: toDiagnostics(path, text, [{ rule: 'yaml-syntax', start, end, message, help: 'correct the YAML' }]),
  });
  try {
    const parsed = parseDocument(text, { lineCounter: new LineCounter(), prettyErrors: false, strict: true });
    const [error] = parsed.errors;
    if (error) return refuse(firstLine(error.message), ...error.pos);
    const data: unknown = parsed.toJS({ maxAliasCount: 100 });
    if (!isMap(parsed.contents)) return refuse('the file must consist of keys and values (name: …)');
    const lines = indexLines(text);
    const at = ({ start, end }: Spot): Place => placeOf(path, lines, start, end);
    return {
      document: {
        path,
        data,
        locate: (pointer, what = 'value') => at(spotOf(parsed, pointer, what)),
        find(pointer, wanted) {
          const spot = spotOf(parsed, pointer, 'value');
          const found = text.slice(0, spot.end).indexOf(wanted, spot.start);
          return at(found === -1 ? spot : { start: found, end: found + wanted.length });
        },
      },
      diagnostics: [],
    };
  } catch {
    // The parser throws for aliases without an anchor and for those that would grow without bound.
    return refuse('its aliases cannot be followed');
  }
}

const firstLine = (message: string): string => {
  const line = message.split('\n')[0] ?? '';
  return line.charAt(0).toLowerCase() + line.slice(1).replace(/\.$/, '');
};

/** What does not exist is placed at the key of its nearest existing parent. */
function spotOf(parsed: Parsed, pointer: Pointer, what: 'key' | 'value'): Spot {
  let node: unknown = parsed.contents;
  let key: unknown;
  for (const step of pointer) {
    const inside: unknown = isAlias(node) ? node.resolve(parsed) : node;
    const pair = isMap(inside) ? inside.items.find((one) => keyOf(one.key) === String(step)) : undefined;
    const item = isSeq(inside) ? inside.items[Number(step)] : undefined;
    if (!pair && !item) return rangeOf(key) ?? rangeOf(node) ?? { start: 0, end: 0 };
    key = pair?.key;
    node = pair ? (pair.value ?? pair.key) : item;
  }
  return (what === 'key' ? rangeOf(key) : undefined) ?? rangeOf(node) ?? { start: 0, end: 0 };
}

const keyOf = (key: unknown): string => String(isNode(key) && 'value' in key ? key.value : key);

function rangeOf(node: unknown): Spot | undefined {
  const range = isNode(node) ? (node as Node).range : undefined;
  return range ? { start: range[0], end: range[1] } : undefined;
}
