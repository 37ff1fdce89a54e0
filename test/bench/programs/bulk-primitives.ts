import { closeSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The fastest way a store's own client has to put many values into it, with nothing of ours around. */
export type BulkPrimitive = (url: string, values: ReadonlyMap<string, Uint8Array>) => Promise<void>;

const batchesOf = <T>(list: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(list.length / size) }, (_, index) => list.slice(index * size, (index + 1) * size));

export const bulkPrimitives: Readonly<Record<string, BulkPrimitive>> = {
  async file(url, values) {
    const path = `${url.startsWith('file://') ? fileURLToPath(url) : url.slice('file:'.length)}-packed`;
    const file = openSync(`${path}.new`, 'w');
    writeSync(file, Buffer.concat([...values.values()]));
    fsyncSync(file);
    closeSync(file);
    renameSync(`${path}.new`, path);
  },

  async redis(url, values) {
    const { createClient, RESP_TYPES } = await import('redis');
    const client = createClient({ url: url.replace(/\?.*$/, '') }).withTypeMapping({
      [RESP_TYPES.BLOB_STRING]: Buffer,
    });
    await client.connect();
    const pairs = [...values].map(([key, bytes]): [string, Buffer] => [`bulk:${key}`, Buffer.from(bytes)]);
    await Promise.all(batchesOf(pairs, 500).map((batch) => client.mSet(batch)));
    client.destroy();
  },

  async postgres(url, values) {
    const { default: pg } = await import('pg');
    const client = new pg.Client({ connectionString: url.replace(/\?.*$/, '') });
    await client.connect();
    await client.query('CREATE TABLE IF NOT EXISTS bulk (hash bytea PRIMARY KEY, bytes bytea NOT NULL)');
    await client.query('TRUNCATE bulk');
    for (const batch of batchesOf([...values], 1_000))
      await client.query('INSERT INTO bulk SELECT * FROM unnest($1::bytea[], $2::bytea[])', [
        batch.map(([hash]) => Buffer.from(hash, 'hex')),
        batch.map(([, bytes]) => Buffer.from(bytes)),
      ]);
    await client.end();
  },

  async nats(url, values) {
    const [{ connect }, { Kvm }] = await Promise.all([import('@nats-io/transport-node'), import('@nats-io/kv')]);
    const connection = await connect({ servers: new URL(url).host });
    const bucket = await new Kvm(connection).create(`bulk-${process.hrtime.bigint()}`);
    for (const batch of batchesOf([...values], 256))
      await Promise.all(batch.map(([key, bytes]) => bucket.put(key, bytes)));
    await bucket.destroy();
    await connection.close();
  },
};
