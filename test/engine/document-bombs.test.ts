import { expect, test } from 'vitest';
import { readCpuClock } from '../fixtures/read-cpu-clock.ts';
import { read } from './read-text.ts';

const MOST_BYTES = 256 * 1024;

/** As much of a unit as fits into the largest file that is read. */
const full = (unit: string, before = '', after = '\n'): string => {
  const room = MOST_BYTES - Buffer.byteLength(before + after);
  return before + unit.repeat(Math.floor(room / Buffer.byteLength(unit))) + after;
};

const numbered = (length: number, line: (index: number) => string): string =>
  Array.from({ length }, (_, index) => line(index))
    .join('\n')
    .slice(0, MOST_BYTES);

const BOMBS: Readonly<Record<string, string>> = {
  'open lists': full('[', 'a: '),
  'open mappings': full('{a: ', 'a: '),
  'open lists on lines': full('[\n ', 'a: '),
  'lists never closed, a line each': full('a: [\n'),
  'pairs of nothing': full(':,', 'a: [', ']'),
  'marked pairs of nothing': full('? ,', 'a: [', ']'),
  'quoted pairs': full('"":"",', 'a: [', ']'),
  'pairs in a list': full('a: b,', 'a: [', ']'),
  'mappings in a list': full('{a: 1},', 'a: [', ']'),
  'empty lists': full('[],', 'a: [', ']'),
  'one list of texts': full('a,', 'a: [', ']'),
  'keys without values': full('a,', 'a: {', '}'),
  dashes: full('-\n', 'a:\n'),
  'dashes on one line': full('- ', 'a:\n'),
  'eleven dashes a line': full('- - - - - - - - - - -\n', 'a:\n'),
  'nested mappings': full('- a:\n', 'b:\n'),
  colons: full(':\n'),
  'colons on one line': full(': ', 'a'),
  'question marks': full('?\n'),
  'questions and dashes': full('? - '),
  'different keys': numbered(60_000, (index) => `k${index}:`),
  'deeper and deeper': numbered(700, (index) => `${' '.repeat(index)}a:`),
  'one key, over and over': full('a:\n'),
  'a long key, four times': `${'k'.repeat(60_000)}: 1\n`.repeat(4),
  'prototype keys': full('__proto__: 1\n'),
  'merge keys': full('<<: 1\n'),
  anchors: full('- &a\n', 'a:\n'),
  'anchors on one line': full('&a ', 'a: '),
  'anchors on lines': full('&a\n', 'a:\n'),
  aliases: full('- *a\n', 'a:\n'),
  tags: full('- !a\n', 'a:\n'),
  'tags and anchors': full('!a &b\n', 'a:\n'),
  directives: full('%YAML 1.2\n'),
  'document markers': full('---\n'),
  'end markers': full('...\n'),
  'conflict markers': full('<<<<<<< a\n'),
  'byte order marks': full('\ufeff\n'),
  'bidirectional controls': full('\u202e'),
  'NUL bytes': full('\0'),
  'carriage returns': full('\r'),
  'NUL escapes': full('\\0', 'a: "', '"'),
  'half characters': full('\\ud800', 'a: "', '"'),
  'doubled quotes': full("''", "a: '", "'"),
  'doubled quotes, never closed': full("''\n ", "a: '"),
  'a quote never closed, over many lines': full('x\n ', 'a: "'),
  'a quote never closed, with escaped ones': full('\\"\n ', 'a: "'),
  'quotes never closed': full('a: "x\n'),
  quotes: full('"', 'a: '),
  'lines without a colon': full('a b\n', 'x: 1\n'),
  'a text over many lines': full('x\n ', 'a: '),
  'a block of text': full(' x\n\n', 'a: >\n'),
  'a block of spaces': full(' \n', 'a: |\n'),
  'a block of spaces before a letter': full(' ', 'a: |\n  x\n', 'x\n'),
  comments: full('#\n'),
  'comments in brackets': full('[ # x\n ', 'a: '),
  tabs: full('\t\n', 'a: 1\n'),
  'tabs in a block': full(' \tx\n', 'a: |\n'),
  'no-break spaces': full('\u00a0a: 1\n'),
  'numbers that are none': full('1e3,', 'a: [', ']'),
  'a number of 9s': full('9', 'a: '),
  'a number of 0s': full('0', 'a: 0.'),
  'a hexadecimal number': full('f', 'a: 0x'),
  'minus signs': full('-', 'a: '),
};

test.each(Object.entries(BOMBS))('%s', (_name, text) => {
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(MOST_BYTES);
  const started = readCpuClock();
  const { document, diagnostics } = read(text);
  expect(readCpuClock() - started).toBeLessThan(2000);
  expect(document === undefined).toBe(diagnostics.length > 0);
  expect(diagnostics.length).toBeLessThanOrEqual(20);
});
