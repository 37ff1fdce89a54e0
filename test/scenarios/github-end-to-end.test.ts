import { join } from 'node:path';
import { expect, it } from 'vitest';
import { companyOnGitHub, moreSeats, type OnGitHub } from '../github/company-on-github.ts';
import { propose, pushDirectly } from '../github/fake/acts.ts';
import { findUser } from '../github/fake/host.ts';
import { git, temporaryFolder } from '../temporary-repository.ts';

/** A request of a person’s browser. */
async function click({ fake }: OnGitHub, login: string, method: string, path: string, body: object): Promise<number> {
  const headers = { authorization: `token ${fake.tokenFor(login, 'person')}`, 'content-type': 'application/json' };
  return (await fetch(`${fake.url}/repos/acme/terms${path}`, { method, headers, body: JSON.stringify(body) })).status;
}

/** What the job of the publish workflow does: the files of `main`, and the command. */
async function publishJob({ clone, run, variablesOf }: OnGitHub, store: string) {
  git(clone, 'pull', '--quiet', 'origin', 'main');
  const more = { GITHUB_ACTIONS: 'true', GITHUB_RUN_ID: '77', PROVISO_STORE: `file:${store}` };
  return run(['publish', '--env', 'production'], undefined, { variables: { ...variablesOf(), ...more } });
}

const seatsIn = async ({ run }: OnGitHub, store: string) => {
  const argv = [
    'get',
    'acme',
    'seats',
    '--env',
    'production',
    '--store',
    `file:${store}`,
    '--at',
    '2026-07-15',
    '--format',
    'json',
  ];
  return JSON.parse((await run(argv)).stdout);
};

it('a change is opened, reported, approved, merged and published, and hears in which release it is', {
  timeout: 60_000,
}, async () => {
  const on = await companyOnGitHub({
    'policies/publish.yaml':
      'language: 1\nenvironments: { local: { verify: none }, production: { verify: github, signed: false } }\n',
  });
  const { fake, run } = on;
  const store = join(temporaryFolder(), 'store');
  fake.knobs.requires = ['proviso'];
  expect(await publishJob(on, store)).toMatchObject({ exitCode: 0 });

  const pull = propose(fake, {
    author: 'sam',
    files: { 'customers/acme.yaml': moreSeats(60) },
    title: 'Sixty seats for the workshop',
  });
  const merge = () => click(on, 'kim', 'PUT', `/pulls/${pull.number}/merge`, { merge_method: 'squash' });
  await run(['review', '--pull', String(pull.number)]);
  expect([fake.checks.at(-1)?.conclusion, await merge()]).toEqual(['action_required', 405]);

  expect(await click(on, 'sam', 'POST', `/pulls/${pull.number}/reviews`, { event: 'APPROVE' })).toBe(422);
  expect(await click(on, 'kim', 'POST', `/pulls/${pull.number}/reviews`, { event: 'APPROVE', body: 'Fine.' })).toBe(
    200,
  );
  await run(['review', '--head', pull.head]);
  expect([fake.checks.at(-1)?.conclusion, pull.labels, await merge()]).toEqual(['success', ['proviso/approved'], 200]);

  const published = await publishJob(on, store);
  expect([published.exitCode, published.stderr]).toEqual([0, '']);
  expect(await seatsIn(on, store)).toMatchObject({ value: 60 });
  expect(pull.comments.map(({ body }) => body.split('\n')[1])).toEqual([
    expect.stringContaining('## '),
    `Released to production as release 2 (${pull.mergeCommit}).`,
  ]);
  expect(
    fake.deployments
      .map(({ commit, environment, statuses }) => [
        commit,
        environment,
        statuses.map(({ state, description }) => [state, description]),
      ])
      .at(-1),
  ).toEqual([pull.mergeCommit, 'production', [['success', 'release 2']]]);

  // Somebody who may push past every rule: it is not published, and everybody hears of it.
  const direct = pushDirectly(fake, 'main', findUser(fake, 'kim'), { 'customers/acme.yaml': moreSeats(6_000) });
  expect(await publishJob(on, store)).toMatchObject({ exitCode: 1 });
  expect(await seatsIn(on, store)).toMatchObject({ value: 60 });
  expect(fake.deployments.at(-1)).toMatchObject({ commit: direct, statuses: [{ state: 'failure' }] });
  expect(
    [...fake.issues.values()].map(({ title, body, labels }) => [title, body.includes(direct.slice(0, 12)), labels]),
  ).toEqual([['Publishing to production has stopped', true, ['proviso/stopped']]]);
});
