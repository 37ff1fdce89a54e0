import { type ClientReport, decodeReport, maxReportBytes, maxReports } from '../../runtime/snapshot/client-report.ts';
import type { ClientReports } from '../../runtime/stores/store.ts';

export interface ReadReports {
  /** By the names of clients; of one that is said to be in several reports, the newest. */
  clients: readonly ClientReport[];
  /** Reports that are none. */
  unreadable: number;
}

/** What the clients of an environment say, as far as it can be understood; never more than a store may keep. */
export async function readReports(reports: ClientReports, env: string): Promise<ReadReports> {
  const newest = new Map<string, ClientReport>();
  let unreadable = 0;
  let count = 0;
  for await (const bytes of reports.list(env)) {
    count += 1;
    if (count > maxReports) break;
    const report = bytes.length > maxReportBytes ? undefined : decodeReport(bytes);
    if (!report) unreadable += 1;
    else if (!(report.at <= (newest.get(report.client)?.at ?? ''))) newest.set(report.client, report);
  }
  const clients = [...newest.values()].sort((a, b) => (a.client < b.client ? -1 : 1));
  return { clients, unreadable };
}
