import { maxReportBytes, maxReports } from '../../snapshot/client-report.ts';
import { isHash, sha256 } from '../../snapshot/object.ts';
import { checkPlace } from '../driver/check-place.ts';
import type { ClientReports } from '../store.ts';
import type { Keys } from './keys.ts';
import type { Reply } from './link.ts';
import type { Session } from './session.ts';

/** Reports that are asked for at once. */
const atOnce = 500;
/** An index nobody has written to for so long is gone, in milliseconds. */
const indexMs = 2 * 86_400_000;

/**
 * A key a client, which the server forgets by itself, and an index that says which there are, so that nobody has to go
 * through all keys of the server. The index is cut to so many names by whoever adds one: of any clock, and of clients that
 * come and go, it does not grow.
 */
export function redisReports(session: Session, keys: Keys): ClientReports {
  const set = (env: string, client: string, bytes: Uint8Array, keepForMs: number): Promise<Reply> => {
    const key = keys.report(env, sha256(client));
    return session.run((link) => link.ask(key, 'SET', key, Buffer.from(bytes), 'PX', String(Math.ceil(keepForMs))));
  };
  return {
    async put(env, client, bytes, keepForMs) {
      checkPlace(env, 'stable');
      await set(env, client, bytes, keepForMs);
      const index = keys.clients(env);
      const until = String(Math.ceil(Date.now() + keepForMs));
      await session.run((link) =>
        Promise.all([
          link.ask(index, 'ZADD', index, until, sha256(client)),
          link.ask(index, 'ZREMRANGEBYRANK', index, '0', String(-maxReports - 1)),
          link.ask(index, 'PEXPIRE', index, String(indexMs)),
        ]),
      );
    },
    // With one right less than to remove it.
    remove: async (env, client) => {
      checkPlace(env, 'stable');
      await set(env, client, new Uint8Array(), 1);
    },
    async *list(env) {
      checkPlace(env, 'stable');
      const index = keys.clients(env);
      const found = await session.run((link) => link.ask(index, 'ZREVRANGE', index, '0', String(maxReports - 1)));
      const clients = (found as Reply[]).map(String).filter(isHash);
      for (let start = 0; start < clients.length; start += atOnce) {
        const group = clients.slice(start, start + atOnce).map((client) => keys.report(env, client));
        const replies = await session.run((link) =>
          Promise.all(group.map((key) => link.ask(key, 'GETRANGE', key, '0', String(maxReportBytes)))),
        );
        for (const reply of replies) {
          const bytes = Buffer.isBuffer(reply) ? reply : Buffer.from(String(reply ?? ''));
          if (bytes.length > 0) yield bytes.length > maxReportBytes ? new Uint8Array() : bytes;
        }
      }
    },
  };
}
