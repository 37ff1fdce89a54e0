import type { StoreFinding } from '../store.ts';
import type { Session } from './sessions.ts';

interface Server {
  fsync: string;
  full_page_writes: string;
  synchronous_commit: string;
  synchronous_standby_names: string;
  is_standby: boolean;
  standbys: number;
}

/** How far what this server acknowledges can be trusted; `synchronous_commit = off` is not its business, every connection asks for more. */
export async function judgeServer({ query }: Session): Promise<StoreFinding[]> {
  const [server] = await query<Server>(`
    select current_setting('fsync') as fsync, current_setting('full_page_writes') as full_page_writes,
           current_setting('synchronous_commit') as synchronous_commit,
           current_setting('synchronous_standby_names') as synchronous_standby_names,
           pg_is_in_recovery() as is_standby,
           (select count(*)::int from pg_stat_replication where state is null or state = 'streaming') as standbys`);
  return server ? findingsOf(server) : [];
}

function findingsOf(server: Server): StoreFinding[] {
  const findings: StoreFinding[] = [];
  const toMend = (setting: string): string => `set ${setting} = on in postgresql.conf and reload the server`;
  if (server.fsync !== 'on')
    findings.push({
      severity: 'error',
      message: 'fsync is off: a power cut can lose releases that were acknowledged, or damage the database',
      help: toMend('fsync'),
    });
  if (server.full_page_writes !== 'on')
    findings.push({
      severity: 'error',
      message: 'full_page_writes is off: a power cut can leave half-written pages',
      help: `${toMend('full_page_writes')}, or ignore this where the file system never writes half a page`,
    });
  if (server.is_standby)
    findings.push({
      severity: 'warning',
      message: 'this server is a standby: it can be read and is behind the primary, and nothing can be published to it',
      help: 'publish to the primary',
    });
  const isAsynchronous = server.synchronous_standby_names === '' || server.synchronous_commit === 'local';
  if (server.standbys > 0 && isAsynchronous)
    findings.push({
      severity: 'warning',
      message:
        'standbys follow asynchronously: one that takes over may lack the newest releases, which the next publish makes again',
      help: 'name a standby in synchronous_standby_names, and leave synchronous_commit on',
    });
  return findings;
}
