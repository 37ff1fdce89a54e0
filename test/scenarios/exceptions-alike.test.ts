import { expect, it } from 'vitest';
import { record, viewsCompany } from '../fixtures/views-company.ts';
import { temporaryFolder, writeFiles } from '../temporary-repository.ts';
import { run } from './sample-company.ts';

it('names the first of many who have the same exception, and says how many there are', async () => {
  const says = (set: string) =>
    `decision: configuration, set: ${set}, starts: 2026-02-01, expires: 2027-01-31, onUpgrade: keep, onDowngrade: keep, onLapse: drop`;
  const ids = Array.from({ length: 30 }, (_, index) => `m${String(index).padStart(2, '0')}`);
  const customer = (id: string, set: string): [string, string] => [
    `customers/many/${id}.yaml`,
    `name: ${id}\nplan: team@1\nexceptions:\n${record({ id: `EX-${id}`, says: says(set) })}`,
  ];
  const files = Object.fromEntries([
    ...ids.map((id) => customer(id, '{ seats: 40 }')),
    customer('n-both', '{ seats: 40, sso: true }'),
    customer('o-other', '{ sso: true }'),
  ]);
  const folder = temporaryFolder();
  writeFiles(folder, { ...viewsCompany, ...files });
  const { exitCode, stdout } = await run(folder, 'exceptions', '--format', 'json');
  expect(exitCode).toBe(0);
  const { exceptions } = JSON.parse(stdout) as {
    exceptions: { id: string }[];
  };
  const of = (id: string) => exceptions.find((one) => one.id === `EX-${id}`);
  expect(of('m03')).toMatchObject({
    alike: ids.filter((id) => id !== 'm03').slice(0, 20),
    alikeInAll: 30,
    suggestion: {
      because:
        '31 customers have the same (m00, m01, m02, m04, m05 and 25 more too): make it a plan setting or an add-on',
    },
  });
  expect(of('n-both')).toMatchObject({ alike: ids.slice(0, 20), alikeInAll: 31 });
  expect(of('o-other')).toMatchObject({ alike: ['n-both'], alikeInAll: 1 });
});
