import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { compiledProgram } from '../../compiled-program.ts';
import { timesFrom } from '../../fixtures/release/counts.ts';
import { temporaryFolder } from '../../temporary-repository.ts';

const script = compiledProgram(new URL('../../fixtures/client/swap-memory.ts', import.meta.url));

test('a release that changes one customer of many is held beside the one before in little more memory', () => {
  const customers = timesFrom('PROVISO_HELD', 20_000);
  const args = ['--expose-gc', script, temporaryFolder(), String(customers)];
  const { before, most, releases } = JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' }));
  console.log(
    `${customers} customers: ${Math.round(before / 1024)} kB held, ${(most / before).toFixed(3)} times during a swap`,
  );
  expect(releases).toEqual([1, 2]);
  expect(most / before).toBeLessThanOrEqual(1.3);
});
