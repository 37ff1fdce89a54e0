import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Tracked } from '../../engine/report/tracked.ts';
import { createContext } from '../../scripts/context.ts';
import { report } from '../../scripts/report.ts';
import { temporaryFolder, writeFiles } from '../temporary-repository.ts';

/** Reports on a product in `shop`, beside the terms in `terms`, in one checkout; gives the exit code and what was printed. */
function reported(tracked: Tracked, from?: string) {
  const checkout = temporaryFolder();
  writeFiles(checkout, { 'shop/a.ts': '', 'terms/x': '' });
  let out = '';
  const context = createContext(
    { root: 'terms' },
    {
      folder: checkout,
      variables: { GITHUB_ACTIONS: 'true', GITHUB_WORKSPACE: checkout },
      now: () => 0,
      stdout: { write: (text) => (out += text) },
      stderr: { write: () => undefined },
    },
  );
  const exitCode = report(context, {
    diagnostics: [],
    tracked: [tracked],
    ...(from && { from: join(checkout, from) }),
  });
  return { exitCode, file: /file=([^,]*)/.exec(out)?.[1] };
}

const found: Tracked = {
  rule: 'account-equality',
  severity: 'error',
  message: 'an account is compared with acme',
  at: { path: 'a.ts', start: { line: 1, column: 1 } },
  fingerprint: 'a:1',
};

describe('a report about another folder than the root', () => {
  it('names files from the top of the checkout', () => {
    expect(reported(found, 'shop')).toEqual({ exitCode: 1, file: 'shop/a.ts' });
    expect(reported(found, '.')).toEqual({ exitCode: 1, file: 'a.ts' });
    expect(reported(found)).toEqual({ exitCode: 1, file: 'terms/a.ts' });
  });

  it('ends with 1 for what counts, and only for that', () => {
    const accepted = { where: 'external', because: 'it was there' } as const;
    expect(reported({ ...found, accepted }, 'shop')).toEqual({ exitCode: 0, file: undefined });
    expect(reported({ ...found, since: 'unchanged' }, 'shop')).toEqual({ exitCode: 0, file: undefined });
    expect(reported({ ...found, since: 'new' }, 'shop').exitCode).toBe(1);
    expect(reported({ ...found, severity: 'warning' }, 'shop')).toEqual({ exitCode: 0, file: 'shop/a.ts' });
  });
});
