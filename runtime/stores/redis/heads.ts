import { createHash } from 'node:crypto';
import { writeNews } from '../driver/news.ts';
import type { HeadAt, Swap } from '../store.ts';
import { StoreError } from '../store.ts';
import type { Keys } from './keys.ts';
import type { Link, Reply } from './link.ts';
import { type Session, swapMs } from './session.ts';

/*
 * The heads of an environment and channel are one list, oldest first: it only ever grows, and its last element is in
 * force. A token is the list's length and what its last element is, so that a list that went back in time, as after a
 * failover, is another state.
 */

const clockScript = `local now = redis.call('TIME')
return now[1] * 1000 + math.floor(now[2] / 1000)`;

// Publishing the hint may be forbidden, or the server may hear no more of it; the head is in force all the same.
const swapScript = `local now = redis.call('TIME')
if now[1] * 1000 + now[2] / 1000 > tonumber(ARGV[4]) then return -1 end
local count = redis.call('LLEN', KEYS[1])
local token = ''
if count > 0 then token = count .. '-' .. redis.sha1hex(redis.call('LINDEX', KEYS[1], -1)) end
if token ~= ARGV[1] then return 0 end
redis.call('RPUSH', KEYS[1], ARGV[2])
redis.pcall('PUBLISH', ARGV[3], ARGV[5])
return 1`;

const tokenOf = (count: number, envelope: Buffer): string =>
  `${count}-${createHash('sha1').update(envelope).digest('hex')}`;

const looks = 50;
const batch = 50;

export async function readHead(session: Session, key: string): Promise<HeadAt | undefined> {
  for (let look = 1; look <= looks; look += 1) {
    const [before, last, after] = await session.run((link) => askHead(link, key));
    if (before !== after) continue;
    if (typeof before !== 'number' || !Buffer.isBuffer(last)) return undefined;
    return { envelope: last, token: tokenOf(before, last) };
  }
  throw new StoreError('unavailable', 'the head moved each time it was read; try again');
}

/** Three commands instead of a script, for which a reader would need more rights. */
const askHead = (link: Link, key: string): Promise<Reply[]> =>
  Promise.all([link.ask(key, 'LLEN', key), link.ask(key, 'LINDEX', key, '-1'), link.ask(key, 'LLEN', key)]);

/**
 * One script: nobody comes between the look and the change. It carries a deadline by the server's clock, so that a swap
 * whose answer nobody waits for any more does not happen later.
 */
export async function swapHead(
  session: Session,
  keys: Keys,
  place: { env: string; channel: string },
  expected: string | null,
  envelope: Uint8Array,
  news?: readonly string[],
): Promise<Swap> {
  const key = keys.heads(place.env, place.channel);
  const now = Number(await session.run((link) => link.ask(key, 'EVAL', clockScript, '1', key)));
  const channel = keys.hints(place.env, place.channel);
  const answer = await session.runOnce((link) =>
    link.ask(
      key,
      'EVAL',
      swapScript,
      '1',
      key,
      // No list has this token: an empty one would stand for "there is none".
      expected === '' ? '-' : (expected ?? ''),
      Buffer.from(envelope),
      channel,
      String(now + swapMs),
      writeNews(news) ?? 'moved',
    ),
  );
  if (answer === 1) return 'ok';
  if (answer === 0) return 'conflict';
  return 'unknown';
}

/** Newest first, by positions from the beginning, which stay what they are while others publish. */
export async function* listHeads(session: Session, key: string): AsyncGenerator<Uint8Array> {
  let end = Number(await session.run((link) => link.ask(key, 'LLEN', key)));
  while (end > 0) {
    const start = Math.max(0, end - batch);
    const heads = await session.run((link) => link.ask(key, 'LRANGE', key, String(start), String(end - 1)));
    for (const head of [...(heads as Buffer[])].reverse()) yield head;
    end = start;
  }
}
