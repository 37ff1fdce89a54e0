import type { IncomingMessage } from 'node:http';
import { RequestError, type Scope, scopes } from './route.ts';
import type { FindHolder, Holder } from './tokens.ts';

/** Who asks; without a name where there are no tokens. */
export type Asker = Holder | typeof everybody;

const everybody: { name: undefined; scopes: ReadonlySet<Scope> } = { name: undefined, scopes: new Set(scopes) };

/** Who asks, by his token; undefined for a token nobody has, or none. Where there are no tokens it is everybody. */
export function askerOf({ headers }: IncomingMessage, find: FindHolder | undefined): Asker | undefined {
  if (!find) return everybody;
  const token = presented(headers);
  return token === undefined ? undefined : find(token);
}

/**
 * Lets somebody in who may ask this.
 *
 * @throws RequestError: 401 for a token nobody has, 403 for one that may not ask this.
 */
export function letIn(
  { headers }: IncomingMessage,
  scope: Scope,
  asker: Asker | undefined,
  onRefused: (reason: 'missing' | 'unknown') => void,
): Asker {
  if (!asker) {
    const token = presented(headers);
    onRefused(token === undefined ? 'missing' : 'unknown');
    throw token === undefined
      ? refused(401, 'tokenMissing', 'say a token: Authorization: Bearer, or X-API-Key', 'Bearer realm="proviso"')
      : refused(
          401,
          'tokenUnknown',
          'nobody has this token, or it is over',
          'Bearer realm="proviso", error="invalid_token"',
        );
  }
  if (!asker.scopes.has(scope))
    throw refused(
      403,
      'scopeMissing',
      `the token has no scope ${scope}`,
      `Bearer realm="proviso", error="insufficient_scope", scope="${scope}"`,
    );
  return asker;
}

const BEARER = 'bearer ';

function presented({ authorization, 'x-api-key': key }: IncomingMessage['headers']): string | undefined {
  if (authorization !== undefined && authorization.slice(0, BEARER.length).toLowerCase() === BEARER)
    return authorization.slice(BEARER.length).trim();
  if (typeof key === 'string') return key;
  // Another scheme is no token of ours, and no reason to say that none came.
  return authorization === undefined ? undefined : '';
}

const refused = (status: number, code: string, message: string, challenge: string): RequestError =>
  new RequestError(status, code, message, undefined, { 'WWW-Authenticate': challenge });
