import { describe, expect, it } from 'vitest';
import { viewsCompany } from '../fixtures/views-company.ts';
import { temporaryFolder, writeFiles } from '../temporary-repository.ts';
import { json } from './sample-company.ts';

function company(files: Readonly<Record<string, string>> = {}): string {
  const folder = temporaryFolder();
  writeFiles(folder, { ...viewsCompany, ...files });
  return folder;
}

describe('renewals of exceptions', () => {
  it('lists an exception only with the day it really ends', async () => {
    const endings = async (lifecycle: string) => {
      const folder = company({ 'policies/lifecycle.yaml': `stages: { ${lifecycle}lapsed: { plan: free@1 } }\n` });
      const { renewals } = await json(folder, 'renewals', 'acme', '--within', '90d');
      return (renewals as { kind: string; last: string; endsWith: string[] }[]).flatMap(({ kind, last, endsWith }) =>
        kind === 'discount' ? [] : [[kind, last, endsWith]],
      );
    };
    expect(await endings('grace: { days: 14 }, ')).toEqual([
      ['contract', '2026-12-31', []],
      ['grace', '2027-01-14', ['EX-1']],
    ]);
    expect(await endings('')).toEqual([['contract', '2026-12-31', ['EX-1']]]);
  });

  it('says that something is held only of what is', async () => {
    const { renewals } = await json(company(), 'renewals', 'east', '--at', '2026-06-15', '--within', '300d');
    expect((renewals as { id: string; then: string }[]).map(({ id, then }) => [id, then])).toEqual([
      ['EX-6', 'what it gives is gone, but for what is held'],
      ['EX-7', 'what it gives is gone'],
      ['EX-8', 'what it gives is gone'],
    ]);
  });
});
