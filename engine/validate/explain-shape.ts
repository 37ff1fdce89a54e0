import type { z } from 'zod';
import type { KindName } from '../../schemas/kinds.ts';
import type { Settings } from '../../schemas/setting.ts';
import { anySettings } from '../../schemas/setting-fields.ts';
import { shapes } from '../../schemas/shapes.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import type { Document } from '../document.ts';
import { MOST_FAULTS } from './most-faults.ts';
import { type ShapeFault, shapeFaults } from './shape-faults.ts';
import { type Worded, wordFault } from './word-fault.ts';
import { wordUnknownKey } from './word-unknown-key.ts';

const schemas = new Map<KindName, z.ZodType>();

/**
 * Says in words what is wrong with the shape of a file that its compiled validator has refused: at most 20 errors in
 * the order of the lines, and a note with the number of the others. Loads zod, so it is imported only when needed.
 */
export function explainShape(kind: KindName, document: Document, settings: Settings): Diagnostic[] {
  const schema = schemas.get(kind) ?? shapes[kind](anySettings);
  schemas.set(kind, schema);
  return explainData({ kind, schema, settings }, document, MOST_FAULTS * 100);
}

/** The same for a document against any shape. `most`: how many faults are looked up to be put in the order of the lines. */
export function explainData(
  { kind, schema, settings }: { kind?: KindName; schema: z.ZodType; settings: Settings },
  document: Document,
  most = MOST_FAULTS,
): Diagnostic[] {
  const { data } = document;
  const found = shapeFaults(schema.safeParse(data).error?.issues ?? [], data);
  const placed = found
    .slice(0, most)
    .map((fault) => ({ fault, at: placeOf(fault, document) }))
    .sort(byPlace);
  const context = { kind, schema, data, settings };
  const worded = placed.slice(0, MOST_FAULTS).map(({ fault, at }): Diagnostic => {
    const words: Worded =
      fault.code === 'unknown' ? wordUnknownKey(fault.pointer, fault.key, context) : wordFault(fault, schema, data);
    return { rule: words.rule, severity: 'error', message: words.message, at, ...(words.help && { help: words.help }) };
  });
  if (worded.length === 0) return [{ ...fallback(kind ?? 'known'), at: document.locate([], 'value') }];
  const more = found.length - worded.length;
  return more > 0 ? [...worded, { ...moreFaults(more), at: document.locate([], 'value') }] : worded;
}

function placeOf(fault: ShapeFault, document: Document): Place {
  switch (fault.code) {
    case 'missing':
      return document.locate([...fault.pointer, fault.keys[0] ?? '']);
    case 'unknown':
      return document.locate([...fault.pointer, fault.key], 'key');
    default:
      return document.locate(fault.pointer, fault.code === 'name' ? 'key' : 'value');
  }
}

const byPlace = ({ at: { start: one } }: { at: Place }, { at: { start: other } }: { at: Place }) =>
  one.line - other.line || one.column - other.column;

const fallback = (kind: string) => ({
  rule: 'shape',
  severity: 'error' as const,
  message: `this is not a ${kind} file as the language describes it`,
});

const moreFaults = (count: number) => ({
  rule: 'more-problems',
  severity: 'note' as const,
  message: `${count} more problems in this file are not shown`,
});
