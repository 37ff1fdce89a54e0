import { randomUUID } from 'node:crypto';
import type * as S3 from '@aws-sdk/client-s3';
import type { StoreFinding, StoreSetup } from '../store.ts';
import type { Bucket } from './bucket.ts';
import { readFailure, storeErrorOf } from './s3-trouble.ts';

/** Makes the bucket where it is missing, and looks at what about it loses releases. */
export async function setUpBucket(bucket: Bucket): Promise<StoreSetup> {
  const made = (await isThere(bucket)) ? [] : [await makeBucket(bucket)];
  const findings = [
    ...(await look(bucket, 's3:GetLifecycleConfiguration', () => lifecycleFindings(bucket))),
    ...(await look(bucket, 's3:GetBucketVersioning', () => versioningFindings(bucket))),
    ...(await look(bucket, 's3:GetBucketObjectLockConfiguration', () => lockFindings(bucket))),
    ...(await removalFindings(bucket)),
  ];
  return { made, findings };
}

/** By a list, which unlike a look at the bucket says in words why it fails, and needs what reading needs. */
const isThere = (bucket: Bucket): Promise<boolean> =>
  bucket.ask(async (abortSignal) => {
    const request = { Bucket: bucket.name, Prefix: bucket.prefix, MaxKeys: 1 };
    try {
      await bucket.client.send(new bucket.sdk.ListObjectsV2Command(request), { abortSignal });
      return true;
    } catch (error) {
      if (readFailure(error).code === 'NoSuchBucket') return false;
      throw error;
    }
  });

async function makeBucket(bucket: Bucket): Promise<string> {
  const region = (await bucket.ask(() => bucket.client.config.region())) as S3.BucketLocationConstraint;
  // Amazon's oldest region is the one that must not be named.
  const place = (region as string) === 'us-east-1' ? {} : { CreateBucketConfiguration: { LocationConstraint: region } };
  await bucket.ask(async (abortSignal) => {
    try {
      await bucket.client.send(new bucket.sdk.CreateBucketCommand({ Bucket: bucket.name, ...place }), { abortSignal });
    } catch (error) {
      if (readFailure(error).code !== 'BucketAlreadyOwnedByYou') throw error;
    }
  });
  return `the bucket ${bucket.name} in ${region}`;
}

/** Not every server has every setting, and not everybody who publishes may look at them. */
async function look(
  bucket: Bucket,
  permission: string,
  find: () => Promise<StoreFinding[]>,
): Promise<readonly StoreFinding[]> {
  try {
    return await find();
  } catch (error) {
    const { status } = readFailure(error);
    if (status === 403)
      return [
        {
          severity: 'warning',
          message: `a setting of the bucket ${bucket.name} could not be looked at`,
          help: `permit ${permission} to whoever runs \`proviso store init\``,
        },
      ];
    if (status !== undefined && (status < 500 || status === 501)) return [];
    throw storeErrorOf(error, bucket.name);
  }
}

async function lifecycleFindings(bucket: Bucket): Promise<StoreFinding[]> {
  const { Rules = [] } = await bucket.client.send(
    new bucket.sdk.GetBucketLifecycleConfigurationCommand({ Bucket: bucket.name }),
    { abortSignal: bucket.inTime() },
  );
  return Rules.filter(({ Status }) => Status === 'Enabled').flatMap((rule): StoreFinding[] => {
    const below = rule.Filter?.Prefix ?? rule.Filter?.And?.Prefix ?? rule.Prefix ?? '';
    const isOfReports = below.startsWith(`${bucket.prefix}clients/`);
    const isOurs = !isOfReports && (below.startsWith(bucket.prefix) || bucket.prefix.startsWith(below));
    const expires = rule.Expiration?.Days !== undefined || rule.Expiration?.Date !== undefined;
    const freezes = rule.Transitions?.some(({ StorageClass = '' }) => frozen.has(StorageClass)) === true;
    if (!isOurs || !(expires || freezes)) return [];
    return [
      {
        severity: 'error',
        message: `the lifecycle rule "${rule.ID ?? ''}" of the bucket ${bucket.name} ${expires ? 'removes' : 'puts out of reach'} what releases need`,
        help: 'take the prefix of the store out of the rule: `proviso gc` removes what no release needs',
      },
    ];
  });
}

/** Classes whose objects must be restored, for hours, before they can be read. */
const frozen = new Set(['GLACIER', 'DEEP_ARCHIVE']);

async function versioningFindings(bucket: Bucket): Promise<StoreFinding[]> {
  const { Status } = await bucket.client.send(new bucket.sdk.GetBucketVersioningCommand({ Bucket: bucket.name }), {
    abortSignal: bucket.inTime(),
  });
  if (Status !== 'Enabled') return [];
  return [
    {
      severity: 'warning',
      message: `the bucket ${bucket.name} keeps old versions, so what is swept still takes room`,
      help: 'add a lifecycle rule that expires noncurrent versions, and only those, after some days',
    },
  ];
}

async function lockFindings(bucket: Bucket): Promise<StoreFinding[]> {
  const { ObjectLockConfiguration } = await bucket.client.send(
    new bucket.sdk.GetObjectLockConfigurationCommand({ Bucket: bucket.name }),
    { abortSignal: bucket.inTime() },
  );
  if (!ObjectLockConfiguration?.Rule?.DefaultRetention) return [];
  return [
    {
      severity: 'warning',
      message: `the bucket ${bucket.name} locks everything for a time, so what is swept stays until then`,
      help: 'that is safe; expect the room it takes, or use a bucket without a default retention',
    },
  ];
}

/** A sweep relies on it; a probe cannot try it without sweeping. */
async function removalFindings(bucket: Bucket): Promise<StoreFinding[]> {
  const key = `tries/${randomUUID()}`;
  await bucket.put(key, Buffer.from('tried out'));
  try {
    await bucket.remove([{ key, etag: '"00000000000000000000000000000000"' }]);
    if (await bucket.get(key, 1_024)) return [];
    return [
      {
        severity: 'warning',
        message: `the server of the bucket ${bucket.name} removes an object also when it was told to only if it had not changed`,
        help: 'do not publish while `proviso gc` runs: an object that is stored again at that moment could be lost',
      },
    ];
  } finally {
    await bucket.remove([{ key }]);
  }
}
