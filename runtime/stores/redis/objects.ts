import { isHash } from '../../snapshot/object.ts';
import type { Tally } from '../store.ts';
import type { Keys } from './keys.ts';
import type { Argument, Link, Reply } from './link.ts';
import type { Session } from './session.ts';

/*
 * An object is a string: thirteen digits, the milliseconds since 1970 when it was written or last asked for by a
 * publisher, and its bytes. All times are of the server's clock.
 */
const timeDigits = 13;

const now = `local time = redis.call('TIME')
local now = string.format('%013.0f', time[1] * 1000 + math.floor(time[2] / 1000))
`;

const touchScript = `${now}local found = {}
for index, key in ipairs(KEYS) do
  if redis.call('EXISTS', key) == 1 then
    redis.call('SETRANGE', key, 0, now)
    found[#found + 1] = index - 1
  end
end
return found`;

const sweepScript = `local removed, bytes = 0, 0
for _, key in ipairs(KEYS) do
  local written = tonumber(redis.call('GETRANGE', key, 0, ${timeDigits - 1}))
  if written and written < tonumber(ARGV[1]) then
    bytes = bytes + redis.call('STRLEN', key) - ${timeDigits}
    removed = removed + redis.call('UNLINK', key)
  end
end
return {removed, bytes}`;

const mostKeys = 500;
const mostBytes = 1_048_576;
const scanCount = '1000';

/** The objects of a store. In a cluster a command names one key, for they lie on different servers. */
export class Objects {
  readonly #session: Session;
  readonly #keys: Keys;
  readonly #isCluster: boolean;

  constructor(session: Session, keys: Keys, isCluster: boolean) {
    this.#session = session;
    this.#keys = keys;
    this.#isCluster = isCluster;
  }

  async get(hashes: readonly string[]): Promise<Map<string, Uint8Array>> {
    const found = new Map<string, Uint8Array>();
    for (const group of inGroups(hashes)) {
      for (const { of, reply } of await this.#ask(group, (keys) => ['MGET', ...keys]))
        for (const [index, hash] of of.entries()) {
          const value = (reply as Reply[])[index];
          if (Buffer.isBuffer(value)) found.set(hash, value.subarray(timeDigits));
        }
    }
    return found;
  }

  async has(hashes: Iterable<string>): Promise<Set<string>> {
    const found = new Set<string>();
    for (const group of inGroups([...new Set(hashes)])) {
      const parts = await this.#ask(group, (keys) => ['EVAL', touchScript, String(keys.length), ...keys]);
      for (const { of, reply } of parts)
        for (const index of reply as number[]) {
          const hash = of[index];
          if (hash !== undefined) found.add(hash);
        }
    }
    return found;
  }

  async putAll(objects: ReadonlyMap<string, Uint8Array>): Promise<void> {
    if (objects.size === 0) return;
    const time = Buffer.from(String(await this.#time()).padStart(timeDigits, '0'));
    const value = (hash: string): Buffer => Buffer.concat([time, objects.get(hash) ?? Buffer.alloc(0)]);
    let before: Promise<unknown> = Promise.resolve();
    for (const group of inGroups([...objects.keys()], (hash) => objects.get(hash)?.length ?? 0)) {
      const sent = this.#ask(group, (keys, of) => [
        'MSET',
        ...keys.flatMap((key, index) => [key, value(of[index] ?? '')]),
      ]);
      // What fails while the one before it fails as well is told by that one.
      sent.catch(() => undefined);
      // One is made while another is on its way: all at once would hold everything twice.
      await before;
      before = sent;
    }
    await before;
  }

  /** `olderThan` is by the clock of this machine; what it means by the server's, the server says. */
  async sweep(keep: ReadonlySet<string>, olderThan: Date): Promise<Tally> {
    const swept = { objects: 0, bytes: 0 };
    for await (const keys of scanKeys(this.#session, this.#keys.objects)) {
      // Another store's prefix may begin with ours: what is no hash is not ours.
      const drop = keys.map(this.#keys.hashOf).filter((hash) => isHash(hash) && !keep.has(hash));
      if (drop.length === 0) continue;
      const before = String((await this.#time()) - (Date.now() - olderThan.getTime()));
      for (const group of inGroups(drop)) {
        const parts = await this.#ask(group, (of) => ['EVAL', sweepScript, String(of.length), ...of, before]);
        for (const { reply } of parts) {
          const [removed, bytes] = reply as number[];
          swept.objects += removed ?? 0;
          swept.bytes += bytes ?? 0;
        }
      }
    }
    return swept;
  }

  /** The server's clock; in a cluster, of one of them. */
  async #time(): Promise<number> {
    const time = await this.#session.run((link) => link.ask(this.#keys.objects, 'TIME'));
    const [seconds, microseconds] = time as Reply[];
    return Number(seconds) * 1_000 + Math.floor(Number(microseconds) / 1_000);
  }

  /** A command for all keys of a group, or in a cluster one for each, all at once. */
  #ask(
    group: readonly string[],
    commandOf: (keys: string[], of: readonly string[]) => Argument[],
  ): Promise<{ of: readonly string[]; reply: Reply }[]> {
    const parts = this.#isCluster ? group.map((hash) => [hash]) : [group];
    return this.#session.run((link: Link) =>
      Promise.all(
        parts.map(async (of) => {
          const keys = of.map(this.#keys.object);
          return { of, reply: await link.ask(keys[0] ?? '', ...commandOf(keys, of)) };
        }),
      ),
    );
  }
}

/** Small enough that a server is not held up and a slow network is in time. */
function* inGroups(hashes: readonly string[], sizeOf: (hash: string) => number = () => 0): Generator<string[]> {
  let group: string[] = [];
  let bytes = 0;
  for (const hash of hashes) {
    const size = sizeOf(hash);
    if (group.length > 0 && (group.length >= mostKeys || bytes + size > mostBytes)) {
      yield group;
      group = [];
      bytes = 0;
    }
    group.push(hash);
    bytes += size;
  }
  if (group.length > 0) yield group;
}

/** Keys that match a pattern, on every server; each may come twice, and those that come and go meanwhile may not. */
export async function* scanKeys(session: Session, pattern: string): AsyncGenerator<string[]> {
  const names = await session.run(async (link) => [...(await link.servers()).keys()]);
  for (const name of names) {
    let cursor = '0';
    do {
      const reply = await session.run(async (link) => {
        const ask = (await link.servers()).get(name);
        return ask ? ask('SCAN', cursor, 'MATCH', pattern, 'COUNT', scanCount) : ['0', []];
      });
      const [next, keys] = reply as [Buffer | string, Buffer[]];
      if (keys.length > 0) yield keys.map(String);
      cursor = String(next);
    } while (cursor !== '0');
  }
}
