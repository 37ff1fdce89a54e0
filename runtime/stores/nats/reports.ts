import { maxReportBytes, maxReports } from '../../snapshot/client-report.ts';
import { sha256 } from '../../snapshot/object.ts';
import { checkPlace } from '../driver/check-place.ts';
import { framedBytes, frameReport, openReport } from '../driver/framed-report.ts';
import { type ClientReports, StoreError } from '../store.ts';
import type { Bucket } from './buckets.ts';
import { inParallel } from './in-parallel.ts';
import { ask, type Link } from './link.ts';
import { readAck } from './objects.ts';
import type { Session } from './session.ts';
import { isUnanswered, Refusal } from './trouble.ts';

/** Reports that are read, and given on, at a time. */
const atOnce = 256;
const reads = 32;

/** The last message a client wrote on its own subject of a bucket that forgets; each says until when it counts. */
export function natsReports(session: Session, bucket: Bucket): ClientReports {
  const write = async (env: string, client: string, payload: Uint8Array): Promise<void> => {
    checkPlace(env, 'stable');
    const subject = bucket.subject(`${env}.${sha256(client)}`);
    await session.run(async (link) => {
      try {
        readAck(await ask(link, subject, { payload }));
      } catch (error) {
        throw isUnanswered(error) ? notMade(bucket) : error;
      }
    });
  };
  return {
    put: (env, client, bytes, keepForMs) => write(env, client, frameReport(bytes, Date.now() + keepForMs)),
    remove: (env, client) => write(env, client, new Uint8Array()),
    async *list(env) {
      checkPlace(env, 'stable');
      const filter = { subjects_filter: bucket.subject(`${env}.>`) };
      const { state } = await session.run(({ manager }) => manager.streams.info(bucket.stream, filter));
      const subjects = Object.keys(state.subjects ?? {}).slice(0, maxReports);
      for (let start = 0; start < subjects.length; start += atOnce) {
        const found: Uint8Array[] = [];
        await inParallel(subjects.slice(start, start + atOnce), reads, async (subject) => {
          const framed = await session.run((link) => read(link, bucket, subject));
          const isTooLarge = framed.length > framedBytes(maxReportBytes);
          const bytes = isTooLarge ? new Uint8Array() : openReport(framed, Date.now());
          if (bytes) found.push(bytes);
        });
        yield* found;
      }
    },
  };
}

/** Without bytes where it is gone. */
async function read(link: Link, { stream }: Bucket, subject: string): Promise<Uint8Array> {
  const { data, headers } = await ask(link, `$JS.API.DIRECT.GET.${stream}.${subject}`);
  if (!headers || headers.code === 0) return data;
  if (headers.code === 404) return new Uint8Array();
  throw new Refusal(headers.code, headers.description);
}

const notMade = ({ name }: Bucket): StoreError =>
  new StoreError('unsuitable', `there is no bucket ${name} for what clients report; run \`proviso store init\``);
