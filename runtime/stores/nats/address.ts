import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { StoreError } from '../store.ts';

/** Where NATS is and how it is spoken to, out of a URL. */
export interface NatsAddress {
  /** For messages: `nats://nats.example:4222`, without user, password and query. */
  shown: string;
  /** The server, and those of its cluster that are tried when it is gone, as `host:port`. */
  servers: readonly string[];
  user: string | undefined;
  password: string | undefined;
  token: string | undefined;
  /** What a file of credentials (JWT and key) holds. */
  creds: Uint8Array | undefined;
  isEncrypted: boolean;
  /** The certificates that are trusted, as PEM; undefined: those of the machine. */
  ca: string | undefined;
  /** Begins the names of the buckets. */
  bucket: string;
  /** Copies `store init` asks a cluster for; undefined where the URL does not say. */
  replicas: number | undefined;
  /** Begins the subjects answers come to. */
  inbox: string | undefined;
}

const form = 'nats://user:password@host:4222?bucket=proviso';
const parameters = ['bucket', 'replicas', 'servers', 'creds', 'tls', 'ca', 'inbox'];
const refuse = (what: string): StoreError => new StoreError('unsuitable', what);

/**
 * Reads `nats://[user:password@|token@]host[:port]` with, after a `?`, any of `bucket=name`, `replicas=1|3|5`,
 * `servers=host:port,…` (more of the cluster), `creds=file`, `tls=true`, `ca=file` (PEM of the authority to trust)
 * and `inbox=prefix`.
 *
 * @param base the folder relative files start from.
 * @throws StoreError (`unsuitable`); it repeats no part of the URL that may be secret.
 */
export function readNatsAddress(url: string, base: string): NatsAddress {
  const { hostname, port, pathname, searchParams, username, password } = parse(url);
  const query = new Map(searchParams);
  for (const key of query.keys())
    if (!parameters.includes(key))
      throw refuse(`a NATS URL takes ${parameters.join(', ')} after the "?" and nothing else`);
  if (pathname !== '' && pathname !== '/') throw refuse(`a NATS URL has no path; name the bucket as in ${form}`);
  const first = `${hostname || 'localhost'}:${port || '4222'}`;
  const [creds, ca] = [query.get('creds'), query.get('ca')];
  const isEncrypted = readSwitch(query.get('tls'));
  if (ca !== undefined && !isEncrypted) throw refuse('ca= is for an encrypted connection; write tls=true beside it');
  if (creds !== undefined && username !== '')
    throw refuse('a NATS URL holds a user, a token or creds=, and only one of them');
  return {
    shown: `nats://${first}`,
    servers: [first, ...(query.get('servers')?.split(',') ?? []).map(readServer)],
    user: password === '' ? undefined : decode(username),
    password: password === '' ? undefined : decode(password),
    token: password === '' && username !== '' ? decode(username) : undefined,
    creds: creds === undefined ? undefined : readNamed('creds', resolve(base, creds)),
    isEncrypted,
    ca: ca === undefined ? undefined : readNamed('ca', resolve(base, ca)).toString(),
    bucket: readBucket(query.get('bucket') ?? 'proviso'),
    replicas: readReplicas(query.get('replicas')),
    inbox: readInbox(query.get('inbox')),
  };
}

function parse(url: string): URL {
  try {
    return new URL(url);
  } catch {
    // The error of `URL` holds what it was given, password and all.
    throw refuse(`this NATS URL cannot be read; write ${form}, with %40 for an "@" in a password`);
  }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw refuse('the user, password or token of this NATS URL has a "%" that stands for nothing; write %25 for it');
  }
}

function readSwitch(text: string | undefined): boolean {
  if (text === undefined || text === 'false') return false;
  if (text === 'true') return true;
  throw refuse('tls= of a NATS URL is true or false');
}

function readServer(text: string): string {
  if (/^([^:/@\s]+|\[[0-9a-f:]+\]):\d{1,5}$/i.test(text)) return text;
  throw refuse('servers= of a NATS URL is host:port,host:port');
}

/** Part of subjects and of names of streams, so nothing that separates them or is a wildcard. */
function readBucket(text: string): string {
  if (/^[A-Za-z0-9][A-Za-z0-9_-]{0,47}$/.test(text)) return text;
  throw refuse('bucket= of a NATS URL is up to 48 letters, digits, _ and -');
}

function readReplicas(text: string | undefined): number | undefined {
  if (text === undefined || /^[135]$/.test(text)) return text === undefined ? undefined : Number(text);
  throw refuse('replicas= of a NATS URL is 1, 3 or 5');
}

function readInbox(text: string | undefined): string | undefined {
  if (text === undefined || /^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*$/.test(text)) return text;
  throw refuse('inbox= of a NATS URL is a subject without wildcards');
}

function readNamed(parameter: string, path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'an error';
    throw refuse(`the file that ${parameter}= names cannot be read (${code}): ${path}`);
  }
}
