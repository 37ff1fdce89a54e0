import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, watch, writeSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The way a store itself has to tell of a new value, with nothing of ours around: puts one and calls back when it is told. */
export interface BareNotice {
  put(value: string): Promise<void>;
  close(): Promise<void>;
}

type Open = (url: string, onTold: () => void) => Promise<BareNotice>;

export const bareNotices: Readonly<Record<string, Open>> = {
  async file(url, onTold) {
    const folder = `${url.startsWith('file://') ? fileURLToPath(url) : url.slice('file:'.length)}-bare`;
    mkdirSync(folder);
    const watcher = watch(folder, (_, name) => {
      if (name === 'HEAD') onTold();
    });
    return {
      async put(value) {
        // What is told of survives a power cut, as on the other stores.
        const file = openSync(join(folder, 'new'), 'w');
        writeSync(file, value);
        fsyncSync(file);
        closeSync(file);
        renameSync(join(folder, 'new'), join(folder, 'HEAD'));
        const names = openSync(folder, 'r');
        fsyncSync(names);
        closeSync(names);
      },
      close: async () => watcher.close(),
    };
  },

  async redis(url, onTold) {
    const { createClient } = await import('redis');
    const client = createClient({ url: url.replace(/\?.*$/, '') });
    const listener = client.duplicate();
    await Promise.all([client.connect(), listener.connect()]);
    await listener.subscribe('bare', onTold);
    return {
      async put(value) {
        await client.multi().set('bare', value).publish('bare', value).exec();
      },
      async close() {
        client.destroy();
        listener.destroy();
      },
    };
  },

  async postgres(url, onTold) {
    const { default: pg } = await import('pg');
    const connectionString = url.replace(/\?.*$/, '');
    const [client, listener] = [new pg.Client({ connectionString }), new pg.Client({ connectionString })];
    await Promise.all([client.connect(), listener.connect()]);
    await client.query('CREATE TABLE IF NOT EXISTS bare (value text)');
    await client.query(
      'PREPARE put_bare AS WITH put AS (INSERT INTO bare VALUES ($1)) SELECT pg_notify($$bare$$, $$$$)',
    );
    listener.on('notification', onTold);
    await listener.query('LISTEN bare');
    return {
      async put(value) {
        await client.query(`EXECUTE put_bare('${value}')`);
      },
      async close() {
        await Promise.all([client.end(), listener.end()]);
      },
    };
  },

  async nats(url, onTold) {
    const [{ connect }, { Kvm }] = await Promise.all([import('@nats-io/transport-node'), import('@nats-io/kv')]);
    const servers = new URL(url).host;
    const [one, other] = await Promise.all([connect({ servers }), connect({ servers })]);
    const name = `bare-${process.hrtime.bigint()}`;
    const bucket = await new Kvm(one).create(name);
    const watching = await (await new Kvm(other).open(name)).watch({ key: 'head' });
    void (async () => {
      for await (const { value } of watching) if (value.length > 0) onTold();
    })();
    return {
      async put(value) {
        await bucket.put('head', value);
      },
      async close() {
        await Promise.all([one.close(), other.close()]);
      },
    };
  },
};
