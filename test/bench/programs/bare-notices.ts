import fs from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The way a store itself has to tell of a new value, with nothing of ours around: puts one, or where it is opened to listen,
 * calls back when it is told.
 */
export interface BareNotice {
  put(value: string): Promise<void>;
  close(): Promise<void>;
}

type Open = (url: string, onTold?: () => void) => Promise<BareNotice>;

export const bareNotices: Readonly<Record<string, Open>> = {
  async file(url, onTold) {
    const folder = `${url.startsWith('file://') ? fileURLToPath(url) : url.slice('file:'.length)}-bare`;
    fs.mkdirSync(folder, { recursive: true });
    const watcher = onTold && fs.watch(folder, (_, name) => void (name === 'HEAD' && onTold()));
    return {
      async put(value) {
        // What is told of survives a power cut, as on the other stores.
        const file = fs.openSync(join(folder, 'new'), 'w');
        fs.writeSync(file, value);
        fs.fsyncSync(file);
        fs.closeSync(file);
        fs.renameSync(join(folder, 'new'), join(folder, 'HEAD'));
        const names = fs.openSync(folder, 'r');
        fs.fsyncSync(names);
        fs.closeSync(names);
      },
      close: async () => watcher?.close(),
    };
  },

  async redis(url, onTold) {
    const { createClient } = await import('redis');
    const client = createClient({ url: url.replace(/\?.*$/, '') });
    const listener = client.duplicate();
    await Promise.all([client.connect(), listener.connect()]);
    if (onTold) await listener.subscribe('bare', onTold);
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
    if (onTold) {
      listener.on('notification', onTold);
      await listener.query('LISTEN bare');
    }
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
    const bucket = await new Kvm(one).create('bare-values');
    const watching = onTold && (await (await new Kvm(other).open('bare-values')).watch({ key: 'head' }));
    void (async () => {
      for await (const { value } of watching ?? []) if (value.length > 0) onTold?.();
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
