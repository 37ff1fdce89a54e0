import { StoreError } from '../store.ts';

/** Where a store is, and what may be said of it. */
export interface Address {
  /** For the client: the URL without what only we understand. */
  connectionString: string;
  /** The namespace of tables, functions and roles. */
  schema: string;
  /** For people: without user name and password. */
  place: string;
  /** What no message may show. */
  secrets: readonly string[];
}

/** Roles are named after the schema, and a name has 63 bytes at most. */
const schemaName = /^[a-z_][a-z0-9_]{0,54}$/;

/**
 * Reads `postgres://user:password@host:5432/database?schema=terms&sslmode=verify-full`; what the query says beside
 * `schema` (default: `proviso`) is for the client.
 *
 * @throws StoreError (`unsuitable`) that does not repeat the URL.
 */
export function readAddress(url: string): Address {
  const unsuitable = (message: string): StoreError => new StoreError('unsuitable', message);
  let parsed: URL;
  let password: string;
  try {
    // Beside a user, the client takes a URL without host, as for a socket in ?host=; a URL as such needs one.
    parsed = new URL(url.replace('@/', '@localhost/'));
    password = decodeURIComponent(parsed.password);
  } catch {
    throw unsuitable(
      'this is no URL of a PostgreSQL store: postgres://user:password@host:5432/database; signs such as / ? # % in a password are written %2F %3F %23 %25',
    );
  }
  if (parsed.hash !== '')
    throw unsuitable('the URL of a PostgreSQL store has no part behind #; in a password # is written %23');
  const schema = parsed.searchParams.get('schema') ?? 'proviso';
  if (!schemaName.test(schema) || schema.startsWith('pg_'))
    throw unsuitable(
      '?schema= of a PostgreSQL store is at most 55 lower-case letters, digits and underscores, and begins with no digit and no pg_',
    );
  parsed.searchParams.delete('schema');
  const host = parsed.searchParams.get('host') ?? parsed.hostname;
  const port = parsed.searchParams.get('port') ?? parsed.port;
  return {
    connectionString: parsed.href,
    schema,
    place: `PostgreSQL at ${host || 'this machine'}${port && `:${port}`}`,
    secrets: [password, parsed.password, parsed.searchParams.get('password') ?? ''].filter((secret) => secret !== ''),
  };
}
