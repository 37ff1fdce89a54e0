import { describe, expect, it } from 'vitest';
import { runProviso } from '../run-proviso.ts';
import { commitAll, git, writeFiles } from '../temporary-repository.ts';
import { tinyRepository } from './company-in-git.ts';

const names = Array.from({ length: 30 }, (_, index) => `customer-${String(index).padStart(2, '0')}`);

const files = (plan: (index: number) => string) =>
  Object.fromEntries(names.map((id, index) => [`customers/${id}.yaml`, `name: ${id}\nplan: ${plan(index)}\n`]));

const bigger = 'name: Big\nrank: 30\nsettings: { seats: 9 }\nprice: { currency: USD, per: month, amount: "99.00" }\n';
const limits = (customers: number) =>
  `language: 1\nenvironments: { local: { verify: none, blast: { customers: ${customers} } } }\n`;

function company(customers = 10): string {
  const { root } = tinyRepository({
    'plans/big@1.yaml': bigger,
    'policies/publish.yaml': limits(customers),
    ...files(() => 'studio@1'),
  });
  return root;
}

/** Moves customers to the other plan, from the first to that one, and publishes at that time. */
async function moveUpTo(root: string, count: number, now: string): Promise<[exitCode: number, said: string]> {
  writeFiles(
    root,
    files((index) => (index < count ? 'big@1' : 'studio@1')),
  );
  commitAll(root);
  const { exitCode, stdout, stderr } = await runProviso(['publish'], { folder: root, now });
  return [exitCode, exitCode === 0 ? stdout.slice(0, 9) : (stderr.split('\n')[0] ?? '')];
}

const first = async (root: string): Promise<void> =>
  expect(await moveUpTo(root, 0, '2026-11-20T08:00:00Z')).toEqual([0, 'Release 1']);

describe('releases of one day', () => {
  it('may not change together what one of them may not change at once', async () => {
    const root = company();
    await first(root);
    expect(await moveUpTo(root, 8, '2026-11-20T09:00:00Z')).toEqual([0, 'Release 2']);
    expect(await moveUpTo(root, 16, '2026-11-20T20:00:00Z')).toEqual([
      1,
      'proviso: with those of the last 24 hours this release changes 16 customers at once; this environment takes 10',
    ]);
    expect(await moveUpTo(root, 10, '2026-11-20T21:00:00Z')).toEqual([0, 'Release 3']);
    expect(await moveUpTo(root, 18, '2026-11-21T20:59:00Z')).toEqual([0, 'Release 4']);
  });

  it('are counted by customer: the same ones again are no more', async () => {
    const root = company();
    await first(root);
    expect(await moveUpTo(root, 8, '2026-11-20T09:00:00Z')).toEqual([0, 'Release 2']);
    expect(await moveUpTo(root, 0, '2026-11-20T10:00:00Z')).toEqual([0, 'Release 3']);
    expect(await moveUpTo(root, 8, '2026-11-20T11:00:00Z')).toEqual([0, 'Release 4']);
  });

  it('do not stop what changes nobody, nor count the first release of all', async () => {
    const root = company(2);
    await first(root);
    expect(await moveUpTo(root, 2, '2026-11-20T09:00:00Z')).toEqual([0, 'Release 2']);
    writeFiles(root, { 'policies/publish.yaml': limits(1) });
    commitAll(root);
    const { exitCode } = await runProviso(['publish'], { folder: root, now: '2026-11-20T10:00:00Z' });
    expect(exitCode).toBe(0);
  });

  it('are told by check before anybody merges', async () => {
    const root = company(1000);
    writeFiles(root, { 'policies/checks.yaml': 'blast-radius: { customers: 10, percent: 100, atLeast: 0 }\n' });
    await first(root);
    expect(await moveUpTo(root, 8, '2026-11-20T09:00:00Z')).toEqual([0, 'Release 2']);
    writeFiles(
      root,
      files((index) => (index < 12 ? 'big@1' : 'studio@1')),
    );
    const check = async (now: string) => {
      const { stdout } = await runProviso(['check', '--format', 'json'], { folder: root, now });
      return (JSON.parse(stdout) as { diagnostics: { rule: string; message: string }[] }).diagnostics
        .filter(({ rule }) => rule === 'blast-radius')
        .map(({ message }) => message);
    };
    expect(await check('2026-11-20T12:00:00Z')).toEqual([
      'with the releases of the last 24 hours this reaches 12 customers of 31; 10 customers or 100 percent is the most in a day',
    ]);
    expect(await check('2026-11-21T12:00:00Z')).toEqual([]);
    expect(git(root, 'status', '--porcelain', 'plans')).toBe('');
  });
});
