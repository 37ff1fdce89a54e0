import { describe, expect, test } from 'vitest';
import { lackingIn, storeObjects } from '../../engine/publish/store-objects.ts';

const hashesOf = (count: number, name = 'hash'): string[] =>
  Array.from({ length: count }, (_, index) => `${name}-${index}`);

/** A store that holds some hashes, and how many it was asked for each time. */
function holding(hashes: readonly string[]) {
  const asked: number[] = [];
  const known = new Set(hashes);
  return {
    asked,
    async has(wanted: Iterable<string>) {
      const list = [...wanted];
      asked.push(list.length);
      return new Set(list.filter((hash) => known.has(hash)));
    },
  };
}

describe('what a store lacks', () => {
  test.each<[string, string[], string[], string[], number[]]>([
    ['nothing of it', hashesOf(5), hashesOf(5), [], [5, 0]],
    ['all of a few', hashesOf(5), [], hashesOf(5), [5]],
    ['all of many, and is asked for a few', hashesOf(10_000), [], hashesOf(10_000), [64]],
    ['some of many', hashesOf(100), hashesOf(90), hashesOf(100).slice(90), [64, 36]],
    ['the first ones only', hashesOf(100), hashesOf(100).slice(1), ['hash-0'], [64, 36]],
  ])('is %s', async (_, wanted, held, lacking, asked) => {
    const store = holding(held);
    expect(await lackingIn(store, wanted)).toEqual(lacking);
    expect(store.asked).toEqual(asked);
  });

  test('may be named though it is there: writing it again is harmless', async () => {
    expect(await lackingIn(holding(['hash-99']), hashesOf(100))).toEqual(hashesOf(100));
  });
});

describe('storing', () => {
  async function stored(objects: ReadonlyMap<string, Uint8Array>) {
    const batches: number[] = [];
    const told: number[] = [];
    const put = new Map<string, Uint8Array>();
    const putAll = async (batch: ReadonlyMap<string, Uint8Array>): Promise<void> => {
      batches.push(batch.size);
      for (const [hash, bytes] of batch) put.set(hash, bytes);
    };
    const tally = await storeObjects({ putAll }, objects, (count) => told.push(count));
    return { batches, told, put, tally };
  }

  test.each<[string, number, number, number[]]>([
    ['nothing', 0, 0, []],
    ['one', 1, 10, [1]],
    ['many in parts', 45_000, 10, [20_000, 20_000, 5_000]],
    ['large ones in parts', 5, 30_000_000, [2, 2, 1]],
    ['one that is larger than a part', 2, 70_000_000, [1, 1]],
  ])('takes %s', async (_, count, size, batches) => {
    const bytes = new Uint8Array(size);
    const objects = new Map(hashesOf(count).map((hash) => [hash, bytes]));
    const seen = await stored(objects);
    expect(seen.batches).toEqual(batches);
    expect(seen.told.at(-1)).toBe(count === 0 ? undefined : count);
    expect([...seen.put.keys()].join()).toBe([...objects.keys()].join());
    expect(seen.tally).toEqual({ objects: count, bytes: count * size });
  });

  test('asks for what comes next when the last is stored', async () => {
    let waiting = 0;
    const most: number[] = [];
    function* large(): Generator<[string, Uint8Array]> {
      for (const hash of hashesOf(5)) {
        waiting += 1;
        yield [hash, new Uint8Array(30_000_000)];
      }
    }
    const putAll = async (batch: ReadonlyMap<string, Uint8Array>): Promise<void> => {
      most.push(waiting);
      waiting -= batch.size;
    };
    await storeObjects({ putAll }, large());
    expect(most).toEqual([3, 3, 1]);
  });
});
