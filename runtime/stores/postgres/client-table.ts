import { maxReportBytes, maxReports } from '../../snapshot/client-report.ts';
import { sha256 } from '../../snapshot/object.ts';
import { checkPlace } from '../driver/check-place.ts';
import type { ClientReports } from '../store.ts';
import type { Sessions } from './sessions.ts';

/** A row a client, written through a function that bounds their size and number; `run` words what goes wrong. */
export function clientTable(
  sessions: Sessions,
  schema: string,
  run: <T>(work: () => Promise<T>) => Promise<T>,
): ClientReports {
  const report = async (env: string, client: string, bytes: Buffer | null, keepForMs: number): Promise<void> => {
    checkPlace(env, 'stable');
    const text = `select "${schema}".report_client($1, $2, $3, $4 * interval '1 ms')`;
    const values = [env, Buffer.from(sha256(client), 'hex'), bytes, keepForMs];
    await run(() => sessions.run(({ query }) => query(text, values)));
  };
  return {
    put: (env, client, bytes, keepForMs) => report(env, client, Buffer.from(bytes), keepForMs),
    remove: (env, client) => report(env, client, null, 0),
    async *list(env) {
      checkPlace(env, 'stable');
      const rows = await run(() =>
        sessions.run(({ query }) =>
          query<{ report: Buffer }>(
            `select substring(report for ${maxReportBytes + 1}) as report from "${schema}".clients
             where env = $1 and until > clock_timestamp() limit ${maxReports}`,
            [env],
          ),
        ),
      );
      for (const { report: bytes } of rows) yield bytes.length > maxReportBytes ? new Uint8Array() : bytes;
    },
  };
}
