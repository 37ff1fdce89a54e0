import { describe, expect, it } from 'vitest';
import { edit, sampleRepository } from './company-in-git.ts';
import { json, read, run } from './sample-company.ts';

const old = 'plans/studio@1.yaml';
const stays = 'customers/studio/old-mill-press.yaml';

/** Everybody on the plan of 2024 gets the one of today, but for one who was promised to keep it. */
function movingCompany(): string {
  const root = sampleRepository();
  edit(root, {
    [old]: `${read(root, old)}becomes: { plan: studio@2, on: 2027-02-01 }\n`,
    'customers/studio/new-mill.yaml': 'name: New Mill\nplan: studio@1\n',
    [stays]: `${read(root, stays)}staysOn: studio@1\n`,
  });
  return root;
}

describe('one line in a plan that moves everybody who has it', () => {
  it('is explained with that line', async () => {
    const root = movingCompany();
    const line = read(root, old).split('\n').length - 1;
    expect((await run(root, 'explain', 'new-mill', 'seats', '--at', '2027-02-01')).stdout.split('\n')[1]).toBe(
      `studio@1 became studio@2: ${old}:${line}`,
    );
    expect(await json(root, 'explain', 'old-mill-press', '--at', '2027-02-01')).toMatchObject({
      plan: 'studio@1',
      planOrigin: { kind: 'account', path: stays },
    });
  });

  it('moves accounts without a file at the same instant, once published', async () => {
    const root = movingCompany();
    expect(await json(root, 'publish')).toMatchObject({ exitCode: 0, release: 1 });
    const account = (at: string) =>
      json(root, 'get', '--account', 'u_1', '--plan', 'studio@1', '--quantities', 'seats=7', '--at', at);
    const before = await account('2027-01-31T23:59:59.999Z');
    expect([before.plan, (before.settings as Record<string, unknown>).apiCalls, before.moved]).toEqual([
      'studio@1',
      20000,
      undefined,
    ]);
    const after = await account('2027-02-01T00:00:00Z');
    expect([after.plan, (after.settings as Record<string, unknown>).apiCalls, after.moved]).toEqual([
      'studio@2',
      50000,
      { from: 'studio@1', on: '2027-02-01' },
    ]);
    expect(after.settings).toMatchObject({ seats: 7 });
    const words = ['get', '--account', 'u_1', '--plan', 'studio@1', 'apiCalls', '--at', '2027-02-01'];
    expect(await run(root, ...words)).toEqual({
      exitCode: 0,
      stdout: '50000\n',
      stderr: 'studio@1 became studio@2 on 2027-02-01.\n',
    });
  });
});
