import { describe, expect, it } from 'vitest';
import { record } from '../fixtures/views-company.ts';
import { runProviso } from '../run-proviso.ts';
import { temporaryFolder, temporaryRepository, writeFiles } from '../temporary-repository.ts';
import { read, run } from './sample-company.ts';
import { tinyCompany } from './tiny-company.ts';

const exception = record({
  id: 'EX-31',
  says: 'decision: configuration, set: { sso: true }, starts: 2026-02-01, expires: 2026-12-31, onUpgrade: keep, onDowngrade: keep, onLapse: keep',
});
const northwind = `name: Northwind Traders\nplan: studio@1\nexceptions:\n${exception}`;
const excused = (id: string, account = 'northwind') =>
  `export const limit = (account: Account) =>\n  // proviso-allow ${id} owner=team-a until=2027-03-31 because="they move"\n  account.id === '${account}' ? 50 : 10;\n`;

describe('a scan with a dictionary without names', () => {
  it.each([
    ['lets code stand for an exception that is in force', excused('EX-31'), '2026-06-01', 0, []],
    ['until the exception ends', excused('EX-31'), '2027-01-01', 1, ['closed-suppression']],
    ['for its own customer only', excused('EX-31', 'acme'), '2026-06-01', 1, ['bad-suppression']],
    ['and for none that there is not', excused('EX-32'), '2026-06-01', 1, ['bad-suppression']],
  ])('%s', async (_, source, at, exitCode, rules) => {
    const terms = temporaryFolder();
    writeFiles(terms, { ...tinyCompany, 'customers/northwind.yaml': northwind });
    await run(terms, 'accounts', '--hashed', '--out', 'd.json');
    const { root } = temporaryRepository({ 'src/a.ts': source, 'proviso-accounts.json': read(terms, 'd.json') });
    const scanned = await runProviso(['scan', '.', '--at', at, '--format', 'json'], { folder: root });
    const { findings, accepted, diagnostics } = JSON.parse(scanned.stdout) as Record<string, { rule: string }[]>;
    expect([scanned.exitCode, findings?.length, diagnostics?.map(({ rule }) => rule)]).toEqual([
      exitCode,
      exitCode,
      rules,
    ]);
    expect(accepted?.length).toBe(1 - exitCode);
  });
});
