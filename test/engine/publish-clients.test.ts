import { expect, test } from 'vitest';
import { readReports } from '../../engine/publish/read-reports.ts';
import { type ClientReport, encodeReport, maxReportBytes, maxReports } from '../../runtime/snapshot/client-report.ts';
import type { ClientReports } from '../../runtime/stores/store.ts';

const report: ClientReport = {
  v: 1,
  client: 'web-1',
  reader: 1,
  channel: 'stable',
  release: 1,
  epoch: 0,
  root: 'a'.repeat(64),
  source: 'store',
  state: 'fresh',
  since: '2026-06-01T12:00:00.000Z',
  at: '2026-06-01T12:00:00.000Z',
  every: 60_000,
};
const saying = (list: () => AsyncGenerator<Uint8Array>): ClientReports => ({
  put: async () => {},
  remove: async () => {},
  list,
});

test('of a client that is said to be in several reports, the newest counts, whatever their order', async () => {
  const [old, young] = [
    { ...report, release: 1, at: '2026-06-01T12:00:00.000Z' },
    { ...report, release: 2, at: '2026-06-01T12:01:00.000Z' },
  ];
  for (const order of [
    [old, young],
    [young, old],
  ])
    expect(
      await readReports(
        saying(async function* () {
          for (const each of order) yield encodeReport(each);
          yield encodeReport({ ...report, client: 'a' });
        }),
        'local',
      ),
    ).toMatchObject({ clients: [{ client: 'a' }, { client: 'web-1', release: 2 }], unreadable: 0 });
});

test('what is no report is counted and left out, also where it is larger than one can be', async () => {
  const padded = Buffer.concat([encodeReport(report), Buffer.alloc(maxReportBytes, ' ')]);
  const { clients, unreadable } = await readReports(
    saying(async function* () {
      yield padded;
      yield new Uint8Array();
      yield Buffer.from('null');
      yield encodeReport({ ...report, client: 'web-2' });
    }),
    'local',
  );
  expect([clients.map(({ client }) => client), unreadable]).toEqual([['web-2'], 3]);
});

test('of reports without end no more are read than a store may give', async () => {
  let given = 0;
  const { clients } = await readReports(
    saying(async function* () {
      for (;;) {
        given += 1;
        yield encodeReport({ ...report, client: `web-${given}` });
      }
    }),
    'local',
  );
  expect(clients.length).toBe(maxReports);
  expect(given).toBeLessThanOrEqual(maxReports + 1);
});
