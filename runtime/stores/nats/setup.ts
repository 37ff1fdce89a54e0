import type { StreamConfig } from '@nats-io/jetstream';
import { maxReportBytes, maxReports } from '../../snapshot/client-report.ts';
import { maxObjectBytes } from '../../snapshot/object.ts';
import { StoreError, type StoreFinding, type StoreSetup } from '../store.ts';
import type { NatsAddress } from './address.ts';
import type { Bucket, Buckets } from './buckets.ts';
import type { Link } from './link.ts';
import type { Session } from './session.ts';
import { codes, refusalOf } from './trouble.ts';

/** Makes the buckets that are not there yet, and says what of those that are, and of the server, is not as it should be. */
export async function makeBuckets(session: Session, address: NatsAddress, buckets: Buckets): Promise<StoreSetup> {
  const made: string[] = [];
  const findings = await session.run(async (link) => judgeServer(link));
  for (const [bucket, wanted] of wantedOf(buckets, address)) {
    const isNew = await session.run((link) => make(link, wanted));
    if (isNew) made.push(`bucket ${bucket.name}`);
    const config = await session.run(async (link) => (await link.manager.streams.info(bucket.stream)).config);
    const isCluster = await session.run(async (link) => link.connection.info?.cluster !== undefined);
    for (const { message, ...rest } of judgeBucket(config, wanted, isCluster))
      findings.push({ ...rest, message: `the bucket ${bucket.name} ${message}` });
  }
  made.push(...(await makeClients(session, address, buckets.clients, findings)));
  return { made, findings };
}

/** Releases do without it: who may not make it, or not look at it, is only told. */
async function makeClients(
  session: Session,
  { replicas = 1 }: NatsAddress,
  { name, stream, subject }: Bucket,
  findings: StoreFinding[],
): Promise<string[]> {
  try {
    const isNew = await session.run((link) =>
      make(link, {
        name: stream,
        subjects: [subject('>')],
        num_replicas: replicas,
        storage: link.client.jetstream.StorageType.Memory,
        discard: link.client.jetstream.DiscardPolicy.Old,
        max_msgs_per_subject: 1,
        max_msgs: 2 * maxReports,
        max_msg_size: 2 * maxReportBytes,
        max_age: link.client.transport.nanos(keptMs),
        allow_direct: true,
      }),
    );
    return isNew ? [`bucket ${name}`] : [];
  } catch (error) {
    if (!(error instanceof StoreError) || error.trouble !== 'denied') throw error;
    findings.push({
      severity: 'warning',
      message: `this user may not look after the bucket ${name}, where clients report which release they serve`,
      help: 'run `proviso store init` once as a user who may manage JetStream, or go without reports',
    });
    return [];
  }
}

/** No client asks for its report to be kept for longer. */
const keptMs = 2 * 86_400_000;

type Wanted = Pick<StreamConfig, 'name' | 'subjects' | 'max_msgs_per_subject'> & Partial<StreamConfig>;

function wantedOf({ objects, heads, scratch, everyHint }: Buckets, { replicas = 1 }: NatsAddress): [Bucket, Wanted][] {
  const everything = ({ stream, subject }: Bucket): Pick<Wanted, 'name' | 'subjects' | 'num_replicas'> => ({
    name: stream,
    subjects: [subject('>')],
    num_replicas: replicas,
  });
  const ofHeads = (bucket: Bucket) => ({
    ...everything(bucket),
    max_msgs_per_subject: -1,
    deny_delete: true,
    republish: { src: bucket.subject('>'), dest: everyHint, headers_only: true },
  });
  return [
    [objects, { ...everything(objects), max_msgs_per_subject: 1, allow_direct: true, deny_purge: true }],
    [heads, { ...ofHeads(heads), deny_purge: true }],
    [scratch, ofHeads(scratch)],
  ];
}

/** Whether it was not there. */
async function make({ manager, client }: Link, wanted: Wanted): Promise<boolean> {
  try {
    await manager.streams.info(wanted.name);
    return false;
  } catch (error) {
    if (refusalOf(error)?.code !== codes.streamNotFound) throw error;
  }
  try {
    const { StorageType, RetentionPolicy, DiscardPolicy } = client.jetstream;
    await manager.streams.add({
      storage: StorageType.File,
      retention: RetentionPolicy.Limits,
      discard: DiscardPolicy.New,
      ...wanted,
    });
    return true;
  } catch (error) {
    if (refusalOf(error)?.code !== codes.streamNameInUse) throw error;
    return false;
  }
}

function judgeServer({ connection }: Link): StoreFinding[] {
  const findings: StoreFinding[] = [];
  const { max_payload: most = 0, version = '0' } = connection.info ?? {};
  if (most < maxObjectBytes)
    findings.push({
      severity: 'error',
      message: `the server takes messages of ${most} bytes, and an object may have ${maxObjectBytes}`,
      help: 'set max_payload: 1MB or more in the configuration of nats-server',
    });
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const isOld = major < 2 || (major === 2 && minor < 10);
  findings.push({
    severity: 'warning',
    message: isOld
      ? `nats-server ${version} writes to disk up to two minutes after it has answered: a power cut loses acknowledged releases`
      : 'a nats-server does not say when it writes to disk; by default that is up to two minutes after it has answered, and a power cut loses acknowledged releases',
    help: isOld
      ? 'use nats-server 2.10 or newer with sync_interval: always in its jetstream block'
      : 'make sure that every server has sync_interval: always in its jetstream block',
  });
  return findings;
}

function judgeBucket(config: StreamConfig, wanted: Wanted, isCluster: boolean): StoreFinding[] {
  const findings: StoreFinding[] = [];
  const error = (message: string, help: string): unknown => findings.push({ severity: 'error', message, help });
  const warn = (message: string, help: string): unknown => findings.push({ severity: 'warning', message, help });
  const edit = (what: string): string => `nats stream edit ${config.name} ${what}`;

  if (config.storage !== 'file')
    error('is kept in memory: a restart of the server loses every release', 'remove it and run `proviso store init`');
  if (config.retention !== 'limits')
    error('forgets what was read (its retention is not limits)', 'remove it and run `proviso store init`');
  if (config.mirror || (config.sources?.length ?? 0) > 0)
    error('is a copy of another and takes no release', 'point the URL at the original');
  if (config.sealed) error('is sealed and takes no release', 'use a bucket of another name');
  if (config.max_age > 0) error('forgets what is old (max_age)', edit('--max-age=0'));
  const isLimited = config.max_bytes > 0 || config.max_msgs > 0;
  if (isLimited && config.discard !== 'new')
    error('throws away what is old when it is full (discard old)', edit('--discard=new'));
  const limit = config.max_msg_size ?? -1;
  if (limit >= 0 && limit < maxObjectBytes) error(`takes messages of ${limit} bytes only`, edit('--max-msg-size=-1'));
  const kept = config.max_msgs_per_subject;
  if (wanted.max_msgs_per_subject === -1 && kept > 0)
    error(`keeps ${kept} releases of an environment only`, edit('--max-msgs-per-subject=-1'));
  if (wanted.max_msgs_per_subject === 1 && kept !== 1)
    warn('keeps more than the last writing of an object and grows', edit('--max-msgs-per-subject=1'));
  if (isCluster && config.num_replicas === 1)
    warn(
      'is on one server of the cluster only: while that is gone there are no releases to read or publish',
      edit('--replicas=3'),
    );
  if (wanted.allow_direct && !config.allow_direct)
    error('cannot be read directly (allow_direct)', edit('--allow-direct'));
  if (wanted.deny_delete && !config.deny_delete)
    warn('lets whoever may manage it remove single releases', 'make it with `proviso store init`');
  if (wanted.republish && config.republish?.dest !== wanted.republish.dest)
    warn(
      'does not tell readers that a release was published; they find out when they ask',
      'make it with `proviso store init`',
    );
  return findings;
}
