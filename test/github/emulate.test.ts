import { createEmulator } from 'emulate';
import { describe, expect, it, onTestFinished } from 'vitest';
import { appToken } from '../../engine/io/github/app-token.ts';
import { openGitHub } from '../../engine/io/github/open-github.ts';
import { freePort } from '../fixtures/servers/server.ts';

/** Somebody else's idea of GitHub: what it does not serve (GraphQL, activity, pulls of a commit) is refused with 404. */
async function emulated() {
  const app = {
    app_id: 4711,
    slug: 'terms-bot',
    name: 'Terms',
    permissions: { contents: 'write', issues: 'write', pull_requests: 'write', checks: 'write', metadata: 'read' },
    events: [],
    installations: [{ installation_id: 100, account: 'acme', repository_selection: 'all' }],
  };
  const people = ['sam', 'kim', 'ola'];
  const emulator = await createEmulator({
    service: 'github',
    port: await freePort(),
    seed: {
      tokens: Object.fromEntries(people.map((login) => [`token-${login}`, { login, scopes: ['repo'] }])),
      github: {
        users: people.map((login) => ({ login })),
        orgs: [{ login: 'acme', members: people.map((login) => ({ login, role: 'admin' })) }],
        repos: [{ owner: 'acme', name: 'terms', auto_init: true }],
        apps: [app],
      },
    },
  });
  onTestFinished(() => emulator.close());
  const access = { repository: 'acme/terms', baseUrl: emulator.url };
  const key = emulator.generatedSecrets.find(({ kind }) => kind === 'github.app_private_key')?.value ?? '';
  const permissions = { contents: 'write', pull_requests: 'write', checks: 'write', issues: 'write' } as const;
  const as = async (login: string) => openGitHub({ ...access, token: `token-${login}` });
  const asApp = async () => openGitHub({ ...access, token: await appToken(access, { id: '4711', key }, permissions) });
  const send = async (login: string, method: string, path: string, body: object) => {
    const headers = { authorization: `token token-${login}`, 'content-type': 'application/json' };
    const answer = await fetch(`${emulator.url}/repos/acme/terms${path}`, {
      method,
      headers,
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  };
  return { as, asApp, send };
}

describe('on an emulator of GitHub', () => {
  it('a change is opened, reported, approved, checked and merged', async () => {
    const { as, asApp, send } = await emulated();
    const [app, kim] = [await asApp(), await as('kim')];
    const parent = await app.tipOf('main');
    const change = {
      branch: 'proviso/request-7',
      base: 'main',
      parent,
      message: 'Record exception EX-0001',
      title: 'Record exception EX-0001',
      body: 'Asked for in #7.',
      files: [{ path: 'customers/acme.yaml', content: 'name: Acme\nplan: studio@1\n' }],
    };
    const { number, did } = await app.propose(change);
    const pull = await app.pullRequest(number);
    expect([did, pull.state, pull.author?.login, pull.head.ref, pull.base.commit]).toEqual([
      'created',
      'open',
      'terms-bot[bot]',
      'proviso/request-7',
      parent,
    ]);
    expect(await app.defaultBranch()).toBe('main');
    expect((await app.openPullRequestsAt(pull.head.commit)).map((one) => one.number)).toEqual([number]);

    const report = { number, marker: '<!-- proviso-report:v1 -->' };
    const said = [];
    for (const body of ['needs Product', 'needs Product', 'approved'])
      said.push((await kim.comment({ ...report, body })).did);
    expect(said).toEqual(['created', 'nothing', 'updated']);

    const check = { name: 'proviso', commit: pull.head.commit, title: 'needs Product', summary: 'x', annotations: [] };
    expect(await app.check({ ...check, conclusion: 'action_required' })).toBe('check');
    await app.label(number, ['proviso/needs-product']);
    expect(await app.ask(number, ['kim', 'nobody-known'])).toEqual(['kim']);
    expect(await app.pullRequest(number)).toMatchObject({ labels: ['proviso/needs-product'], asked: ['kim'] });

    await send('kim', 'POST', `/pulls/${number}/reviews`, { event: 'APPROVE', body: 'Fine.' });
    await send('ola', 'POST', `/pulls/${number}/reviews`, { event: 'REQUEST_CHANGES', body: 'Not so fast.' });
    const reviews = await app.reviewsOf(number);
    expect(
      reviews.map(({ user, state, body, commit, lastEditedAt }) => [user?.login, state, body, commit, lastEditedAt]),
    ).toEqual([
      ['kim', 'APPROVED', 'Fine.', pull.head.commit, undefined],
      ['ola', 'CHANGES_REQUESTED', 'Not so fast.', pull.head.commit, undefined],
    ]);
    expect((await app.authorshipOf(number)).unknown).toContain('who pushed last');

    await app.check({ ...check, conclusion: 'success', title: 'approved' });
    await app.label(number, ['proviso/approved']);
    await send('kim', 'PUT', `/pulls/${number}/merge`, { merge_method: 'squash' });
    const merged = await app.pullRequest(number);
    expect([merged.state, merged.labels, typeof merged.mergedAt]).toEqual(['closed', ['proviso/approved'], 'string']);
    expect(await app.tipOf('main')).toBe(merged.mergeCommit);
  });

  it('sixty annotations arrive in two requests, and one open issue is kept', async () => {
    const { as, asApp } = await emulated();
    const app = await asApp();
    const annotations = Array.from({ length: 60 }, (_, index) => ({
      path: 'customers/acme.yaml',
      startLine: index + 1,
      endLine: index + 1,
      level: 'failure' as const,
      title: 'unknown-plan',
      message: `problem ${index}`,
    }));
    const commit = await app.tipOf('main');
    const check = { name: 'proviso', commit, conclusion: 'failure' as const, title: 't', summary: 's', annotations };
    expect(await app.check(check)).toBe('check');
    const kim = await as('kim');
    const issue = { marker: '<!-- proviso-agenda:v1 -->', title: 'This week', labels: ['proviso/agenda'] };
    const first = await kim.issue({ ...issue, body: 'one' });
    expect(await kim.issue({ ...issue, body: 'two' })).toMatchObject({ number: first.number, did: 'updated' });
    expect(await kim.issueOf(first.number)).toMatchObject({
      title: 'This week',
      body: '<!-- proviso-agenda:v1 -->\ntwo',
      author: { login: 'kim' },
      isPullRequest: false,
    });
  });
});
