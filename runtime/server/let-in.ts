import type { IncomingMessage } from 'node:http';
import { RequestError, type Scope, scopes } from './route.ts';
import type { FindHolder, Holder } from './tokens.ts';

/** Who asks where there are no tokens. */
const everybody: { name: undefined; scopes: ReadonlySet<Scope> } = { name: undefined, scopes: new Set(scopes) };

/**
 * Lets somebody in by his token, or everybody where there are no tokens.
 *
 * @throws RequestError: 401 for a token nobody has, 403 for one that may not ask this.
 */
export function letIn(
  { headers }: IncomingMessage,
  scope: Scope,
  find: FindHolder | undefined,
  onRefused: (reason: 'missing' | 'unknown') => void,
): Holder | typeof everybody {
  if (!find) return everybody;
  const token = presented(headers);
  const holder = token === undefined ? undefined : find(token);
  if (!holder) {
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
  if (!holder.scopes.has(scope))
    throw refused(
      403,
      'scopeMissing',
      `the token has no scope ${scope}`,
      `Bearer realm="proviso", error="insufficient_scope", scope="${scope}"`,
    );
  return holder;
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
