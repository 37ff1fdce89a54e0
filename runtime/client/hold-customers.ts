import { compareEntries } from '../snapshot/compare.ts';
import { listEntries } from '../snapshot/find.ts';
import { badForm, type GetObjects, readObjects } from '../snapshot/object.ts';
import type { Release } from '../snapshot/release.ts';
import { type CustomerEntry, type Entry, isCustomer, keyOf } from '../snapshot/tree.ts';
import type { Timeline } from '../terms/timeline.ts';
import type { Leaf, LeafText } from './leaf.ts';
import type { OpenCustomers, OpenRelease } from './open-release.ts';

/** Leaves that are asked of the store at a time. */
const AT_ONCE = 512;

/** A leaf as it is published, or the customer another name stands for. */
type Held = LeafText | { to: string };

/** By the first byte of a key, so that a release shares with the one before all that did not change. */
type Shard = ReadonlyMap<string, Held>;

interface HeldCustomers {
  shards: readonly Shard[];
}

/** What was read of a release, for the next one to go on from. */
const heldOf = new WeakMap<OpenRelease['find'], HeldCustomers>();

/**
 * Reads every customer, each verified, and answers from memory. After another release only what differs is read. Leaves are
 * kept as text, which is a quarter of what they weigh as objects, and parsed when somebody asks.
 */
export const holdCustomers: OpenCustomers<Leaf | undefined> = async (get, tree, before) => {
  const last = before && heldOf.get(before.find);
  const shards = before && last ? await goOn(get, last.shards, before.tree, tree) : await readAll(get, tree);
  const held = (name: string): Held | undefined => {
    const key = keyOf(name);
    return shards[shardOf(key)]?.get(key);
  };
  const find = (idOrAccount: string): LeafText | undefined => {
    const named = held(idOrAccount);
    if (!named || 'text' in named) return named;
    const customer = held(named.to);
    if (!customer || 'to' in customer) throw badForm(tree.root, `${named.to} is named but not in the release`);
    return customer;
  };
  heldOf.set(find, { shards });
  return find;
};

/** Whether a release was read by `holdCustomers`. */
export const isHeld = (find: OpenRelease['find']): boolean => heldOf.has(find);

/** Every customer of a release that was read by `holdCustomers`, in whose leaf one of these stands where any are given. */
export function* everyCustomer(find: OpenRelease['find'], ...parts: readonly string[]): Generator<Timeline> {
  for (const shard of heldOf.get(find)?.shards ?? [])
    for (const held of shard.values())
      if ('text' in held && (parts.length === 0 || parts.some((part) => held.text.includes(part))))
        yield JSON.parse(held.text) as Timeline;
}

/** The customers whose leaf is not the same in two releases, once for each side that has one. */
export function* heldDifferences(one: OpenRelease['find'], other: OpenRelease['find']): Generator<Timeline> {
  const [before, after] = [heldOf.get(one)?.shards ?? [], heldOf.get(other)?.shards ?? []];
  for (const [at, shard] of after.entries()) if (shard !== before[at]) yield* leavesApart(before[at], shard);
  for (const [at, shard] of before.entries()) if (shard !== after[at]) yield* leavesApart(after[at], shard);
}

/** Those of the second shard that are not in the first. */
function* leavesApart(first: Shard | undefined, second: Shard): Generator<Timeline> {
  for (const [key, held] of second) {
    const known = first?.get(key);
    if ('text' in held && !(known && 'text' in known && known.hash === held.hash))
      yield JSON.parse(held.text) as Timeline;
  }
}

const shardOf = (key: string): number => Number.parseInt(key.slice(0, 2), 16);

async function readAll(get: GetObjects, tree: Release): Promise<Shard[]> {
  const shards = Array.from({ length: 256 }, () => new Map<string, Held>());
  let entries: Entry[] = [];
  const put = async (): Promise<void> => {
    for (const [key, held] of await read(get, entries)) shards[shardOf(key)]?.set(key, held);
    entries = [];
  };
  for await (const entry of listEntries(get, tree)) {
    entries.push(entry);
    if (entries.length === AT_ONCE) await put();
  }
  await put();
  return shards;
}

async function goOn(
  get: GetObjects,
  last: readonly Shard[],
  before: Release,
  after: Release,
): Promise<readonly Shard[]> {
  const { gone, put } = await compareEntries(get, before, after);
  const shards = [...last];
  const fresh = new Map<number, Map<string, Held>>();
  const shardFor = (key: string): Map<string, Held> => {
    const at = shardOf(key);
    const shard = fresh.get(at) ?? new Map(last[at]);
    fresh.set(at, shard);
    shards[at] = shard;
    return shard;
  };
  for (const key of gone) shardFor(key).delete(key);
  for (let start = 0; start < put.length; start += AT_ONCE)
    for (const [key, held] of await read(get, put.slice(start, start + AT_ONCE))) shardFor(key).set(key, held);
  return shards;
}

async function read(get: GetObjects, entries: readonly Entry[]): Promise<[key: string, held: Held][]> {
  const customers = entries.filter(isCustomer) as CustomerEntry[];
  const bytes = await readObjects(
    get,
    customers.map(({ leaf }) => leaf),
  );
  return entries.map((entry) => {
    if (!isCustomer(entry)) return [entry.key, { to: entry.to }];
    const { hash } = entry.leaf;
    return [entry.key, { text: Buffer.from(bytes.get(hash) as Uint8Array).toString('utf8'), hash }];
  });
}
