import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { decodeHead, signHead } from '../../runtime/snapshot/head.ts';
import { openStore } from '../../runtime/stores/registry.ts';
import { signedKeys } from '../fixtures/release/signed-keys.ts';
import { withSeats } from '../fixtures/verify/published-files.ts';
import { commitAll, writeFiles } from '../temporary-repository.ts';
import { signedCompany } from './signed-company.ts';

const DAY2 = '2026-06-02T12:00:00Z';

it('status tells who signed what is in force, and fails where a schedule expects no drift', async () => {
  const { root, run, json, publishSeats } = await signedCompany();
  const now = '2026-06-01T13:00:00Z';
  expect(await json('status --expect-no-drift', now)).toMatchObject({
    exitCode: 0,
    release: 1,
    age: 3_600,
    stale: false,
    drift: false,
    keyset: { version: 1, expires: '2030-01-01T00:00:00.000Z', isExpired: false },
  });
  expect((await run('status', now, {})).stdout).toContain('Signed with keyset 1, which expires 2030-01-01');
  expect(await run('status', '2031-01-01T00:00:00Z')).toMatchObject({
    exitCode: 0,
    stdout: expect.stringContaining('has expired'),
  });
  expect(await json('status --expect-no-drift', '2026-06-02T12:00:01Z')).toMatchObject({ exitCode: 1, stale: true });
  writeFiles(root, { 'customers/acme.yaml': withSeats(7) });
  commitAll(root);
  expect(await json('status', now)).toMatchObject({ exitCode: 0, drift: true, changed: ['acme'] });
  expect(await json('status --expect-no-drift', now)).toMatchObject({ exitCode: 1, drift: true });
  await publishSeats(8, now);
  expect(await json('status --expect-no-drift', now)).toMatchObject({ exitCode: 0, drift: false });
});

it('status and history tell of a head that is none of ours', async () => {
  const { root, run, json } = await signedCompany();
  const file = join(root, '.proviso/production/heads/production/stable/1');
  const envelope = readFileSync(file);
  const others = await signedKeys('acme/terms');
  const forged = await signHead(decodeHead(envelope).payload, others.signers);
  writeFileSync(file, forged.envelope);
  const unverifiable = 'release 1 is not signed by a head key of keyset 1';
  expect(await json('status')).toMatchObject({ exitCode: 0, unverifiable });
  expect(await json('status --expect-no-drift')).toMatchObject({ exitCode: 1, unverifiable });
  expect((await run('status')).stdout).toContain(`It does not verify: ${unverifiable}.\n`);
  expect(await json('history')).toMatchObject({
    exitCode: 0,
    releases: [{ release: 1, head: forged.hash, unverifiable }],
  });
  expect((await run('history')).stdout).toMatch(/does not verify\n.*release 1 is not signed/);
});

it('status tells of a canary that somebody follows', async () => {
  const { root, json, run, keys } = await signedCompany();
  const store = await openStore('file:./.proviso/production', root);
  const at = await store.getHead('production', 'stable');
  const { payload } = decodeHead(at?.envelope as Uint8Array);
  const canary = { percent: 5, readers: ['eu-1'], over: payload.root };
  const head = await signHead({ ...payload, channel: 'canary', prev: null, canary }, keys.signers);
  await store.casHead('production', 'canary', null, head.envelope);
  expect(await json('status')).toMatchObject({ canary: { release: 1, percent: 5, readers: ['eu-1'], stale: false } });
  expect((await run('status')).stdout).toMatch(
    /Canary: release 1 of commit [0-9a-f]{12} for 5 % of readers and eu-1\.\n$/,
  );
});

it('history folds runs of refreshes into a line, unless all are asked for', async () => {
  const { run, json, publishSeats } = await signedCompany();
  for (const hour of ['13', '14', '15']) await run('refresh', `2026-06-01T${hour}:00:00Z`);
  await publishSeats(60, DAY2);
  await run('refresh', DAY2);
  const { releases } = await json('history');
  expect(releases).toMatchObject([
    { release: 6, kind: 'refresh' },
    { release: 5, kind: 'publish', evidence: expect.stringMatching(/^[0-9a-f]{64}$/) },
    { release: 4, kind: 'refresh', refreshes: 3, evidence: 'bootstrap' },
    { release: 1, kind: 'publish' },
  ]);
  expect((releases as object[])[0]).not.toHaveProperty('refreshes');
  expect((await run('history')).stdout).toContain('refresh ×3');
  expect((await json('history --all')).releases).toHaveLength(6);
  expect((await json('history --limit 3')).releases).toHaveLength(3);
});
