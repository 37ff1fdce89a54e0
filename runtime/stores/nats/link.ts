import type { JetStreamManager } from '@nats-io/jetstream';
import type { Msg, MsgHdrs, NatsConnection } from '@nats-io/transport-node';
import { absent } from '../../packages/optional-package.ts';
import { loadClient } from '../driver/load-client.ts';
import type { NatsAddress } from './address.ts';
import { findServer } from './find-server.ts';

/** The packages that speak NATS. */
export interface NatsClient {
  transport: typeof import('@nats-io/transport-node');
  jetstream: typeof import('@nats-io/jetstream');
}

/** One connection to one server. */
export interface Link {
  connection: NatsConnection;
  manager: JetStreamManager;
  client: NatsClient;
}

/** The most one attempt to connect takes, in milliseconds. */
const connectMs = 3_000;
const pingMs = 5_000;
/** The library gives up on an answer after this; whoever asked has given up before. */
const answerMs = 15_000;

/** @throws StoreError (`unsuitable`) where they are not installed. */
export const loadNatsClient = (): Promise<NatsClient> =>
  loadClient('NATS', {
    install: '@nats-io/transport-node@3.4.0 @nats-io/jetstream@3.4.0',
    async load() {
      try {
        return { transport: await import('@nats-io/transport-node'), jetstream: await import('@nats-io/jetstream') };
      } catch (error) {
        return absent(error);
      }
    },
  });

/** A connection that ends when it breaks: what was under way is told so at once and nothing is sent late. */
export async function connectTo({ transport }: NatsClient, address: NatsAddress): Promise<NatsConnection> {
  const { user, password, token, creds, ca } = address;
  return transport.connect({
    name: 'proviso',
    servers: await findServer(address.servers, connectMs),
    reconnect: false,
    timeout: connectMs,
    pingInterval: pingMs,
    maxPingOut: 2,
    noAsyncTraces: true,
    ...(user !== undefined && { user, pass: password ?? '' }),
    ...(token !== undefined && { token }),
    ...(creds && { authenticator: transport.credsAuthenticator(creds) }),
    ...(address.isEncrypted && { tls: ca === undefined ? {} : { ca } }),
    ...(address.inbox !== undefined && { inboxPrefix: address.inbox }),
  });
}

export async function openLink(client: NatsClient, address: NatsAddress): Promise<Link> {
  const connection = await connectTo(client, address);
  const manager = await client.jetstream.jetstreamManager(connection, { checkAPI: false, timeout: answerMs });
  return { connection, manager, client };
}

/** Sends a message and waits for its answer, `ms` at most. */
export const ask = (
  { connection }: Link,
  subject: string,
  { payload, headers, ms = answerMs }: { payload?: Uint8Array; headers?: MsgHdrs; ms?: number } = {},
): Promise<Msg> => connection.request(subject, payload, { timeout: ms, ...(headers && { headers }) });

/**
 * Ends a connection without waiting for what is still to be sent: a server that stands still would never take it, and
 * the process could not end.
 */
export function cutLink({ connection }: Pick<Link, 'connection'>): void {
  const { protocol } = connection as { protocol?: { close?(reason: Error): Promise<void> } };
  const closing = protocol?.close ? protocol.close(new Error('cut')) : connection.close();
  closing.catch(() => {});
}
