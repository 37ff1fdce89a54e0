import { maxHeadBytes } from '../../snapshot/head.ts';
import { checkPlace, checkScratch } from '../driver/check-place.ts';
import { writeNews } from '../driver/news.ts';
import { type HeadAt, StoreError, type StorePlace, type Swap, type WriteStore } from '../store.ts';
import { encodeByteArrays } from './encode-byte-arrays.ts';
import { channelOf } from './migrations.ts';
import { isCollision, sqlStateOf } from './report-trouble.ts';
import type { Sessions } from './sessions.ts';

type Heads = Pick<WriteStore, 'getHead' | 'casHead' | 'history' | 'places' | 'dropScratch'> &
  Required<Pick<WriteStore, 'look'>>;

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
    const rows = await sessions.run(({ ask }) =>
      ask<HeadRow>(
        `heads ${limit}`,
        `select seq, encode(hash, 'hex') as name, substring(envelope for ${maxHeadBytes + 1}) as envelope
         from "${schema}".heads where env = $1 and channel = $2 and ($3::bigint is null or seq < $3::bigint)
         order by seq desc limit ${limit}`,
        [env, channel, below],
      ),
    );
    for (const row of rows) checkSize(env, channel, row);
    return rows;
  };
  const headOf = (head: HeadRow | undefined): HeadAt | undefined =>
    head && { envelope: head.envelope, token: `${head.seq}-${head.name}` };

  return {
    async getHead(env, channel) {
      checkPlace(env, channel);
      const [head] = await read(env, channel, 1);
      return headOf(head);
    },

    async look(env, channel, hashes) {
      checkPlace(env, channel);
      const rows = await sessions.run(({ ask }) =>
        ask<Omit<HeadRow, 'seq'> & { seq: string | null }>(
          'look',
          `(select seq, encode(hash, 'hex') as name, substring(envelope for ${maxHeadBytes + 1}) as envelope
            from "${schema}".heads where env = $1 and channel = $2 order by seq desc limit 1)
           union all select null, encode(hash, 'hex'), bytes from "${schema}".objects where hash = any($3::bytea[])`,
          [env, channel, encodeByteArrays(hashes.map((hash) => Buffer.from(hash, 'hex')))],
        ),
      );
      const isHead = (row: (typeof rows)[number]): row is HeadRow => row.seq !== null;
      const head = rows.find(isHead);
      if (head) checkSize(env, channel, head);
      const objects = rows.filter(({ seq }) => seq === null).map(({ name, envelope }) => [name, envelope] as const);
      return { head: headOf(head), objects: new Map(objects) };
    },

    async casHead(env, channel, expected, envelope, news) {
      checkPlace(env, channel);
      const [seq, hash] =
        expected === null ? ['0', null] : (/^(\d{1,18})-([0-9a-f]{64})$/.exec(expected)?.slice(1) ?? []);
      if (seq === undefined) return 'conflict';
      const next = Buffer.from(envelope.buffer, envelope.byteOffset, envelope.byteLength);
      const told = writeNews(news);
      return swap(
        sessions,
        schema,
        [env, channel, seq, hash && Buffer.from(hash, 'hex'), next],
        told && `${env}/${channel} ${told}`,
      );
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

function checkSize(env: string, channel: string, { seq, envelope }: HeadRow): void {
  if (envelope.length > maxHeadBytes)
    throw new StoreError('damaged', `head ${seq} of ${env}/${channel} is larger than any head is`);
}

/**
 * Asks for the clock of the server first: a swap that reaches it after we gave up, because it stood still or the
 * network did, must not come true behind our back.
 */
async function swap(
  sessions: Sessions,
  schema: string,
  values: readonly unknown[],
  told: string | undefined,
): Promise<Swap> {
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
            `select is_swapped, case when is_swapped then pg_notify('${channelOf(schema)}', $8) end
             from (select "${schema}".swap_head($1, $2, $3, $4, $5, $6::timestamptz + $7 * interval '1 ms') as is_swapped
                   offset 0) as swapped`,
            [...values, clock?.now, patience, told],
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
