import type { IncomingMessage, ServerResponse } from 'node:http';
import type { LazyReader, LazyTerms, Reader, Terms } from '../client/terms.ts';
import { type Asked, RequestError, type Scope } from './route.ts';

const NOTHING = new Uint8Array();

/** A request while it is answered; what few routes ask for is made when it is asked for. */
export class ReceivedRequest implements Asked {
  readonly params: Record<string, string>;
  readonly headers: IncomingMessage['headers'];
  readonly scopes: ReadonlySet<Scope>;
  body: Uint8Array = NOTHING;
  readonly #response: ServerResponse;
  readonly #termsNow: () => Terms | LazyTerms | undefined;
  readonly #written: string;
  #query: URLSearchParams | undefined;
  #reader: Reader | LazyReader | undefined;
  #aborting: AbortController | undefined;

  constructor(
    request: IncomingMessage,
    response: ServerResponse,
    from: {
      params: Record<string, string>;
      query: string;
      scopes: ReadonlySet<Scope>;
      terms(): Terms | LazyTerms | undefined;
    },
  ) {
    this.params = from.params;
    this.headers = request.headers;
    this.scopes = from.scopes;
    this.#response = response;
    this.#written = from.query;
    this.#termsNow = from.terms;
  }

  get hasQuery(): boolean {
    return this.#written !== '';
  }

  get query(): URLSearchParams {
    this.#query ??= new URLSearchParams(this.#written);
    return this.#query;
  }

  /** @throws RequestError (503) until a release is read. */
  get terms(): Terms | LazyTerms {
    const terms = this.#termsNow();
    if (terms) return terms;
    throw new RequestError(503, 'notReady', 'no release is read yet', undefined, { 'Retry-After': '1' });
  }

  get reader(): Reader | LazyReader {
    this.#reader ??= this.terms.snapshot();
    return this.#reader;
  }

  get signal(): AbortSignal {
    if (!this.#aborting) {
      this.#aborting = new AbortController();
      if (this.#response.destroyed) this.abort();
      else this.#response.once('close', () => this.abort());
    }
    return this.#aborting.signal;
  }

  /** The release that was asked; undefined where the answer says nothing of one. */
  get read(): Reader | LazyReader | undefined {
    return this.#reader;
  }

  abort(): void {
    this.#aborting ??= new AbortController();
    this.#aborting.abort();
  }
}
