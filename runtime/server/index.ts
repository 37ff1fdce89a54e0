/** What a product that serves terms from its own code imports as `proviso/server`. */
export type { Limits } from './limits.ts';
export type { Log, LogEntry } from './log.ts';
export { openServer, type Server, type ServerOptions } from './open-server.ts';
export { type Answer, type Asked, defineRoute, RequestError, type Route, type Scope } from './route.ts';
export { ServerError } from './server-error.ts';
export type { TokenLine } from './tokens.ts';
