import { describe, expect, test } from 'vitest';
import { runInTurn } from '../../../runtime/enforce/run-in-turn.ts';

/** Runs that end when the test says so; each answers with its works in capitals. */
function controlled() {
  const runs: { works: readonly string[]; end: (error?: Error) => void }[] = [];
  const inTurn = runInTurn<string>(
    (works) =>
      new Promise((resolve, reject) => {
        runs.push({
          works,
          end: (error) => (error ? reject(error) : resolve(works.map((work) => work.toUpperCase()))),
        });
      }),
  );
  return { runs, inTurn, shown: () => runs.map(({ works }) => works.join('')) };
}
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('work about one key', () => {
  test('is done in turn, and together what came meanwhile; others do not wait', async () => {
    const { runs, inTurn, shown } = controlled();
    const answers = ['a', 'b', 'c'].map((work) => inTurn('one', work));
    const other = inTurn('two', 'x');
    expect(shown()).toEqual(['a', 'x']);
    runs[1]?.end();
    expect(await other).toBe('X');
    runs[0]?.end();
    await settled();
    expect(shown()).toEqual(['a', 'x', 'bc']);
    runs[2]?.end();
    expect(await Promise.all(answers)).toEqual(['A', 'B', 'C']);
    const later = inTurn('one', 'd');
    expect(shown()).toEqual(['a', 'x', 'bc', 'd']);
    runs[3]?.end();
    expect(await later).toBe('D');
  });

  test('is done together up to fifty', async () => {
    const { runs, inTurn } = controlled();
    const all = Array.from({ length: 112 }, (_, index) => inTurn('one', String.fromCharCode(97 + (index % 26))));
    for (let run = 0; run < 4; run += 1) {
      runs[run]?.end();
      await settled();
    }
    expect(runs.map(({ works }) => works.length)).toEqual([1, 50, 50, 11]);
    expect((await Promise.all(all)).join('').slice(0, 26)).toBe('ABCDEFGHIJKLMNOPQRSTUVWXYZ');
  });

  test('that fails has failed for all of it, and what comes after goes on', async () => {
    const { runs, inTurn } = controlled();
    const answers = ['a', 'b', 'c'].map((work) => inTurn('one', work).catch((error: Error) => error.message));
    runs[0]?.end();
    await settled();
    const after = inTurn('one', 'd');
    runs[1]?.end(new Error('lost'));
    await settled();
    runs[2]?.end();
    expect(await Promise.all([...answers, after])).toEqual(['A', 'lost', 'lost', 'D']);
  });
});
