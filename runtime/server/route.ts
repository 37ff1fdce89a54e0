import type { IncomingMessage } from 'node:http';
import type { LazyReader, LazyTerms, Reader, Terms } from '../client/terms.ts';
import type { Preparing } from './prepare-answer.ts';

/** What a token lets its holder ask: values, or also the terms and where everything comes from. */
export const scopes = ['settings:read', 'terms:read'] as const;
export type Scope = (typeof scopes)[number];

/** A request that was let in: its path matched, its token has the scope, its body was read within the limits. */
export interface Asked {
  /** The parts of the path that the route names, decoded. */
  params: Readonly<Record<string, string>>;
  query: URLSearchParams;
  /** Whether there is a query at all, which most do without. */
  hasQuery: boolean;
  headers: IncomingMessage['headers'];
  /** Empty where there is none. */
  body: Uint8Array;
  /** One release, for everything this request asks. */
  reader: Reader | LazyReader;
  /** What streams stay open on. */
  terms: Terms | LazyTerms;
  /** Aborted when whoever asked has gone, or the server stops. */
  signal: AbortSignal;
  /** What whoever asked may ask, beyond the scope of the route; all of it where the server has no tokens. */
  scopes?: ReadonlySet<Scope>;
}

/** What is answered; `json` is sent as JSON, with an `ETag` of its bytes unless `headers` has another. */
export interface Answer {
  status: number;
  headers?: Readonly<Record<string, string>> | undefined;
  json?: unknown;
  text?: string;
  /** Written as it comes; the connection stays open until it ends. */
  stream?: AsyncIterable<string>;
  /** Sent in the place of a stream that nobody may open any more; without, that is an error. */
  otherwise?: Answer;
  /** As long as this says so, the same question of the same release has this answer, and it may be given without asking the route. */
  holds?(): boolean;
  /** Of an answer that holds: its bytes, its tag and what they are compressed to, worked out when it is first sent. */
  preparing?: Preparing;
  /** What went wrong although this can be answered: for whoever runs the server. */
  trouble?: unknown;
}

/** One thing the server answers. A new one is a file and a line in `routes.ts`. */
export interface Route {
  method: 'GET' | 'POST';
  /** `/v1/customers/:id/settings/:key`; `:name` is one part of the path. */
  path: string;
  /** `open`: without a token, as load balancers and scrapers of a private network ask. */
  scope: Scope | 'open';
  /** Its part of the OpenAPI document: the operation object, without security. */
  describe: Readonly<Record<string, unknown>>;
  answer(asked: Asked): Promise<Answer> | Answer;
}

/** Of an answer that depends on nothing but what is asked and the release. */
export const always = (): boolean => true;

export const defineRoute = (route: Route): Route => route;

/** Thrown by a route: whoever asked did something wrong. `code` is for programs, `message` for people. */
export class RequestError extends Error {
  override readonly name = 'RequestError';
  readonly status: number;
  readonly code: string;
  /** The whole body, in the place of `{ error: { code, message } }`. */
  readonly body: Readonly<Record<string, unknown>> | undefined;
  readonly headers: Readonly<Record<string, string>> | undefined;

  constructor(
    status: number,
    code: string,
    message: string,
    body?: Readonly<Record<string, unknown>>,
    headers?: Readonly<Record<string, string>>,
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.body = body;
    this.headers = headers;
  }
}
