import { describe, expect, it } from 'vitest';
import { type Evidence, isEvidence } from '../../engine/verify/evidence.ts';
import { decodeHead } from '../../runtime/snapshot/head.ts';
import { parseObject } from '../../runtime/snapshot/object.ts';
import { openStore } from '../../runtime/stores/registry.ts';
import { plan, withSeats } from '../fixtures/verify/published-files.ts';
import { companyOnGitHub } from '../github/company-on-github.ts';
import { type MergeHow, merge, mergeQueue, propose } from '../github/fake/acts.ts';
import { findUser } from '../github/fake/host.ts';
import { git } from '../temporary-repository.ts';

const STUDIO = 'plans/studio@1.yaml';
const acme = 'customers/acme.yaml';
const withSso = plan.replace('settings: { seats: 5 }', 'settings: { seats: 5, sso: true }');
const pro = withSso.replace('name: Studio', 'name: Pro').replace('rank: 20', 'rank: 30');
const onPro = withSeats(6).replace('plan: studio@1', 'plan: pro@1');

const environments = `language: 1
environments:
  local: { verify: none }
  staging: { signed: false, store: "file:./.proviso/staging", verify: none }
  production: { signed: false, store: "file:./.proviso/production", verify: github }
`;

/** A company whose first release is in force where approvals are verified, and where they are not. */
async function company() {
  const made = await companyOnGitHub({
    [STUDIO]: plan,
    'plans/pro@1.yaml': pro,
    [acme]: withSeats(6),
    'customers/bolt.yaml': 'name: Bolt\nplan: pro@1\n',
    'policies/publish.yaml': environments,
  });
  const { fake, clone, run } = made;
  const sam = findUser(fake, 'sam');
  const publish = async (env: string, ...argv: string[]) => {
    git(clone, 'fetch', '--quiet', 'origin');
    const words = ['publish', '--env', env, '--commit', 'origin/main', '--format', 'json', ...argv];
    const { exitCode, stdout } = await run(words);
    return { exitCode, ...(JSON.parse(stdout) as Record<string, unknown>) };
  };
  const land = (number: number, how: MergeHow = 'squash') => merge(fake, number, how, sam) as string;
  const open = (files: Readonly<Record<string, string>>) => propose(fake, { author: 'sam', files }).number;
  const diff = async (...argv: string[]) => {
    git(clone, 'fetch', '--quiet', 'origin');
    const { stdout } = await run(['diff', ...argv, '--format', 'json']);
    return JSON.parse(stdout) as { checksum: string; baseCommit: string };
  };
  const evidence = async (): Promise<Evidence> => {
    const store = await openStore('file:./.proviso/production', clone);
    const { payload } = decodeHead((await store.getHead('production', 'stable'))?.envelope as Uint8Array);
    const bytes = (await store.get([payload.evidence])).get(payload.evidence);
    await store.close();
    const object = parseObject(payload.evidence, bytes as Uint8Array);
    if (!isEvidence(object)) throw new Error('no evidence');
    return object;
  };
  for (const env of ['staging', 'production'])
    expect(await publish(env)).toMatchObject({ exitCode: 0, outcome: 'published', release: 1 });
  const published = git(clone, 'rev-parse', 'origin/main').trim();
  return { ...made, publish, land, open, diff, evidence, published };
}

/** While a pull request was open that moves Acme to another plan, the branch gave the plan it has now what the other has. */
async function overtaken(how: MergeHow = 'squash') {
  const made = await company();
  const pull = made.open({ [acme]: onPro });
  const meanwhile = made.land(made.open({ [STUDIO]: withSso }));
  return { ...made, pull, meanwhile, commit: made.land(pull, how) };
}

describe('a pull request that was open while the branch changed a plan', () => {
  it.each<MergeHow>(['squash', 'merge'])('is published where its customers get what was reviewed: %s', async (how) => {
    const { open, land, publish, evidence, diff, run } = await company();
    const pull = open({ [acme]: withSeats(8) });
    const meanwhile = land(open({ [STUDIO]: withSso }));
    const commit = land(pull, how);
    expect(await publish('production')).toMatchObject({ exitCode: 0, release: 2 });
    const { checksum } = await diff('--base', meanwhile, '--head', commit);
    expect((await evidence()).commits).toEqual([
      { commit: meanwhile, pull: 2, classes: {} },
      { commit, pull: 1, reviewed: checksum, published: checksum, classes: {} },
    ]);
    expect(await run(['verify', '--env', 'production'])).toMatchObject({ exitCode: 0 });
  });

  it('is published where a merge queue merged both', async () => {
    const { open, publish, fake } = await company();
    const pulls = [open({ [STUDIO]: withSso }), open({ [acme]: withSeats(8) })];
    mergeQueue(fake, pulls, 'squash', findUser(fake, 'sam'));
    expect(await publish('production')).toMatchObject({ exitCode: 0, release: 2 });
  });

  it.each<MergeHow>(['squash', 'merge'])(
    'is not where they get something else, until that is settled: %s',
    async (how) => {
      const { publish, commit, published, open, land } = await overtaken(how);
      const refusal = await publish('production');
      expect(refusal).toMatchObject({
        exitCode: 1,
        outcome: 'refused',
        reason: 'notAsReviewed',
        message: expect.stringMatching(
          /does not do what was reviewed in pull request #1 \(checksum [0-9a-f]{16}, reviewed [0-9a-f]{16}\): meanwhile the branch changed acme too$/,
        ),
        help: expect.stringContaining(`proviso diff --base ${published.slice(0, 12)} --head ${commit.slice(0, 12)}`),
        commits: [{ commit, pull: 1 }],
      });
      expect(await publish('staging')).toMatchObject({ exitCode: 0, release: 2 });
      land(open({ [acme]: withSeats(6) }));
      expect(await publish('production')).toMatchObject({ exitCode: 0, release: 2 });
    },
  );

  it('is published by who has read all of it, names its checksum, and is kept in the evidence', async () => {
    const { publish, diff, published, commit, evidence, run } = await overtaken();
    const { checksum } = await diff('--base', published, '--head', commit);
    const wrong = '0123456789abcdef';
    expect(await publish('production', '--expect', wrong)).toMatchObject({
      exitCode: 1,
      reason: 'notExpected',
      message: `what changes from ${published.slice(0, 12)}, which is published, to ${commit.slice(0, 12)} has the checksum ${checksum.slice(0, 16)}, not ${wrong}`,
    });
    const named = checksum.slice(0, 16).toUpperCase();
    expect(await publish('production', '--expect', named, '--dry-run')).toMatchObject({ outcome: 'planned', checksum });
    expect(await publish('production', '--expect', named)).toMatchObject({ exitCode: 0, release: 2 });
    const { expected, commits } = await evidence();
    expect(expected).toBe(checksum);
    expect(commits[1]?.reviewed).not.toBe(commits[1]?.published);
    expect(await run(['verify', '--env', 'production'])).toMatchObject({ exitCode: 0 });
  });
});

describe('who names what would be published', () => {
  it('is held to it also where no approvals are verified', async () => {
    const { publish, open, land, run } = await company();
    land(open({ [acme]: withSeats(8) }));
    const { checksum } = (await publish('staging', '--dry-run')) as unknown as { checksum: string };
    expect(checksum).toMatch(/^[0-9a-f]{64}$/);
    const words = ['publish', '--env', 'staging', '--commit', 'origin/main', '--dry-run'];
    expect((await run(words)).stdout).toContain(`Checksum of what it changes: ${checksum.slice(0, 16)}\n`);
    land(open({ [acme]: withSeats(9) }));
    expect(await publish('staging', '--expect', checksum)).toMatchObject({ exitCode: 1, reason: 'notExpected' });
    land(open({ [acme]: withSeats(8) }));
    expect(await publish('staging', '--expect', checksum)).toMatchObject({ exitCode: 0, release: 2 });
  });

  it('names at least sixteen hex digits of something there is', async () => {
    const { run } = await company();
    for (const named of ['', '0123456789abcde', 'g'.repeat(16), '0'.repeat(65)])
      expect(await run(['publish', '--env', 'staging', '--expect', named])).toMatchObject({ exitCode: 2 });
    const first = ['publish', '--env', 'staging', '--store', 'file:./.proviso/other', '--expect', '0'.repeat(16)];
    expect(await run([...first, '--format', 'json'])).toMatchObject({
      exitCode: 1,
      stdout: expect.stringContaining('"reason":"notExpected"'),
    });
  });
});
