import type { IncomingMessage } from 'node:http';
import { ServerError } from './server-error.ts';

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

/** `origins` like `https://app.example`. @throws ServerError for one that no browser sends: nobody would ever be let in by it. */
export function crossOrigin(origins: readonly string[]): CrossOrigin {
  for (const origin of origins) {
    if (isOrigin(origin)) continue;
    const help =
      'write it as the browser sends it: no path, no slash at the end, small letters, no port that is the usual one';
    throw new ServerError(
      'badOrigin',
      `an origin is scheme://host[:port], such as https://app.example, not "${origin}"`,
      help,
    );
  }
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

/** Whether it is spelled as browsers spell it. Of pages in apps and extensions (`capacitor://localhost`) URL tells no origin. */
function isOrigin(text: string): boolean {
  const scheme = /^([a-z][a-z0-9+.-]*):\/\/[^/?#@\s]+$/.exec(text)?.[1];
  if (scheme === undefined || !URL.canParse(text)) return false;
  return (scheme !== 'http' && scheme !== 'https') || new URL(text).origin === text;
}
