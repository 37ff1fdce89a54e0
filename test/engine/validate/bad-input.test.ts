import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compileModel } from '../../../engine/compile/compile-model.ts';
import type { Diagnostic } from '../../../engine/diagnostic.ts';
import { loadModel } from '../../../engine/load-model.ts';
import { readCpuClock } from '../../fixtures/read-cpu-clock.ts';
import { smallRepository, smallSettings } from '../../fixtures/small-repository.ts';
import { temporaryFolder } from '../../temporary-repository.ts';

interface Case {
  case: string;
  file: string;
  class: 'reject' | 'accept' | 'either';
  line: number | null;
}

const cases = process.env.PROVISO_CASES;

async function judge(path: string, bytes: Uint8Array): Promise<Diagnostic[]> {
  const { model, diagnostics } = await loadModel(smallRepository({ [path]: bytes }), smallSettings);
  return [...diagnostics, ...compileModel(model).diagnostics].filter(({ at }) => at.path === path);
}

describe.skipIf(!cases)('hostile and malformed files', () => {
  it('are refused at their own place, each within 2 seconds, and no other file is', async () => {
    const folder = temporaryFolder();
    execFileSync(process.execPath, [join(cases ?? '', 'badinput', 'make.mjs'), folder]);
    const index = readFileSync(join(folder, 'index.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Case);
    const wrong: string[] = [];
    for (const { case: name, file, class: expected, line } of index) {
      const start = readCpuClock();
      const found = await judge(`customers/${basename(file)}`, readFileSync(join(folder, file)));
      if (readCpuClock() - start > 2000) wrong.push(`${name} took too long`);
      const errors = found.filter(({ severity }) => severity === 'error');
      const isPlaced = errors.some(({ at }) => line === null || at.start.line === line);
      if (expected === 'reject' && !isPlaced)
        wrong.push(`${name} is not refused at line ${line}: ${JSON.stringify(found)}`);
      if (expected === 'accept' && errors.length > 0) wrong.push(`${name} is refused: ${JSON.stringify(errors)}`);
      if (found.some(({ message }) => /\n|\bat \S+:\d+|RangeError|TypeError/.test(message)))
        wrong.push(`${name} shows a stack`);
      if (found.length > 21) wrong.push(`${name} is reported ${found.length} times`);
    }
    expect(wrong).toEqual([]);
    expect(index.length).toBeGreaterThan(100);
    expect(Object.keys(Object.prototype)).toEqual([]);
  });
});

describe('files of no shape at all', () => {
  const head = 'name: Acme\nplan: starter@1\n';
  const files: readonly [string, string][] = [
    ['20,000 records without keys', `${head}exceptions:\n${'  - {}\n'.repeat(20_000)}`],
    ['10,000 unknown keys', head + Array.from({ length: 10_000 }, (_, index) => `key${index}: 1\n`).join('')],
    [
      '10,000 unknown settings',
      `${head}quantities:\n${Array.from({ length: 10_000 }, (_, index) => `  seat${index}: 1\n`).join('')}`,
    ],
    ['5,000 wrong contracts', `${head}contracts:\n${'  - { plan: 7, starts: soon }\n'.repeat(5000)}`],
    ['a very long word', `${head}${'x'.repeat(1000)}: 1\nbilling: { method: ${'y'.repeat(100_000)} }\n`],
  ];

  it.each(files)('%s: a short report, in no time', async (_, text) => {
    const start = readCpuClock();
    const found = await judge('customers/hostile.yaml', new TextEncoder().encode(text));
    expect(readCpuClock() - start).toBeLessThan(2000);
    expect(found.length).toBeGreaterThan(0);
    expect(found.length).toBeLessThanOrEqual(21);
    expect(Math.max(...found.map(({ message }) => message.length))).toBeLessThan(500);
  });
});
