import type { IncomingMessage } from 'node:http';

/** What a page of another origin may send and see; in the form of `writeHead`. */
const SENT = 'Authorization, Content-Type, If-None-Match, X-API-Key, Cache-Control, Last-Event-ID';
const SEEN = 'ETag, Retry-After, Proviso-Age';

/** Pages of other origins that may ask, by what browsers send as `Origin`. */
export interface CrossOrigin {
  /** What is added to every answer to such a page; nothing for anybody else. */
  headersFor(request: IncomingMessage): readonly string[];
  /** What is answered where a browser first asks whether it may ask; undefined where it does not. */
  preflight(request: IncomingMessage): readonly string[] | undefined;
}

/** `origins` like `https://app.example`. */
export function crossOrigin(origins: readonly string[]): CrossOrigin {
  const allowed = new Set(origins);
  const headersFor = ({ headers: { origin } }: IncomingMessage): readonly string[] =>
    origin !== undefined && allowed.has(origin)
      ? ['Access-Control-Allow-Origin', origin, 'Vary', 'Origin', 'Access-Control-Expose-Headers', SEEN]
      : [];
  return {
    headersFor,
    preflight(request) {
      if (request.method !== 'OPTIONS' || request.headers['access-control-request-method'] === undefined)
        return undefined;
      const known = headersFor(request);
      if (known.length === 0) return undefined;
      const may = ['Access-Control-Allow-Methods', 'GET, HEAD, POST', 'Access-Control-Allow-Headers', SENT];
      return [...known, ...may, 'Access-Control-Max-Age', '600'];
    },
  };
}
