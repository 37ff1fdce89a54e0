import type { Tally, WriteStore } from '../store.ts';
import { encodeByteArrays } from './encode-byte-arrays.ts';
import { inBatches } from './in-batches.ts';
import type { Sessions } from './sessions.ts';

type Objects = Pick<WriteStore, 'get' | 'has' | 'putAll' | 'sweep'>;

const hashName = /^[0-9a-f]{64}$/;
const hashBytes = 32;
const sweepRows = 2_000;

/**
 * Objects in a table by their hash. Every statement locks its rows in the order of their hashes, so that two that work
 * on the same ones wait for each other and never for ever.
 */
export function objectTable(sessions: Sessions, schema: string): Objects {
  const table = `"${schema}".objects`;
  const toParameter = (hashes: readonly string[]): Buffer =>
    encodeByteArrays(hashes.map((hash) => Buffer.from(hash, 'hex')));

  return {
    async get(hashes) {
      const found = new Map<string, Uint8Array>();
      await inBatches(
        namesIn(hashes),
        () => hashBytes,
        async (batch) => {
          const rows = await sessions.run(({ ask }) =>
            ask<{ name: string; bytes: Buffer }>(
              'objects',
              `select encode(hash, 'hex') as name, bytes from ${table} where hash = any($1::bytea[])`,
              [toParameter(batch)],
            ),
          );
          for (const { name, bytes } of rows) found.set(name, bytes);
        },
      );
      return found;
    },

    async has(hashes) {
      const found = new Set<string>();
      await inBatches(
        namesIn(hashes),
        () => hashBytes,
        async (batch) => {
          const rows = await sessions.run(({ query }) =>
            query<{ name: string }>(
              `with found as materialized
               (select hash from ${table} where hash = any($1::bytea[]) order by hash for no key update)
             update ${table} as each set touched = clock_timestamp() from found where each.hash = found.hash
             returning encode(each.hash, 'hex') as name`,
              [toParameter(batch)],
            ),
          );
          for (const { name } of rows) found.add(name);
        },
      );
      return found;
    },

    async putAll(objects) {
      await inBatches(
        objects,
        ([, bytes]) => bytes.length,
        async (batch) => {
          batch.sort(([a], [b]) => (a < b ? -1 : 1));
          const values = [toParameter(batch.map(([hash]) => hash)), encodeByteArrays(batch.map(([, bytes]) => bytes))];
          await sessions.run(({ query }) =>
            query(
              `insert into ${table} (hash, bytes) select * from unnest($1::bytea[], $2::bytea[])
             on conflict (hash) do update set touched = clock_timestamp()`,
              values,
            ),
          );
        },
      );
    },

    async sweep(keep, olderThan) {
      const swept: Tally = { objects: 0, bytes: 0 };
      for (let after: string | undefined = ''; after !== undefined; ) {
        const rows: { name: string; is_old: boolean }[] = await sessions.run(({ query }) =>
          query(
            `select encode(hash, 'hex') as name, touched < $2::timestamptz as is_old from ${table}
             where hash > decode($1, 'hex') order by hash limit ${sweepRows}`,
            [after, olderThan.toISOString()],
          ),
        );
        after = rows.length < sweepRows ? undefined : rows.at(-1)?.name;
        const old = rows.filter(({ name, is_old }) => is_old && !keep.has(name)).map(({ name }) => name);
        if (old.length === 0) continue;
        // What somebody has asked for since the rows were listed is younger now, and stays.
        const gone = await sessions.run(({ query }) =>
          query<{ bytes: number }>(
            `with old as materialized
               (select hash from ${table} where hash = any($1::bytea[]) and touched < $2::timestamptz
                order by hash for update)
             delete from ${table} as each using old where each.hash = old.hash and each.touched < $2::timestamptz
             returning octet_length(each.bytes) as bytes`,
            [toParameter(old), olderThan.toISOString()],
          ),
        );
        swept.objects += gone.length;
        swept.bytes += gone.reduce((sum, { bytes }) => sum + bytes, 0);
      }
      return swept;
    },
  };
}

/** What cannot be the name of an object is the name of none. */
function* namesIn(hashes: Iterable<string>): Generator<string> {
  for (const hash of hashes) if (hashName.test(hash)) yield hash;
}
