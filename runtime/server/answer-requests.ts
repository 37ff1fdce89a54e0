import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { LazyTerms, Terms } from '../client/terms.ts';
import { answerError } from './answer-error.ts';
import { checkHead } from './check-head.ts';
import { chooseCoding } from './choose-coding.ts';
import type { CrossOrigin } from './cross-origin.ts';
import type { Place, routeTable } from './find-route.ts';
import { letIn } from './let-in.ts';
import type { Limits } from './limits.ts';
import type { Log } from './log.ts';
import { matchesTag } from './matches-tag.ts';
import type { Metrics } from './metrics.ts';
import { wordRefusal } from './ofrep/word-refusal.ts';
import { type Prepared, type Preparing, prepareAnswer } from './prepare-answer.ts';
import { checkBody, hasBody, readBody } from './read-body.ts';
import { readPath } from './read-path.ts';
import { ReceivedRequest } from './received-request.ts';
import { type Answer, RequestError, type Route, type Scope, scopes } from './route.ts';
import { sendStream } from './send-stream.ts';
import type { FindHolder } from './tokens.ts';

/** What requests are answered from. */
export interface Serving {
  find: ReturnType<typeof routeTable>;
  /** Absent until a release is read. */
  terms(): Terms | LazyTerms | undefined;
  /** Absent where everybody may ask everything, who is on this machine. */
  findHolder?: FindHolder | undefined;
  limits: Limits;
  metrics: Metrics;
  log?: Log | undefined;
  /** Pages of other origins that may ask. */
  origins: CrossOrigin;
  /** What is being answered and takes time. */
  underWay: UnderWay;
  isStopping(): boolean;
}

/** Requests that were not answered at once, and open streams. */
export interface UnderWay {
  sockets: Set<Socket>;
  streams: Map<ReceivedRequest, string | undefined>;
  requests: Set<ReceivedRequest>;
}

/** One request and what becomes known of it. */
interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
  id: string;
  started: number;
  place?: Place | undefined;
  scope?: Route['scope'];
  /** Of the token. */
  holder?: string | undefined;
  asked?: ReceivedRequest;
  isAnswered: boolean;
}

const everything: ReadonlySet<Scope> = new Set(scopes);

/** Answers requests; nothing that comes in makes it throw. */
export function answerRequests(serving: Serving): (request: IncomingMessage, response: ServerResponse) => void {
  const { find, findHolder, limits, metrics, log, underWay, origins } = serving;
  const machine = randomBytes(4).toString('hex');
  let count = 0;
  const kept = new WeakMap<Answer, Preparing>();

  function receive(request: IncomingMessage, response: ServerResponse): void {
    count += 1;
    const exchange: Exchange = {
      request,
      response,
      id: `${machine}-${count.toString(36)}`,
      started: performance.now(),
      isAnswered: false,
    };
    const preflight = origins.preflight(request);
    if (preflight) {
      exchange.isAnswered = true;
      response.writeHead(204, [...preflight]).end();
      finish(exchange, 204, 0);
      return;
    }
    try {
      const route = enter(exchange);
      const asked = exchange.asked as ReceivedRequest;
      if (route.method === 'POST') later(exchange, answerBody(exchange, route, asked), limits.request + limits.answer);
      else {
        const answer = route.answer(asked);
        if (answer instanceof Promise) later(exchange, answer, limits.answer);
        else send(exchange, answer);
      }
    } catch (error) {
      fail(exchange, error);
    }
  }

  /** Finds the route and lets the request in. @throws RequestError */
  function enter(exchange: Exchange): Route {
    const { request, response } = exchange;
    const { url = '', method = '' } = request;
    checkHead(request, limits, !findHolder);
    const path = readPath(url);
    if (!path) throw new RequestError(400, 'badPath', 'this path can be read in more than one way, or in none');
    const values: string[] = [];
    const place = find(path.parts, values);
    if (!place) throw new RequestError(404, 'notFound', 'there is nothing of that name');
    exchange.place = place;
    const routed = place.methods.get(method);
    if (!routed)
      throw new RequestError(405, 'otherMethod', `here it is ${place.allow}`, undefined, { Allow: place.allow });
    const { route, names } = routed;
    exchange.scope = route.scope;
    const holder = route.scope === 'open' ? undefined : letIn(request, route.scope, findHolder, metrics.refused);
    exchange.holder = holder?.name;
    if (route.method === 'POST') checkBody(request, limits.body);
    else if (hasBody(request)) throw new RequestError(400, 'bodyNotAsked', `a ${method} has no body`);
    const params: Record<string, string> = {};
    for (let index = 0; index < names.length; index += 1) params[names[index] as string] = values[index] as string;
    const from = { params, query: path.query, scopes: holder?.scopes ?? everything, terms: serving.terms };
    exchange.asked = new ReceivedRequest(request, response, from);
    return route;
  }

  async function answerBody({ request, response }: Exchange, route: Route, asked: ReceivedRequest): Promise<Answer> {
    if (request.headers.expect !== undefined) response.writeContinue();
    asked.body = await readBody(request, limits.body);
    return route.answer(asked);
  }

  /** Answers when the answer is there, or that it took too long. */
  function later(exchange: Exchange, answering: Promise<Answer>, within: number): void {
    const asked = exchange.asked as ReceivedRequest;
    const { socket } = exchange.request;
    underWay.requests.add(asked);
    underWay.sockets.add(socket);
    const timer = setTimeout(() => {
      const headers = { 'Retry-After': '1' };
      fail(exchange, new RequestError(503, 'tooSlow', 'this took too long', undefined, headers));
      asked.abort();
    }, within);
    void answering
      .finally(() => {
        clearTimeout(timer);
        underWay.requests.delete(asked);
        underWay.sockets.delete(socket);
      })
      .then((answer) => send(exchange, answer))
      .catch((error) => fail(exchange, error));
  }

  function send(exchange: Exchange, answer: Answer): void {
    if (exchange.isAnswered) {
      if (answer.stream) abandon(answer.stream);
      return;
    }
    if (answer.stream) {
      void stream(exchange, answer, answer.stream);
      return;
    }
    const { request, response } = exchange;
    const preparing = preparingOf(exchange, answer);
    // A route that reads a body judges by itself whether what it answers is known.
    const isUnchanged =
      answer.status === 200 && request.method !== 'POST' && matchesTag(request.headers['if-none-match'], preparing.tag);
    const coding = isUnchanged ? undefined : chooseCoding(request.headers['accept-encoding']);
    const prepared = isUnchanged ? preparing.unchanged() : coding ? preparing.coded(coding) : preparing.plain();
    write(exchange, prepared);
    exchange.isAnswered = true;
    response.end(prepared.body, 'latin1');
    finish(exchange, prepared.status, request.method === 'HEAD' ? 0 : prepared.bytes);
  }

  function preparingOf({ asked, scope }: Exchange, answer: Answer): Preparing {
    const known = answer.isKept && kept.get(answer);
    if (known) return known;
    const preparing = prepareAnswer(answer, scope, asked?.read !== undefined && answer.status < 400);
    if (answer.isKept) kept.set(answer, preparing);
    return preparing;
  }

  function write({ request, response, id, asked }: Exchange, { status, head, hasAge, hasId }: Prepared): void {
    if (hasId) head[1] = id;
    if (hasAge) head[1] = String(Math.floor((asked?.read?.freshness.age ?? 0) / 1_000));
    if (serving.isStopping()) response.shouldKeepAlive = false;
    response.writeHead(status, request.headers.origin === undefined ? head : [...head, ...origins.headersFor(request)]);
  }

  async function stream(exchange: Exchange, answer: Answer, chunks: AsyncIterable<string>): Promise<void> {
    const { request, response, holder } = exchange;
    const asked = exchange.asked as ReceivedRequest;
    let open = 0;
    for (const name of underWay.streams.values()) if (name === holder) open += 1;
    if (open >= limits.streams || serving.isStopping()) {
      abandon(chunks);
      const headers = { 'Retry-After': '5' };
      const [status, code, message] =
        open >= limits.streams
          ? ([429, 'tooManyStreams', `there are ${limits.streams} open streams already`] as const)
          : ([503, 'stopping', 'the server stops'] as const);
      fail(exchange, new RequestError(status, code, message, undefined, headers));
      return;
    }
    exchange.isAnswered = true;
    const { signal } = asked;
    let bytes = 0;
    underWay.streams.set(asked, holder);
    underWay.sockets.add(request.socket);
    try {
      write(exchange, prepareAnswer(answer, exchange.scope, asked.read !== undefined).plain());
      if (request.method === 'HEAD') abandon(chunks);
      else {
        // It may have nothing to say for a long time.
        request.socket.setTimeout(0);
        response.flushHeaders();
        bytes = await sendStream(response, chunks, signal, limits.stalled);
      }
    } catch (error) {
      tell(answerError(error, exchange.id).tell, exchange.id);
      response.destroy();
    }
    underWay.streams.delete(asked);
    underWay.sockets.delete(request.socket);
    response.end();
    finish(exchange, answer.status, bytes, true);
  }

  function fail(exchange: Exchange, error: unknown): void {
    const { answer, tell: told } = answerError(error, exchange.id);
    tell(told, exchange.id);
    if (exchange.isAnswered) return;
    try {
      send(exchange, wordRefusal(exchange.request.url ?? '', answer));
    } catch {
      exchange.response.destroy();
    }
  }

  function tell(told: ReturnType<typeof answerError>['tell'], id: string): void {
    if (!told) return;
    metrics.trouble(told.event);
    log?.({ ...told, id, time: Date.now() });
  }

  function finish(
    { request, id, started, place, holder }: Exchange,
    status: number,
    bytes: number,
    isStream = false,
  ): void {
    const { method = '' } = request;
    const ms = performance.now() - started;
    metrics.answered(place?.path, method, status, isStream ? undefined : ms);
    log?.({ event: 'request', time: Date.now(), id, method, route: place?.path, status, ms, bytes, token: holder });
  }

  return receive;
}

/** A stream that nobody will read. */
function abandon(chunks: AsyncIterable<string>): void {
  Promise.resolve(chunks[Symbol.asyncIterator]().return?.()).catch(() => {});
}
