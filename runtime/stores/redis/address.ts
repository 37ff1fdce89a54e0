import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { StoreError } from '../store.ts';

/** Where a Redis is and how it is spoken to, out of a URL. */
export interface RedisAddress {
  /** For messages: `redis://cache.example:6379`, without user, password and query. */
  shown: string;
  /** The server, or those of a cluster that are asked for the rest of it. */
  nodes: readonly { host: string; port: number }[];
  isCluster: boolean;
  database: number;
  username: string | undefined;
  password: string | undefined;
  isEncrypted: boolean;
  /** The certificates that are trusted, as PEM; undefined: those of the machine. */
  ca: string | undefined;
  /** Begins the name of every key and channel. */
  prefix: string;
}

const form = 'redis://user:password@host:6379/0?prefix=proviso';
const refuse = (what: string): StoreError => new StoreError('unsuitable', what);

/**
 * Reads `redis[s]://[user[:password]@]host[:port][/database]` with, after a `?`, any of `prefix=name`, `cluster=true`,
 * `nodes=host:port,…` (more of the cluster's servers) and `ca=file` (PEM of the authority to trust).
 *
 * @param base the folder a relative `ca` starts from.
 * @throws StoreError (`unsuitable`); it repeats no part of the URL that may be secret.
 */
export function readRedisAddress(url: string, base: string): RedisAddress {
  const { protocol, hostname, port, pathname, searchParams, username, password } = parse(url);
  const query = new Map(searchParams);
  for (const key of query.keys())
    if (!['prefix', 'cluster', 'nodes', 'ca'].includes(key))
      throw refuse('a Redis URL takes prefix, cluster, nodes and ca after the "?" and nothing else');
  const host = hostname.replace(/^\[|\]$/g, '') || 'localhost';
  const first = { host, port: port === '' ? 6379 : Number(port) };
  const isCluster = readCluster(query.get('cluster'));
  const nodes = query.get('nodes');
  if (nodes !== undefined && !isCluster)
    throw refuse('nodes= names servers of a cluster; write cluster=true beside it');
  const ca = query.get('ca');
  if (ca !== undefined && protocol !== 'rediss:') throw refuse('ca= is for an encrypted connection; write rediss://');
  return {
    shown: `${protocol}//${hostname || 'localhost'}:${first.port}`,
    nodes: [first, ...(nodes?.split(',') ?? []).map(readNode)],
    isCluster,
    database: readDatabase(pathname, isCluster),
    username: username === '' ? undefined : decode(username),
    password: password === '' ? undefined : decode(password),
    isEncrypted: protocol === 'rediss:',
    ca: ca === undefined ? undefined : readCertificates(resolve(base, ca)),
    prefix: readPrefix(query.get('prefix') ?? 'proviso'),
  };
}

function parse(url: string): URL {
  try {
    return new URL(url);
  } catch {
    // The error of `URL` holds what it was given, password and all.
    throw refuse(`this Redis URL cannot be read; write ${form}, with %40 for an "@" in a password`);
  }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw refuse('the user or password of this Redis URL has a "%" that stands for nothing; write %25 for it');
  }
}

function readCluster(text: string | undefined): boolean {
  if (text === undefined || text === 'false') return false;
  if (text === 'true') return true;
  throw refuse('cluster= of a Redis URL is true or false');
}

function readNode(text: string): { host: string; port: number } {
  const [, host = '', port = ''] = /^([^:/@]+|\[[0-9a-f:]+\]):(\d{1,5})$/i.exec(text) ?? [];
  if (host === '') throw refuse('nodes= of a Redis URL is host:port,host:port');
  return { host: host.replace(/^\[|\]$/g, ''), port: Number(port) };
}

function readDatabase(pathname: string, isCluster: boolean): number {
  const text = pathname.replace(/^\//, '');
  if (!/^\d{0,4}$/.test(text)) throw refuse(`the path of a Redis URL is the number of a database, as in ${form}`);
  const database = Number(text);
  if (isCluster && database !== 0) throw refuse('a Redis Cluster has one database; leave the number out of the URL');
  return database;
}

/** Keys are searched by it, so nothing that is special in a pattern or says where a key lies in a cluster. */
function readPrefix(text: string): string {
  if (/^[A-Za-z0-9][A-Za-z0-9._:-]{0,62}$/.test(text)) return text;
  throw refuse('prefix= of a Redis URL is up to 63 letters, digits, and . _ : -');
}

function readCertificates(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'an error';
    throw refuse(`the certificates that ca= names cannot be read (${code}): ${path}`);
  }
}
