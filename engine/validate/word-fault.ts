import type { z } from 'zod';
import { didYouMean } from '../did-you-mean.ts';
import { keysOf, shapeAt, valueAt, wordsAt } from './shape-at.ts';
import type { ShapeFault } from './shape-faults.ts';
import { both, either, helpToCount, helpToQuote, kindOf, neededHere, shown } from './words.ts';

export interface Worded {
  rule: string;
  message: string;
  help?: string;
}

const phrases: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a group of keys',
  record: 'a group of keys',
};

/** The words for everything but an unknown key, which needs to know more than the shape. */
export function wordFault(
  fault: Exclude<ShapeFault, { code: 'unknown' }>,
  schema: z.core.$ZodType,
  data: unknown,
): Worded {
  const value = valueAt(data, fault.pointer);
  const words = fault.code === 'missing' ? [] : wordsAt(schema, data, fault.pointer);
  const alternatives = words.length > 0 ? `or write ${either(words.map(code))}` : undefined;
  switch (fault.code) {
    case 'missing':
      return wordMissing(fault.keys, shapeAt(schema, data, fault.pointer));
    case 'mismatch':
      if (fault.expected.includes('int') && typeof value === 'number') {
        return { rule: 'wrong-value', message: `${value} is not a whole number`, help: alternatives };
      }
      return {
        rule: 'wrong-type',
        message: neededHere(
          fault.needed ?? either([...new Set(fault.expected.map((kind) => phrases[kind] ?? kind))]),
          value,
        ),
        help: helpFor(fault.expected, value) ?? alternatives,
      };
    case 'word':
      return wordChoice(fault.words, value);
    case 'name':
      return { rule: 'wrong-name', message: `${code(shown(fault.key))} is not ${fault.message}` };
    case 'text':
      return { ...wordText(fault, String(value)), ...(alternatives && { help: alternatives }) };
    case 'size':
      return { rule: 'wrong-value', message: wordSize(fault.issue, value), help: alternatives };
    default:
      return { rule: 'shape', message: fault.message };
  }
}

function helpFor(expected: readonly string[], value: unknown): string | undefined {
  if (expected.includes('string')) return helpToQuote(value);
  return expected.includes('number') || expected.includes('int') ? helpToCount(value) : undefined;
}

function wordMissing(keys: readonly string[], shape: z.core.$ZodType | undefined): Worded {
  const [only] = keys;
  const described = keys.length === 1 && only !== undefined ? descriptionOf(keysOf(shape)[only]) : undefined;
  return {
    rule: 'missing-key',
    message: `${both(keys.map(code))} ${keys.length === 1 ? 'is' : 'are'} missing`,
    help: described && `${code(only ?? '')}: ${described}`,
  };
}

function wordChoice(words: readonly string[], value: unknown): Worded {
  if (typeof value !== 'string') {
    if (words.length > 1)
      return { rule: 'wrong-type', message: neededHere(`one of ${either(words.map(code))}`, value) };
    return {
      rule: 'wrong-value',
      message: `${words.map(code).join('')} is needed here, not ${typeof value === 'object' ? kindOf(value) : String(value)}`,
    };
  }
  const list = words.length === 1 ? `not ${words.map(code).join('')}` : `none of ${words.map(code).join(', ')}`;
  return { rule: 'wrong-value', message: `${code(shown(value))} is ${list}${didYouMean(value, words)}` };
}

function wordText(fault: { format: string; message: string }, value: string): Worded {
  if (value.trim() === '') return { rule: 'wrong-value', message: 'this text is empty' };
  if (fault.format === 'date') {
    const message = /^\d{4}-\d{2}-\d{2}$/.test(value)
      ? `${value} is not a day`
      : `${code(shown(value))} is not ${fault.message}`;
    return { rule: 'wrong-day', message };
  }
  return { rule: 'wrong-value', message: `${code(shown(value))} is not ${fault.message}` };
}

function wordSize(issue: z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig, value: unknown): string {
  if (Array.isArray(value)) return 'this list is empty; at least one is needed';
  if (issue.code === 'too_big') return `${String(value)} is too large; ${issue.maximum} is the most`;
  return issue.inclusive
    ? `${String(value)} is less than ${issue.minimum}`
    : `${String(value)} is not more than ${issue.minimum}`;
}

function descriptionOf(schema: z.core.$ZodType | undefined): string | undefined {
  // Only descriptions, so that no schema has to be a classic one.
  const { description } = (schema ?? {}) as { description?: string };
  return description;
}

const code = (word: string) => `\`${word}\``;
