import type { RedisAddress } from './address.ts';
import { Refusal, TooLate } from './trouble.ts';

type Client = typeof import('redis');

export type Reply = null | number | string | Buffer | readonly Reply[];
export type Argument = string | Buffer;

/** Sends one command to one server; rejects with what the client throws. */
type Ask = (...command: Argument[]) => Promise<Reply>;

/** One connection to a server, or to a cluster. It breaks for good: another is opened instead. */
export interface Link {
  /** Settles when commands may be sent, or when it cannot be. */
  ready: Promise<unknown>;
  /** Sends a command to where its key lies. Those sent at once go together, and in their order where it is one key. */
  ask(key: string, ...command: Argument[]): Promise<Reply>;
  /** Every server that holds keys, by `host:port`. */
  servers(): Promise<ReadonlyMap<string, Ask>>;
  /** A command that was sent and did not come back is answered by an error. */
  isBroken(): boolean;
  destroy(): void;
}

/** How long it may take to be connected, in milliseconds; below the deadline of an operation, so that it says which it was. */
const connectMs = 5_000;

/** Nothing is sent twice and nothing waits for a better time: what happened to a command must be known. */
export function clientOptions({ RESP_TYPES }: Client, address: RedisAddress) {
  const { username, password, isEncrypted, ca } = address;
  const patience = { connectTimeout: connectMs, reconnectStrategy: false as const };
  return {
    RESP: 2 as const,
    ...(username !== undefined && { username }),
    ...(password !== undefined && { password }),
    socket: isEncrypted ? { ...patience, tls: true as const, ...(ca !== undefined && { ca }) } : patience,
    disableOfflineQueue: true,
    disableClientInfo: true,
    maintNotifications: 'disabled' as const,
    commandOptions: { timeout: 0, typeMapping: { [RESP_TYPES.BLOB_STRING]: Buffer } },
  };
}

export const openLink = (client: Client, address: RedisAddress): Link =>
  address.isCluster ? toCluster(client, address) : toServer(client, address);

/** What comes of a promise of the client, with what the server refused told apart from a connection that failed. */
async function settle<T>({ ErrorReply, ConnectionTimeoutError }: Client, asked: Promise<T>): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof ErrorReply) throw new Refusal(error.message);
    throw error instanceof ConnectionTimeoutError ? new TooLate('connecting') : error;
  }
}

function toServer(redis: Client, address: RedisAddress): Link {
  const options = clientOptions(redis, address);
  const { database, nodes } = address;
  const client = redis.createClient({ ...options, database, socket: { ...options.socket, ...nodes[0] } });
  let isBroken = false;
  client.on('error', () => {
    isBroken = true;
  });
  const ask: Ask = (...command) => settle(redis, client.sendCommand(command) as Promise<Reply>);
  return {
    ready: settle(redis, client.connect()),
    ask: (_, ...command) => ask(...command),
    servers: async () => new Map([[address.shown.replace(/^.*\/\//, ''), ask]]),
    isBroken: () => isBroken || !client.isOpen,
    destroy: () => client.destroy(),
  };
}

function toCluster(redis: Client, address: RedisAddress): Link {
  const { commandOptions, RESP, ...defaults } = clientOptions(redis, address);
  const cluster = redis.createCluster({
    rootNodes: address.nodes.map((node) => ({ socket: { ...defaults.socket, ...node } })),
    defaults,
    RESP,
    commandOptions,
    // A server that is down must not keep the others from being used.
    minimizeConnections: true,
  });
  let isBroken = false;
  let cause: unknown;
  for (const event of ['error', 'node-error'])
    cluster.on(event, (error: unknown) => {
      isBroken = true;
      cause = error;
    });
  const connect = async (): Promise<void> => {
    try {
      await cluster.connect();
      isBroken = false;
    } catch (error) {
      // The cluster says only that nobody could be asked; why, it said before.
      throw cause ?? error;
    }
  };
  return {
    ready: settle(redis, connect()),
    ask: (key, ...command) => settle(redis, cluster.sendCommand(key, false, command) as Promise<Reply>),
    servers: async () =>
      new Map(
        await Promise.all(
          cluster.masters.map(async (master): Promise<[string, Ask]> => {
            const node = await cluster.nodeClient(master);
            return [
              master.address,
              (...command) => settle(redis, node.sendCommand(command, commandOptions) as Promise<Reply>),
            ];
          }),
        ),
      ),
    isBroken: () => isBroken,
    destroy: () => cluster.destroy(),
  };
}
