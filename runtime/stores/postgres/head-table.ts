import { maxHeadBytes } from '../../snapshot/head.ts';
import { checkPlace, checkScratch } from '../driver/check-place.ts';
import { StoreError, type StorePlace, type Swap, type WriteStore } from '../store.ts';
import { isCollision, sqlStateOf } from './report-trouble.ts';
import type { Sessions } from './sessions.ts';

type Heads = Pick<WriteStore, 'getHead' | 'casHead' | 'history' | 'places' | 'dropScratch'>;

interface HeadRow {
  /** A `bigint`: text, as the client gives it. */
  seq: string;
  name: string;
  envelope: Buffer;
}

const pageRows = 100;
/** The time a swap leaves itself to become durable and to be answered. */
const spareMs = 1_000;

/** Every head in a table, numbered without gaps; the highest is in force. */
export function headTable(sessions: Sessions, schema: string): Heads {
  /** Newest first, below a number where one is given. */
  const read = async (env: string, channel: string, limit: number, below?: string): Promise<HeadRow[]> => {
    const rows = await sessions.run(({ query }) =>
      query<HeadRow>(
        `select seq, encode(hash, 'hex') as name, substring(envelope for ${maxHeadBytes + 1}) as envelope
         from "${schema}".heads where env = $1 and channel = $2 and ($3::bigint is null or seq < $3::bigint)
         order by seq desc limit ${limit}`,
        [env, channel, below],
      ),
    );
    const large = rows.find(({ envelope }) => envelope.length > maxHeadBytes);
    if (large) throw new StoreError('damaged', `head ${large.seq} of ${env}/${channel} is larger than any head is`);
    return rows;
  };

  return {
    async getHead(env, channel) {
      checkPlace(env, channel);
      const [head] = await read(env, channel, 1);
      return head && { envelope: head.envelope, token: `${head.seq}-${head.name}` };
    },

    async casHead(env, channel, expected, envelope) {
      checkPlace(env, channel);
      const [seq, hash] =
        expected === null ? ['0', null] : (/^(\d{1,18})-([0-9a-f]{64})$/.exec(expected)?.slice(1) ?? []);
      if (seq === undefined) return 'conflict';
      const next = Buffer.from(envelope.buffer, envelope.byteOffset, envelope.byteLength);
      return swap(sessions, schema, [env, channel, seq, hash && Buffer.from(hash, 'hex'), next]);
    },

    async *history(env, channel) {
      checkPlace(env, channel);
      let below: string | undefined;
      do {
        const rows = await read(env, channel, pageRows, below);
        below = rows.length < pageRows ? undefined : rows.at(-1)?.seq;
        for (const { envelope } of rows) yield envelope;
      } while (below !== undefined);
    },

    places: () =>
      sessions.run(({ query }) => query<StorePlace>(`select distinct env, channel from "${schema}".heads`, [])),

    async dropScratch(env) {
      checkScratch(env);
      await sessions.run(({ query }) => query(`select "${schema}".drop_scratch($1)`, [env]));
    },
  };
}

/**
 * Asks for the clock of the server first: a swap that reaches it after we gave up, because it stood still or the
 * network did, must not come true behind our back.
 */
async function swap(sessions: Sessions, schema: string, values: readonly unknown[]): Promise<Swap> {
  let isSent = false;
  let isUndone = false;
  try {
    return await sessions.run(
      async ({ query, left }) => {
        const [clock] = await query<{ now: string }>('select clock_timestamp()::text as now');
        const patience = Math.floor(left() - spareMs);
        isSent = true;
        try {
          const [answer] = await query<{ is_swapped: boolean }>(
            `select "${schema}".swap_head($1, $2, $3, $4, $5, $6::timestamptz + $7 * interval '1 ms') as is_swapped`,
            [...values, clock?.now, patience],
          );
          return answer?.is_swapped ? 'ok' : 'conflict';
        } catch (error) {
          // A server that refuses and is still there has undone it; one that says so while it goes down may not have.
          if (sqlStateOf(error) !== undefined) {
            await query('select');
            isUndone = true;
          }
          throw error;
        }
      },
      () => !isSent,
    );
  } catch (error) {
    if (isSent && !isUndone) return 'unknown';
    if (isCollision(error)) return 'conflict';
    throw error;
  }
}
