import type { StoreFinding, StoreSetup } from '../store.ts';
import type { RedisAddress } from './address.ts';
import type { Argument, Reply } from './link.ts';
import type { Session } from './session.ts';
import { Refusal } from './trouble.ts';

/** Nothing has to be made in a Redis; its settings decide what an acknowledged release is worth. */
export async function examineSetup(session: Session, address: RedisAddress): Promise<StoreSetup> {
  const perServer = await session.run(async (link) => {
    const servers = [...(await link.servers())];
    return Promise.all(servers.map(async ([name, ask]) => ({ name, settings: await readSettings(ask) })));
  });
  const findings = perServer.flatMap(({ name, settings }) =>
    judge(settings, address).map(({ message, ...rest }) => ({ ...rest, message: `${name} ${message}` })),
  );
  return { made: [], findings };
}

/** What a server says of itself; what it does not say, or not to this user, is absent. */
type Settings = ReadonlyMap<string, string>;

type Asking = (...command: Argument[]) => Promise<Reply>;

async function readSettings(ask: Asking): Promise<Settings> {
  const settings = new Map<string, string>();
  const info = String(await orNothing(ask('INFO', 'all')));
  for (const [, key = '', value = ''] of info.matchAll(/^([a-z_]+):(.*?)\r?$/gm)) settings.set(key, value);
  for (const name of ['appendonly', 'appendfsync', 'maxmemory-policy', 'min-replicas-to-write']) {
    const reply = await orNothing(ask('CONFIG', 'GET', name));
    const value = Array.isArray(reply) ? reply[1] : undefined;
    if (value !== undefined && value !== null) settings.set(name, String(value));
  }
  return settings;
}

/** Where it may not be asked, or knows no such command, it says nothing. */
async function orNothing(asking: Promise<Reply>): Promise<Reply> {
  try {
    return await asking;
  } catch (error) {
    if (error instanceof Refusal && /^(NOPERM|ERR unknown)/.test(error.message)) return null;
    throw error;
  }
}

const disposable = 'readers keep what they have, and the next publish makes up for what was lost';

function judge(settings: Settings, { isCluster }: RedisAddress): StoreFinding[] {
  const findings: StoreFinding[] = [];
  const error = (message: string, help: string): unknown => findings.push({ severity: 'error', message, help });
  const warn = (message: string, help: string): unknown => findings.push({ severity: 'warning', message, help });

  if (!isCluster && settings.get('cluster_enabled') === '1')
    error('is part of a Redis Cluster', 'write ?cluster=true in the URL');
  if (settings.get('role') === 'slave') error('is a replica and takes no release', 'point the URL at the primary');

  const eviction = settings.get('maxmemory-policy') ?? settings.get('maxmemory_policy');
  if (eviction === undefined)
    warn('does not say what it does when its memory is full', 'make sure that maxmemory-policy is noeviction');
  // The others take only keys that expire, and of ours only what clients report does.
  else if (eviction.startsWith('allkeys'))
    error(
      `throws keys away when its memory is full (${eviction}), releases too`,
      'set maxmemory-policy noeviction in redis.conf; share the server with no cache',
    );

  const aof = settings.get('appendonly') ?? { '0': 'no', '1': 'yes' }[settings.get('aof_enabled') ?? ''];
  const sync = settings.get('appendfsync');
  if (aof === 'no')
    warn(
      `writes nothing to disk as it happens: a crash loses acknowledged releases; ${disposable}`,
      'set appendonly yes and appendfsync always in redis.conf',
    );
  else if (aof === undefined || sync === undefined)
    warn(
      'does not say when it writes to disk',
      'make sure that appendonly is yes and appendfsync always; this user may not read it (CONFIG GET)',
    );
  else if (sync !== 'always')
    warn(
      `writes to disk after it has answered (appendfsync ${sync}): a power cut loses acknowledged releases; ${disposable}`,
      'set appendfsync always in redis.conf',
    );

  if (Number(settings.get('connected_slaves') ?? 0) > 0 && settings.get('min-replicas-to-write') === '0')
    warn(
      `acknowledges what no replica has: a failover loses it; ${disposable}`,
      'set min-replicas-to-write 1 and min-replicas-max-lag 10 in redis.conf',
    );
  return findings;
}
