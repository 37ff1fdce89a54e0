import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { LazyReader, LazyTerms, Reader, Terms } from '../client/terms.ts';
import { answerError } from './answer-error.ts';
import type { Answering } from './answering.ts';
import { checkHead } from './check-head.ts';
import { chooseCoding } from './choose-coding.ts';
import type { CrossOrigin } from './cross-origin.ts';
import type { Place, routeTable } from './find-route.ts';
import { linesOf } from './head-lines.ts';
import { keptAnswers, type Question } from './kept-answers.ts';
import { type Asker, askerOf, letIn } from './let-in.ts';
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
import { answerWriter } from './write-answer.ts';

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
  answering: Answering;
  streams: Map<ReceivedRequest, string | undefined>;
  requests: Set<ReceivedRequest>;
}

const everything: ReadonlySet<Scope> = new Set(scopes);
/** What is asked with a longer body is worked out each time. */
const LONG = 1_000;

/** What is asked again and again; undefined where nobody asks again, or nobody who may. */
const questionOf = ({ asker }: Exchange, text: string | undefined, to: string): Question | undefined =>
  asker && text !== undefined ? { scopes: asker.scopes, text, to } : undefined;

/** One request and what becomes known of it. */
interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
  /** Which of all requests it is. */
  number: number;
  started: number;
  place: Place | undefined;
  scope: Route['scope'] | undefined;
  /** By his token, where he has one. */
  asker: Asker | undefined;
  /** Undefined where it is answered as it was before. */
  asked: ReceivedRequest | undefined;
  /** What was read to answer; undefined where the answer says nothing of a release. */
  read: Reader | LazyReader | undefined;
  isAnswered: boolean;
  /** Nothing of the answer is left to be sent. */
  isSent: boolean;
  /** It was not answered at once. */
  isWaitedFor: boolean;
}

/** Answers requests; nothing that comes in makes it throw. */
export function answerRequests(serving: Serving): (request: IncomingMessage, response: ServerResponse) => void {
  const { find, findHolder, limits, metrics, log, underWay, origins } = serving;
  const writer = answerWriter(Math.floor(limits.idle / 1_000));
  const machine = randomBytes(4).toString('hex');
  const answers = keptAnswers();
  let count = 0;

  function receive(request: IncomingMessage, response: ServerResponse): void {
    count += 1;
    const exchange: Exchange = {
      request,
      response,
      number: count,
      started: performance.now(),
      place: undefined,
      scope: undefined,
      asker: undefined,
      asked: undefined,
      read: undefined,
      isAnswered: false,
      isSent: false,
      isWaitedFor: false,
    };
    begin(exchange);
    // What is answered at once, as most are, is nothing to wait for.
    if (exchange.isSent) return;
    exchange.isWaitedFor = true;
    underWay.answering.begin(request, response);
  }

  function begin(exchange: Exchange): void {
    const { request, response } = exchange;
    const preflight = origins.preflight(request);
    if (preflight) {
      exchange.isAnswered = true;
      response.writeHead(204, [...preflight]).end();
      finish(exchange, 204, 0);
      return;
    }
    try {
      checkHead(request, limits, !findHolder);
      const { method, url = '' } = request;
      exchange.asker = askerOf(request, findHolder);
      const isRead = (method === 'GET' || method === 'HEAD') && !hasBody(request);
      const question = questionOf(exchange, isRead ? url : undefined, '');
      if (giveAgain(exchange, question)) return;
      const route = enter(exchange);
      if (route.method === 'POST') receiveBody(exchange, route);
      else answer(exchange, route, question);
    } catch (error) {
      fail(exchange, error);
    }
  }

  /** How long a body may take to come is limited where connections are. */
  function receiveBody(exchange: Exchange, route: Route): void {
    const { request, response } = exchange;
    const { url = '' } = request;
    if (request.headers.expect !== undefined && request.httpVersion !== '1.0') response.writeContinue();
    const take = (body: Buffer): void => {
      (exchange.asked as ReceivedRequest).body = body;
      try {
        const question = questionOf(exchange, body.length > LONG ? undefined : body.toString('latin1'), url);
        if (!giveAgain(exchange, question)) answer(exchange, route, question);
      } catch (error) {
        fail(exchange, error);
      }
    };
    readBody(request, limits.body, take, (error) => fail(exchange, error));
  }

  /** Answers as the same question was answered, where the same would be answered now. */
  function giveAgain(exchange: Exchange, question: Question | undefined): boolean {
    const reader = question && serving.terms()?.snapshot();
    const given = reader && answers.find(reader, question);
    if (!given) return false;
    exchange.place = given.place;
    exchange.scope = given.scope;
    exchange.read = reader;
    respond(exchange, given.preparing);
    return true;
  }

  /** At once where it can be. */
  function answer(exchange: Exchange, route: Route, question: Question | undefined): void {
    const asked = exchange.asked as ReceivedRequest;
    // What was to be relied on while it was worked out is what it says.
    const asOf = question && serving.terms()?.snapshot().freshness;
    const { state, source } = asOf ?? {};
    const take = (_: Exchange, made: Answer): void => {
      const { read } = asked;
      exchange.read = read;
      const { holds } = made;
      if (question && read && holds && state && source) {
        const { place, scope } = exchange;
        const preparing = preparingOf(exchange, made);
        if (place && scope) answers.keep(read, { state, source }, question, { preparing, place, scope, holds });
      }
      send(exchange, made);
    };
    const made = route.answer(asked);
    if (made instanceof Promise) later(exchange, made, take);
    else take(exchange, made);
  }

  /** Finds the route and lets the request in. @throws RequestError */
  function enter(exchange: Exchange): Route {
    const { request, response } = exchange;
    const { url = '', method = '' } = request;
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
    if (route.scope === 'open') exchange.asker = undefined;
    else letIn(request, route.scope, exchange.asker, metrics.refused);
    if (route.method === 'POST') checkBody(request, limits.body);
    else if (hasBody(request)) throw new RequestError(400, 'bodyNotAsked', `a ${method} has no body`);
    const params: Record<string, string> = {};
    for (let index = 0; index < names.length; index += 1) params[names[index] as string] = values[index] as string;
    const from = { params, query: path.query, scopes: exchange.asker?.scopes ?? everything, terms: serving.terms };
    exchange.asked = new ReceivedRequest(request, response, from);
    return route;
  }

  /** Goes on when what is worked out is there, or answers that it took too long. */
  function later<T>(exchange: Exchange, working: Promise<T>, goOn: (exchange: Exchange, made: T) => void): void {
    const { asked } = exchange;
    if (asked) underWay.requests.add(asked);
    const timer = setTimeout(() => {
      const headers = { 'Retry-After': '1' };
      fail(exchange, new RequestError(503, 'tooSlow', 'this took too long', undefined, headers));
      asked?.abort();
    }, limits.answer);
    void working
      .finally(() => {
        clearTimeout(timer);
        if (asked) underWay.requests.delete(asked);
      })
      .then((made) => goOn(exchange, made))
      .catch((error) => fail(exchange, error));
  }

  function send(exchange: Exchange, answer: Answer): void {
    if (answer.trouble !== undefined) tell(answerError(answer.trouble, idOf(exchange)).tell, exchange);
    if (exchange.isAnswered) {
      if (answer.stream) abandon(answer.stream);
      return;
    }
    if (answer.stream) {
      void stream(exchange, answer, answer.stream);
      return;
    }
    respond(exchange, preparingOf(exchange, answer));
  }

  function respond(exchange: Exchange, preparing: Preparing): void {
    const { headers } = exchange.request;
    if (preparing.status === 200 && matchesTag(headers['if-none-match'], preparing.tag)) {
      sendPrepared(exchange, preparing.unchanged());
      return;
    }
    const coding = chooseCoding(headers['accept-encoding']);
    const prepared = coding ? preparing.coded(coding) : preparing.plain();
    if (prepared instanceof Promise) later(exchange, prepared, sendPrepared);
    else sendPrepared(exchange, prepared);
  }

  function sendPrepared(exchange: Exchange, prepared: Prepared): void {
    if (exchange.isAnswered) return;
    const { request, response } = exchange;
    // Whatever was asked behind it is answered too.
    const isLast = !exchange.isWaitedFor || !underWay.answering.hasNewer(request);
    if (isLast && serving.isStopping()) response.shouldKeepAlive = false;
    exchange.isSent = writer.write(response, prepared, moreOf(exchange, prepared));
    exchange.isAnswered = true;
    finish(exchange, prepared.status, request.method === 'HEAD' ? 0 : prepared.bytes);
  }

  function preparingOf({ read, scope }: Exchange, answer: Answer): Preparing {
    const hasAge = read !== undefined && answer.status < 400;
    const preparing = answer.preparing ?? prepareAnswer(answer, scope, hasAge);
    if (answer.holds) answer.preparing = preparing;
    return preparing;
  }

  /** What the head of an answer says beside, each time anew. */
  function moreOf(exchange: Exchange, { hasAge, hasId }: Prepared): string {
    const { request, read } = exchange;
    const age = hasAge ? `Proviso-Age: ${Math.floor((read?.freshness.age ?? 0) / 1_000)}\r\n` : '';
    const own = hasId ? `X-Request-Id: ${idOf(exchange)}\r\n` : age;
    return request.headers.origin === undefined ? own : own + linesOf(origins.headersFor(request));
  }

  async function stream(exchange: Exchange, answer: Answer, chunks: AsyncIterable<string>): Promise<void> {
    const { request, response, asker } = exchange;
    const asked = exchange.asked as ReceivedRequest;
    let open = 0;
    for (const name of underWay.streams.values()) if (name === asker?.name) open += 1;
    if (open >= limits.streams || serving.isStopping()) {
      abandon(chunks);
      if (answer.otherwise) {
        send(exchange, answer.otherwise);
        return;
      }
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
    underWay.streams.set(asked, asker?.name);
    try {
      const prepared = prepareAnswer(answer, exchange.scope, exchange.read !== undefined).plain();
      writer.begin(response, prepared, moreOf(exchange, prepared));
      if (request.method === 'HEAD') abandon(chunks);
      else {
        response.flushHeaders();
        bytes = await sendStream(response, chunks, signal, limits.stalled);
      }
    } catch (error) {
      tell(answerError(error, idOf(exchange)).tell, exchange);
      response.destroy();
    }
    underWay.streams.delete(asked);
    response.end();
    finish(exchange, answer.status, bytes, true);
  }

  function fail(exchange: Exchange, error: unknown): void {
    const { answer, tell: told } = answerError(error, idOf(exchange));
    tell(told, exchange);
    if (exchange.isAnswered) return;
    try {
      send(exchange, wordRefusal(exchange.request.url ?? '', answer));
    } catch {
      exchange.response.destroy();
    }
  }

  function tell(told: ReturnType<typeof answerError>['tell'], exchange: Exchange): void {
    if (!told) return;
    metrics.trouble(told.event);
    log?.({ ...told, id: idOf(exchange), time: Date.now() });
  }

  const idOf = ({ number }: Exchange): string => `${machine}-${number.toString(36)}`;

  function finish(exchange: Exchange, status: number, bytes: number, isStream = false): void {
    const { request, started, place, asker } = exchange;
    const { method = '' } = request;
    const ms = performance.now() - started;
    metrics.answered(place?.path, method, status, isStream ? undefined : ms);
    if (!log) return;
    const [id, route] = [idOf(exchange), place?.path];
    log({ event: 'request', time: Date.now(), id, method, route, status, ms, bytes, token: asker?.name });
  }

  return receive;
}

/** A stream that nobody will read. */
function abandon(chunks: AsyncIterable<string>): void {
  Promise.resolve(chunks[Symbol.asyncIterator]().return?.()).catch(() => {});
}
