import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { WriteStore } from '../../runtime/stores/store.ts';
import { MemoryStore } from '../fixtures/release/memory-store.ts';
import { startNatsPlaces } from '../fixtures/servers/nats.ts';
import { postgresPlaces } from '../fixtures/servers/postgres.ts';
import {
  startEncryptedRedisPlaces,
  startRedisClusterPlaces,
  startRedisPlaces,
} from '../fixtures/servers/redis-places.ts';
import { giveCredentials, startS3 } from '../fixtures/servers/s3.ts';

/** Where stores of one kind lie in tests. */
export interface Places {
  /** The program that must be installed, such as `redis-server`; absent where the kind needs none. */
  needs?: string;
  /** How many objects are many; 5,000 where nothing is said. */
  many?: number;
  /** Starts a private server of its own on a free port, where the kind needs one. */
  start(): Promise<RunningPlaces>;
}

export interface RunningPlaces {
  /** The URL of a store that is empty and shares nothing with those before. */
  fresh(): Promise<string>;
  /** Opens one that no driver opens. */
  open?(url: string): Promise<WriteStore>;
  stop(): Promise<void>;
}

/** By the scheme of the URL, as in the registry of drivers, and where there are several, another word; one line each. */
export const storePlaces: Readonly<Record<string, Places>> = {
  file: { start: async () => folders() },
  redis: { needs: 'redis-server', start: startRedisPlaces },
  'redis cluster': { needs: 'redis-server', start: startRedisClusterPlaces },
  rediss: { needs: 'redis-server', start: startEncryptedRedisPlaces },
  nats: { needs: 'nats-server', start: startNatsPlaces },
  postgres: { needs: 'postgres', start: postgresPlaces },
  // Each object is a request of its own, and each request milliseconds of its client.
  s3: { many: 1_500, start: buckets },
};

/** The store that most tests of readers and of the engine use in place of all of these. */
export const memoryPlaces: Places = {
  async start() {
    let store = new MemoryStore();
    return {
      async fresh() {
        store = new MemoryStore();
        store.now = Date.now;
        return 'memory:';
      },
      open: async () => store,
      stop: async () => {},
    };
  },
};

function folders(): RunningPlaces {
  const made: string[] = [];
  return {
    async fresh() {
      const folder = mkdtempSync(join(tmpdir(), 'proviso-store-'));
      made.push(folder);
      return `file:${folder}`;
    },
    async stop() {
      for (const folder of made.splice(0)) rmSync(folder, { recursive: true });
    },
  };
}

async function buckets(): Promise<RunningPlaces> {
  const server = await startS3();
  const takeBack = giveCredentials();
  let made = 0;
  return {
    async fresh() {
      made += 1;
      return `s3://bucket-${made}/terms?endpoint=${server.url}`;
    },
    async stop() {
      takeBack();
      await server.stop();
    },
  };
}
