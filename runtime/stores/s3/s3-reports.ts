import { maxReportBytes, maxReports } from '../../snapshot/client-report.ts';
import { sha256 } from '../../snapshot/object.ts';
import { checkPlace } from '../driver/check-place.ts';
import { eachBounded } from '../driver/each-bounded.ts';
import { framedBytes, frameReport, openReport } from '../driver/framed-report.ts';
import type { ClientReports } from '../store.ts';
import type { Bucket, Listed } from './bucket.ts';

const reads = 32;
/** No client asks for its report to be kept for longer: what is older need not be read. In milliseconds. */
const keptMs = 2 * 86_400_000;

/** An object a client, which says until when it counts. S3 forgets nothing by itself: a lifecycle rule does. */
export function s3Reports(bucket: Bucket): ClientReports {
  const write = async (env: string, client: string, bytes: Uint8Array): Promise<void> => {
    checkPlace(env, 'stable');
    await bucket.put(`clients/${env}/${sha256(client)}`, bytes);
  };
  const read = async ({ key, size }: Listed): Promise<Uint8Array | undefined> => {
    const limit = framedBytes(maxReportBytes);
    if (size > limit) return new Uint8Array();
    const found = await bucket.get(key, limit);
    return found && openReport(found.bytes, Date.now());
  };
  return {
    put: (env, client, bytes, keepForMs) => write(env, client, frameReport(bytes, Date.now() + keepForMs)),
    // With one right less than to remove it.
    remove: (env, client) => write(env, client, new Uint8Array()),
    async *list(env) {
      checkPlace(env, 'stable');
      let left = maxReports;
      for await (const page of bucket.list(`clients/${env}/`)) {
        const young = page.filter(({ size, modified }) => size > 0 && modified > Date.now() - keptMs).slice(0, left);
        left -= young.length;
        const found: Uint8Array[] = [];
        await eachBounded(young, reads, async (listed) => {
          const bytes = await read(listed);
          if (bytes) found.push(bytes);
        });
        yield* found;
        if (left === 0) return;
      }
    },
  };
}
