import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openTable } from '../../../../engine/io/table/open-table.ts';
import { compiledProgram } from '../../../compiled-program.ts';
import { drawFrom, seed } from '../../../fixtures/release/counts.ts';
import { temporaryFolder } from '../../../temporary-repository.ts';

const script = compiledProgram(new URL('write-again.ts', import.meta.url));
const count = 2_000;

async function startWriting(file: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, [script, file, String(count)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child.stdout, 'data');
  return child;
}

/** The number of the writing that a table is of; it must be of one alone. */
function roundOf(file: string): unknown {
  const table = openTable(file);
  expect(table?.rows).toBe(count);
  const values = new Set([...(table?.startingWith('key ') ?? [])].map(({ value }) => value));
  const found = table?.find('key 3').map(({ value }) => value);
  expect([[...values], new Set(found), found?.length]).toEqual([[table?.about], values, count / 10]);
  table?.close();
  return table?.about;
}

describe('processes that write one table', () => {
  it('are read as one writing or another, never as some of both', async () => {
    const file = join(temporaryFolder(), 'x.table');
    await Promise.all([startWriting(file), startWriting(file)]);
    const rounds = new Set<unknown>();
    for (let time = 0; rounds.size < 20 && time < 5_000; time++) {
      rounds.add(roundOf(file));
      if (time % 10 === 0) await sleep(1);
    }
    expect(rounds.size).toBe(20);
  });

  it(`leave a whole one when they are killed (seed ${seed})`, async () => {
    const file = join(temporaryFolder(), 'x.table');
    const draw = drawFrom(seed);
    for (let time = 0; time < 6; time++) {
      const child = await startWriting(file);
      await sleep(draw() * 30);
      child.kill('SIGKILL');
      await once(child, 'exit');
      expect(roundOf(file)).toBeGreaterThan(0);
    }
  });
});
