import type { IncomingMessage } from 'node:http';
import { isLoopback } from './is-loopback.ts';
import type { Limits } from './limits.ts';
import { hostIn } from './read-path.ts';
import { RequestError } from './route.ts';

/**
 * Judges the head of a request before anything of it is believed: what is too long, and what whoever stands before this server
 * may have read in another way. `isOpen`: there are no tokens, so that only this machine is answered.
 *
 * @throws RequestError
 */
export function checkHead(request: IncomingMessage, limits: Limits, isOpen: boolean): void {
  const { url = '', httpVersion, headers, rawHeaders } = request;
  if (url.length > limits.url)
    throw new RequestError(414, 'urlTooLong', `an address has at most ${limits.url} characters`);
  // A line without a version is taken for that of the first web servers; mostly its end was lost.
  if (httpVersion === '0.9') throw new RequestError(400, 'versionMissing', 'a request says HTTP/1.1 or HTTP/1.0');
  if (httpVersion !== '1.1' && httpVersion !== '1.0')
    throw new RequestError(505, 'otherVersion', 'only HTTP 1.1 and 1.0 are spoken here');
  // Names and values in turn. Those beyond are not among `headers`, be it the length of a body.
  if (rawHeaders.length > limits.headerCount * 2)
    throw new RequestError(431, 'headersTooMany', `a request has at most ${limits.headerCount} headers`);
  if (headers.host === undefined && httpVersion === '1.1')
    throw new RequestError(400, 'hostMissing', 'the header Host is missing');
  if (hostsIn(rawHeaders) > 1) throw new RequestError(400, 'hostRepeated', 'the header Host is said more than once');
  if (headers.expect !== undefined && headers.expect.toLowerCase() !== '100-continue')
    throw new RequestError(417, 'otherExpectation', 'nothing but 100-continue can be expected here');
  // A page of a browser on this machine may have its own name point here, and would be let in.
  if (isOpen && !isThisMachine(hostIn(url) ?? headers.host ?? 'localhost'))
    throw new RequestError(421, 'otherHost', 'without tokens only localhost is answered');
}

/** Of what most say, the same again and again, it was found out once. */
let known = 'localhost';

function isThisMachine(host: string): boolean {
  if (host === known) return true;
  const isKnown = isLoopback(host);
  if (isKnown) known = host;
  return isKnown;
}

function hostsIn(rawHeaders: readonly string[]): number {
  let hosts = 0;
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at] as string;
    if (name.length === 4 && name.toLowerCase() === 'host') hosts += 1;
  }
  return hosts;
}
