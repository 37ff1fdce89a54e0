import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Settings } from '../../schemas/setting.ts';
import type { LazyTerms, Terms } from '../client/terms.ts';
import { answerBroken, type Broken } from './answer-broken.ts';
import { answerRequests, type UnderWay } from './answer-requests.ts';
import { answering } from './answering.ts';
import { closeIdle } from './close-idle.ts';
import { closeServer } from './close-server.ts';
import { crossOrigin } from './cross-origin.ts';
import { openStreams } from './events/streams.ts';
import { routeTable } from './find-route.ts';
import { isLoopback } from './is-loopback.ts';
import { keepTokens } from './keep-tokens.ts';
import { defaultLimits, type Limits } from './limits.ts';
import type { Log } from './log.ts';
import { openMetrics } from './metrics.ts';
import { operatingRoutes } from './operating-routes.ts';
import type { Route } from './route.ts';
import { describeRoutes } from './routes/openapi.ts';
import { routes, streamingRoutes } from './routes.ts';
import { ServerError } from './server-error.ts';
import { checkTokens, holdersOf, type TokenLine } from './tokens.ts';

export interface ServerOptions<S extends Settings = Settings> {
  /** What is answered from; while it is still being opened, the server listens, is alive, and is not ready. */
  terms: Terms<S> | LazyTerms<S> | Promise<Terms<S> | LazyTerms<S>>;
  /** A file of tokens, which is read again when it changes, or its lines. Without, only this machine is answered. */
  tokens?: string | readonly TokenLine[];
  /** Default: `127.0.0.1`. On anything but loopback there must be tokens. */
  host?: string;
  /** Default: 0, a free one. */
  port?: number;
  /** Told of every request and of what goes wrong. Default: nobody is. */
  log?: Log;
  limits?: Partial<Limits>;
  /** Whether a release that is stale, or a store that does not answer, makes the server not ready. Default: `ready`. */
  whenOld?: 'ready' | 'notReady';
  /** Milliseconds the server goes on after it has said that it is not ready, before it stops accepting. Default: 0. */
  drain?: number;
  /** What `/statusz` says it is. */
  version?: string;
  /** What it answers beside its own. */
  routes?: readonly Route[];
  /** Pages that may ask from a browser, by their origin: `https://app.example`. Default: none of another origin. */
  origins?: readonly string[];
  /**
   * What the addresses of streams are signed with: the same in every server a client may be led to. Default: drawn at the
   * start; clients then fetch anew after a restart.
   */
  secret?: Uint8Array;
  /** Milliseconds between two looks at the file of tokens. Default: 1,000. */
  tokensEvery?: number;
}

export interface Server {
  /** `http://127.0.0.1:7420` */
  readonly url: string;
  /**
   * Accepts nothing more, finishes what is under way, ends streams, and resolves when all of it is done, after `limits.stop`
   * at the latest. What is answered from stays open.
   */
  close(): Promise<void>;
}

/**
 * Answers over HTTP what a product would read of terms.
 *
 * @throws ServerError without tokens on anything but loopback, for tokens that cannot be read, for what is no origin, and where
 * it cannot listen.
 */
export async function openServer<S extends Settings>(options: ServerOptions<S>): Promise<Server> {
  const { host = '127.0.0.1', port = 0, log, tokens, version } = options;
  if (tokens === undefined && !isLoopback(host))
    throw new ServerError(
      'needsTokens',
      `without tokens everybody who reaches ${host} could read all terms`,
      'give tokens (`proviso tokens new`), or listen on 127.0.0.1',
    );
  const origins = crossOrigin(options.origins ?? []);
  const limits: Limits = { ...defaultLimits, ...options.limits };
  const started = Date.now();
  let terms: Terms | LazyTerms | undefined;
  let isStopping = false;
  const isReady = (): boolean => terms !== undefined && !isStopping;
  const underWay: UnderWay = { answering: answering(), streams: new Map(), requests: new Set() };
  const sockets = new Set<Socket>();
  const metrics = openMetrics({
    reading: () => terms,
    isReady,
    connections: () => sockets.size,
    streams: () => underWay.streams.size,
  });
  const troubled = (error: Error): void => {
    metrics.trouble(kindOf(error));
    log?.({ event: 'trouble', time: Date.now(), message: error.message });
  };
  const kept =
    typeof tokens === 'string'
      ? keepTokens(tokens, {
          every: options.tokensEvery ?? 1_000,
          now: Date.now,
          onTrouble: troubled,
          onChange: (count) =>
            log?.({ event: 'notice', time: Date.now(), message: `${count} tokens count from now on` }),
        })
      : { find: tokens && holdersOf(checkTokens(tokens), Date.now), close: () => {} };

  const operating = operatingRoutes({
    terms: () => terms,
    isStopping: () => isStopping,
    failsWhenOld: options.whenOld === 'notReady',
    started,
    version,
    metrics,
    connections: () => sockets.size,
    streams: () => underWay.streams.size,
  });
  const streams = openStreams({
    secret: options.secret,
    most: limits.connections,
    isStopping: () => isStopping,
  });
  const all = [...routes, ...streamingRoutes(streams), ...(options.routes ?? []), ...operating];
  const receive = answerRequests({
    find: routeTable([...all, describeRoutes(all, version)]),
    terms: () => terms,
    findHolder: kept.find,
    limits,
    metrics,
    log,
    underWay,
    origins,
    isStopping: () => isStopping,
  });

  const server = createServer(
    {
      headersTimeout: limits.headers,
      requestTimeout: limits.request,
      // Closed by `closeIdle`.
      keepAliveTimeout: 0,
      connectionsCheckingInterval: Math.min(1_000, limits.headers, limits.request),
      maxHeaderSize: limits.headerBytes,
      // Answered like everything else.
      requireHostHeader: false,
    },
    receive,
  );
  server.maxHeadersCount = limits.headerCount;
  server.maxConnections = limits.connections;
  server.on('checkContinue', receive);
  server.on('checkExpectation', receive);
  server.on('drop', () => metrics.dropped());
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  const stopClosing = closeIdle({
    sockets,
    isBusy: underWay.answering.has,
    most: limits.idle,
    stalled: limits.stalled,
  });
  const refuseBroken = (error: Broken, socket: Duplex): void => {
    if (error.code === 'ECONNRESET' || !socket.writable) {
      socket.destroy();
      return;
    }
    // Written now, it would be taken for the answer to what was asked before.
    underWay.answering.whenDone(socket as Socket, () => {
      const id = `broken-${randomBytes(6).toString('hex')}`;
      const status = answerBroken(error, socket, id);
      if (status === undefined) return;
      metrics.answered(undefined, 'none', status, 0);
      log?.({ event: 'request', time: Date.now(), id, method: '', status, ms: 0, bytes: 0 });
    });
  };
  server.on('clientError', refuseBroken);
  server.on('connect', (_, socket) => {
    socket.on('error', () => socket.destroy());
    refuseBroken(Object.assign(new Error('a tunnel is asked for'), { code: 'CONNECT' }), socket);
  });
  await listen(server, port, host).catch((error) => {
    stopClosing();
    kept.close();
    throw error;
  });

  let unfollow = (): void => {};
  const follow = (opened: Terms | LazyTerms): void => {
    terms = opened;
    if (!isStopping) unfollow = opened.onTrouble(troubled);
  };
  // Whatever a product's settings are called, here they are data.
  const given = options.terms as unknown as ServerOptions['terms'];
  if (given instanceof Promise) given.then(follow, troubled);
  else follow(given);

  let closing: Promise<void> | undefined;
  return {
    url: urlOf(server.address() as AddressInfo),
    close() {
      closing ??= (async () => {
        isStopping = true;
        await new Promise((resolve) => setTimeout(resolve, options.drain ?? 0));
        await closeServer(server, { sockets, underWay, within: limits.stop });
        stopClosing();
        unfollow();
        kept.close();
      })();
      return closing;
    },
  };
}

/** `TermsError older`: what class of error it is, and which of its kinds. */
const kindOf = (error: Error): string => {
  const { code, trouble } = error as { code?: unknown; trouble?: unknown };
  const kind = code ?? trouble;
  return typeof kind === 'string' ? `${error.name} ${kind}` : error.name;
};

function listen(server: ReturnType<typeof createServer>, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const refuse = (error: NodeJS.ErrnoException): void => {
      const [what, help] =
        error.code === 'EADDRINUSE'
          ? [`port ${port} of ${host} is taken`, 'choose another port']
          : [`it cannot listen on port ${port} of ${host} (${error.code})`, 'choose another host or port'];
      reject(new ServerError('cannotListen', what, help, { cause: error }));
    };
    server.once('error', refuse);
    server.listen(port, host, () => {
      server.off('error', refuse);
      resolve();
    });
  });
}

const urlOf = ({ address, port, family }: AddressInfo): string =>
  `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
