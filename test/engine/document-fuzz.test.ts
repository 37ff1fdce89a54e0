import { Buffer } from 'node:buffer';
import { expect, test } from 'vitest';
import { readCpuClock } from '../fixtures/read-cpu-clock.ts';
import { read } from './read-text.ts';
import { mutate, randomFrom, SEEDS } from './yaml-mutations.ts';
import { readWithYaml } from './yaml-oracle.ts';

const SEED = Number(process.env.PROVISO_SEED ?? 20261121);
const COUNT = Number(process.env.PROVISO_FUZZ ?? 10_000);

test(`${COUNT} mutated files: nothing is thrown, refusals have a place, what is read is what another parser reads`, () => {
  const random = randomFrom(SEED);
  let accepted = 0;
  let slowest = 0;
  for (let count = 0; count < COUNT; count++) {
    const bytes = Buffer.from(mutate(SEEDS[Math.floor(random() * SEEDS.length)] ?? '', random));
    if (random() < 0.1 && bytes.length > 0) bytes[Math.floor(random() * bytes.length)] = Math.floor(random() * 256);
    const text = bytes.toString('utf8').replace(/^\ufeff/, '');
    const replay = `seed ${SEED}, file ${count}: ${JSON.stringify(text)}`;
    const started = readCpuClock();
    const { document, diagnostics } = read(bytes);
    slowest = Math.max(slowest, readCpuClock() - started);
    if (document) {
      accepted++;
      expect(diagnostics, replay).toEqual([]);
      expect({ value: document.data }, replay).toEqual(readWithYaml(text));
      continue;
    }
    expect(diagnostics.length, replay).toBeGreaterThan(0);
    const lines = text.split('\n');
    for (const { at, related = [] } of diagnostics) {
      for (const { start, end } of [at, ...related.map((one) => one.at)]) {
        const inside = [start, end ?? start].every(
          ({ line, column }) => line >= 1 && column >= 1 && column <= (lines[line - 1]?.length ?? -1) + 1,
        );
        expect(inside, `${replay} ${JSON.stringify(start)}`).toBe(true);
        expect((end?.line ?? 0) - start.line || (end?.column ?? 0) - start.column, replay).toBeGreaterThanOrEqual(0);
      }
    }
  }
  console.log(`seed ${SEED}: ${accepted} of ${COUNT} accepted, the slowest ${slowest.toFixed(0)} ms`);
  expect(accepted).toBeGreaterThan(COUNT / 50);
}, 3_600_000);
