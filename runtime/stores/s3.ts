import { checkScratch } from './driver/check-place.ts';
import { openBucket, type Patience, patient } from './s3/bucket.ts';
import { readS3Address } from './s3/s3-address.ts';
import { S3HeadLog } from './s3/s3-head-log.ts';
import { S3Objects } from './s3/s3-objects.ts';
import { s3Reports } from './s3/s3-reports.ts';
import { setUpBucket } from './s3/s3-setup.ts';
import type { StorePlace, WriteStore } from './store.ts';

/**
 * The store in a bucket of S3, or of a server that speaks like it and knows conditional writes: `objects/<hash>`,
 * `heads/<env>/<channel>/<number>`, `hints/<env>/<channel>` and `clients/<env>/<hash>`. It has nothing to watch; readers poll.
 *
 * @param url `s3://bucket/prefix?region=&endpoint=`; credentials are found as the AWS tools find them.
 * @throws StoreError from every method when the server refuses or does not answer.
 */
export async function openS3Store(url: string, patience: Patience = patient): Promise<WriteStore> {
  const bucket = await openBucket(readS3Address(url), patience);
  const objects = new S3Objects(bucket);
  const headLog = (env: string, channel: string): S3HeadLog => new S3HeadLog(bucket, env, channel);
  return {
    get: (hashes) => objects.get(hashes),
    has: (hashes) => objects.has(hashes),
    putAll: (stored) => objects.add(stored),
    sweep: (keep, olderThan) => objects.sweep(keep, olderThan),
    getHead: async (env, channel) => {
      const head = await headLog(env, channel).read();
      return head && { envelope: head.envelope, token: head.token };
    },
    casHead: async (env, channel, expected, envelope) => headLog(env, channel).swap(expected, envelope),
    history: (env, channel) => headLog(env, channel).list(),
    async places() {
      const places = new Map<string, StorePlace>();
      for await (const page of bucket.list('heads/'))
        for (const { key } of page) {
          const [, env = '', channel = ''] = key.split('/');
          places.set(`${env}/${channel}`, { env, channel });
        }
      return [...places.values()];
    },
    reports: s3Reports(bucket),
    init: () => setUpBucket(bucket),
    dropScratch: async (env) => {
      checkScratch(env);
      // Hints first: one that points at nothing would cost every reader a look at the list.
      for (const folder of [`hints/${env}/`, `heads/${env}/`])
        for await (const page of bucket.list(folder)) await bucket.remove(page.map(({ key }) => ({ key })));
    },
    close: async () => bucket.close(),
  };
}
