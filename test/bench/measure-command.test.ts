import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import { measureCommand } from './measure-command.ts';

const hold = `const held = Buffer.alloc(200_000_000, 1); setTimeout(() => held.length, 500); console.log('0m9s 0m9s')`;

it('tells CPU and memory of what a command started, whatever it prints', async () => {
  const { cpu = 0, memory = 0 } = await measureCommand('"$1" -e "$2"', [process.execPath, hold]);
  expect(cpu).toBeGreaterThan(0);
  // What it prints looks like what the shell tells.
  expect(cpu).not.toBe(18_000);
  if (existsSync('/proc/self/task')) expect(memory).toBeGreaterThan(190);
});

it('hands arguments over as they are', async () => {
  await measureCommand('test "$1" = "it\'s \\"one\\" \\$word"', ['it\'s "one" $word']);
});

it.each([
  ['what it complained about', 'echo "no such thing" >&2; exit 3', 'no such thing'],
  ['a part of a pipe that failed last', 'echo x | { cat; echo broken >&2; false; }', 'broken'],
  ['where it says nothing', 'exit 3', 'Command failed'],
  [
    'what Node died of',
    'printf "<--- Last few GCs --->\\n\\nFATAL ERROR: heap\\n 1: trace\\n" >&2; exit 1',
    'FATAL ERROR: heap',
  ],
])('fails with %s', async (_, line, expected) => {
  await expect(measureCommand(line)).rejects.toThrow(expected);
});
