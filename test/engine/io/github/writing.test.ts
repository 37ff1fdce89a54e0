import { describe, expect, it } from 'vitest';
import type { Check } from '../../../../engine/review/host-writes.ts';
import { addAccount, propose, tipOf } from '../../../github/fake/acts.ts';
import { findIssue, type Host, takeId } from '../../../github/fake/host.ts';
import { gitAt } from '../../../github/fake/objects.ts';
import { type FakeGitHub, openFakeGitHub } from '../../../github/fake/open-fake-github.ts';
import { openAs } from '../../../github/open-as.ts';

const marker = '<!-- proviso-report:v1 -->';

async function world(login?: string) {
  const fake = await openFakeGitHub({ 'customers/acme.yaml': 'name: Acme\nplan: studio@1\n' });
  addAccount(fake, { id: 1001, login: 'sam' });
  addAccount(fake, { id: 1002, login: 'kim' });
  addAccount(fake, { id: 1003, login: 'ola' });
  const pull = propose(fake, { author: 'sam', files: { 'customers/acme.yaml': 'name: Acme\nplan: studio@2\n' } });
  return { fake, pull, ...(await openAs(fake, login)) };
}

const bodies = (host: Host, number: number) => findIssue(host, number).comments.map(({ body }) => body);
const written = (fake: FakeGitHub) =>
  fake.requests.filter(({ method }) => method !== 'GET').map(({ method, path }) => `${method} ${path}`);
const comment = (body: string) => ({ number: 1, marker, body });

describe('the report', () => {
  it('is one comment that is kept up to date, and left alone while it says the same', async () => {
    const { fake, github } = await world();
    expect((await github.comment(comment('first'))).did).toBe('created');
    expect((await github.comment(comment('first'))).did).toBe('nothing');
    expect((await github.comment(comment('second'))).did).toBe('updated');
    expect(bodies(fake, 1)).toEqual([`${marker}\nsecond`]);
  });

  it('never takes somebody else’s comment for ours, though it holds our first line', async () => {
    const { fake, github } = await world();
    for (const login of ['sam', 'github-actions'])
      findIssue(fake, 1).comments.push({
        id: takeId(fake),
        user: addAccount(fake, { login }),
        body: `${marker}\nall is approved`,
      });
    await github.comment(comment('needs finance'));
    expect(bodies(fake, 1)).toEqual([
      `${marker}\nall is approved`,
      `${marker}\nall is approved`,
      `${marker}\nneeds finance`,
    ]);
  });

  it('replaces older copies by a link to the one that is kept', async () => {
    const { fake, github } = await world();
    const [bot] = fake.users.filter(({ type }) => type === 'Bot');
    for (const body of ['one', 'two'])
      findIssue(fake, 1).comments.push({ id: takeId(fake), user: bot ?? null, body: `${marker}\n${body}` });
    await github.comment(comment('three'));
    expect(bodies(fake, 1)).toEqual([
      expect.stringMatching(/^Replaced by \[a newer one\]\(https:/),
      `${marker}\nthree`,
    ]);
  });

  it('is written once though the answer to writing it is lost', async () => {
    const { fake, github } = await world();
    fake.troubles.push({ times: 1, matches: /^POST .*comments/, status: 502, isDone: true });
    await github.comment(comment('once'));
    expect(bodies(fake, 1)).toEqual([`${marker}\nonce`]);
  });

  it('that is written twice, because a replica did not know of the first, is one again with the next run', async () => {
    const { fake, github } = await world();
    await github.comment(comment('first'));
    fake.knobs.hidesNewest = 1;
    await github.comment(comment('second'));
    expect(bodies(fake, 1)).toEqual([`${marker}\nfirst`, `${marker}\nsecond`]);
    fake.knobs.hidesNewest = 0;
    await github.comment(comment('third'));
    expect(bodies(fake, 1)).toEqual([expect.stringMatching(/^Replaced by/), `${marker}\nthird`]);
  });

  it('is cut at the end of a line where GitHub would refuse it, and says so', async () => {
    const { fake, github } = await world();
    await github.comment(comment('äöü — a line of text\n'.repeat(5_000)));
    const [body = ''] = bodies(fake, 1);
    expect(Buffer.byteLength(body)).toBeLessThanOrEqual(65_000);
    expect(body.split('\n').slice(-4)).toEqual(['äöü — a line of text', '', expect.stringMatching(/^… cut here/), '']);
  });

  it('is found again by a person’s token, and by an app’s', async () => {
    for (const login of ['kim', 'helper[bot]']) {
      const fake = await openFakeGitHub({ 'a.md': 'a' });
      addAccount(fake, { login: 'kim' });
      addAccount(fake, { login: 'helper[bot]', type: 'Bot' });
      propose(fake, { author: 'kim', files: { 'a.md': 'b' } });
      const { github } = await openAs(fake, login);
      await github.comment(comment('first'));
      await github.comment(comment('second'));
      expect(bodies(fake, 1)).toEqual([`${marker}\nsecond`]);
    }
  });
});

describe('the check', () => {
  const checkOf = (fake: FakeGitHub, more: Partial<Check> = {}): Check => ({
    name: 'proviso',
    commit: fake.pulls.get(1)?.head ?? '',
    conclusion: 'failure',
    title: '120 problems',
    summary: 'See below.',
    annotations: Array.from({ length: 120 }, (_, index) => ({
      path: 'customers/acme.yaml',
      startLine: index + 1,
      endLine: index + 1,
      startColumn: 3,
      endColumn: 7,
      level: 'failure' as const,
      title: 'unknown-plan',
      message: `problem ${index}`,
    })),
    ...more,
  });

  it('carries every annotation, fifty a request', async () => {
    const { fake, github } = await world();
    expect(await github.check(checkOf(fake))).toBe('check');
    const [run] = fake.checks;
    expect(fake.checks).toHaveLength(1);
    expect(run).toMatchObject({ name: 'proviso', status: 'completed', conclusion: 'failure', title: '120 problems' });
    expect(run?.annotations.map(({ message }) => message)).toEqual(
      checkOf(fake).annotations.map(({ message }) => message),
    );
    expect(written(fake).filter((one) => one.includes('check-runs'))).toHaveLength(4);
  });

  it('is not written again while it says the same, and is a new run when it does not', async () => {
    const { fake, github } = await world();
    await github.check(checkOf(fake));
    const before = written(fake).length;
    await github.check(checkOf(fake));
    expect(written(fake)).toHaveLength(before);
    await github.check(checkOf(fake, { conclusion: 'success', title: 'approved', annotations: [] }));
    expect(fake.checks.map(({ conclusion, annotations }) => [conclusion, annotations.length])).toEqual([
      ['failure', 120],
      ['success', 0],
    ]);
  });

  it('is finished by the next run where one was cut short', async () => {
    const { fake, github } = await world();
    fake.troubles.push({ times: 9, matches: /^PATCH .*check-runs/, status: 500 });
    await expect(github.check(checkOf(fake))).rejects.toThrow('GitHub failed (500)');
    fake.troubles.length = 0;
    await github.check(checkOf(fake));
    expect(fake.checks.at(-1)).toMatchObject({ status: 'completed', conclusion: 'failure' });
  });

  it('is a commit status for a person’s token, once', async () => {
    const { fake, github } = await world('kim');
    const waiting = checkOf(fake, { conclusion: 'action_required', title: 'x'.repeat(300) });
    expect(await github.check(waiting)).toBe('status');
    await github.check(waiting);
    expect(fake.statuses.map(({ context, state, description }) => [context, state, description?.length])).toEqual([
      ['proviso', 'pending', 140],
    ]);
    await github.check(checkOf(fake, { conclusion: 'success', title: 'approved' }));
    expect(fake.statuses.map(({ state }) => state)).toEqual(['pending', 'success']);
  });

  it('does not become a status because GitHub is out of breath', async () => {
    const { fake, github } = await world();
    fake.troubles.push({
      times: 99,
      matches: /check-runs/,
      status: 403,
      message: 'You have exceeded a secondary rate limit',
    });
    await expect(github.check(checkOf(fake))).rejects.toThrow('no more requests for now');
    expect(fake.statuses).toEqual([]);
  });
});

describe('labels and reviewers', () => {
  it('touch only labels of ours', async () => {
    const { fake, pull, github } = await world();
    pull.labels.push('bug', 'proviso/old', 'proviso/needs: a b');
    await github.label(1, ['proviso/needs: a b', 'proviso/blocked', 'someone-elses']);
    expect(pull.labels).toEqual(['bug', 'proviso/needs: a b', 'proviso/blocked']);
    await github.label(1, []);
    expect(pull.labels).toEqual(['bug']);
    expect(written(fake).at(-1)).toBe('DELETE /repos/acme/terms/issues/1/labels/proviso%2Fblocked');
  });

  it('ask whom nobody has asked, leave out the author, and go on past those GitHub does not take', async () => {
    const { fake, pull, github } = await world();
    await github.ask(1, ['kim']);
    expect(await github.ask(1, ['KIM', 'sam', 'stranger', 'ola'])).toEqual(['ola']);
    expect(pull.asked.map(({ login }) => login)).toEqual(['kim', 'ola']);
    expect(written(fake).filter((one) => one.includes('requested_reviewers'))).toHaveLength(3);
  });
});

describe('issues, deployments and proposals', () => {
  it('keep one open issue', async () => {
    const { fake, github } = await world();
    const issue = { marker: '<!-- proviso-agenda:v1 -->', title: 'This week', labels: ['proviso/agenda'] };
    expect(await github.issue({ ...issue, body: 'one' })).toMatchObject({ number: 2, did: 'created' });
    expect(await github.issue({ ...issue, body: 'two' })).toMatchObject({ number: 2, did: 'updated' });
    const [first] = fake.issues.values();
    if (first) first.state = 'closed';
    expect(await github.issue({ ...issue, body: 'three' })).toMatchObject({ number: 3, did: 'created' });
    expect([...fake.issues.values()].map(({ body, state }) => [body.split('\n')[1], state])).toEqual([
      ['two', 'closed'],
      ['three', 'open'],
    ]);
  });

  it('use the deployment that is there, or make one', async () => {
    const { fake, github } = await world();
    const about = { commit: tipOf(fake, 'main'), environment: 'production' };
    await github.deployment({ ...about, state: 'success', description: 'release 4', payload: { release: 4 } });
    await github.deployment({ ...about, state: 'failure', description: 'refused' });
    expect(fake.deployments).toEqual([
      expect.objectContaining({
        ...about,
        payload: { release: 4 },
        statuses: [
          expect.objectContaining({ state: 'success', description: 'release 4' }),
          expect.objectContaining({ state: 'failure', description: 'refused' }),
        ],
      }),
    ]);
  });

  it('propose a change in a pull request, and write it anew in the same one until people have worked on it', async () => {
    const { fake, github } = await world();
    const change = {
      branch: 'proviso/request-7',
      base: 'main',
      parent: tipOf(fake, 'main'),
      message: 'Record exception EX-0001',
      title: 'Record exception EX-0001',
      body: 'From #7.',
    };
    const files = (content: string) => [{ path: 'customers/acme.yaml', content }];
    expect(await github.propose({ ...change, files: files('one\n') })).toMatchObject({ number: 2, did: 'created' });
    expect(await github.propose({ ...change, files: files('two\n') })).toMatchObject({ number: 2, did: 'updated' });
    const shown = () => gitAt(fake.git, 'show', 'proviso/request-7:customers/acme.yaml');
    expect(shown()).toBe('two');
    const { headRef } = propose(fake, { author: 'sam', files: {} });
    expect(headRef).toBe('change-3');
    const { makeCommit, pushTo } = await import('../../../github/fake/acts.ts');
    const [sam] = fake.users.filter(({ login }) => login === 'sam');
    if (!sam) throw new Error('sam is there');
    const parents = [tipOf(fake, 'proviso/request-7')];
    pushTo(
      fake,
      'proviso/request-7',
      makeCommit(fake, { parents, author: sam, files: { 'customers/acme.yaml': 'by hand\n' } }),
      sam,
    );
    expect(await github.propose({ ...change, files: files('three\n') })).toMatchObject({ number: 2, did: 'nothing' });
    expect(shown()).toBe('by hand');
  });
});

describe('trouble', () => {
  it('that passes is waited for: backoff after outages, as long as GitHub says after limits', async () => {
    const { fake, github, slept } = await world();
    fake.troubles.push({ times: 3, matches: /pulls\/1$/, status: 502 });
    await github.pullRequest(1);
    fake.troubles.push({ times: 1, matches: /pulls\/1$/, status: 429, headers: { 'retry-after': '17' } });
    await github.pullRequest(1);
    const reset = String(Math.floor(fake.clock / 1_000) + 60);
    const spent = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset };
    fake.troubles.push({ times: 1, matches: /pulls\/1$/, status: 403, headers: spent });
    await github.pullRequest(1);
    expect(slept.slice(0, 4)).toEqual([1_000, 2_000, 4_000, 17_000]);
    expect(slept).toHaveLength(5);
    expect(slept[4]).toBeGreaterThan(0);
  });

  it('that lasts ends the work with what GitHub said, after five tries', async () => {
    const { fake, github } = await world();
    fake.troubles.push({ times: 99, matches: /./, status: 503, message: 'Unicorn!' });
    await expect(github.pullRequest(1)).rejects.toMatchObject({
      name: 'GitHubError',
      message: 'GitHub failed (503): Unicorn!',
    });
    expect(fake.requests).toHaveLength(5);
  });

  it('is not waited for where a limit lasts longer than a job may', async () => {
    const { fake, github, slept } = await world();
    fake.troubles.push({ times: 1, matches: /./, status: 429, headers: { 'retry-after': '3600' } });
    await expect(github.pullRequest(1)).rejects.toMatchObject({ isTransient: true });
    expect(slept).toEqual([]);
  });

  it('with rights and names is told with what to do', async () => {
    const { fake, github } = await world();
    await expect(github.pullRequest(99)).rejects.toMatchObject({
      status: 404,
      help: expect.stringContaining('not there'),
    });
    const needs = { 'x-accepted-github-permissions': 'pull_requests=write' };
    fake.troubles.push({ times: 1, matches: /./, status: 403, headers: needs, message: 'Resource not accessible' });
    await expect(github.pullRequest(1)).rejects.toMatchObject({ help: expect.stringContaining('pull_requests=write') });
  });

  it('never tells the token, even where GitHub repeats it', async () => {
    const { fake, github } = await world();
    const token = fake.tokenFor('github-actions[bot]');
    fake.troubles.push({ times: 1, matches: /./, status: 403, message: `no rights for ${token}` });
    const error = await github.pullRequest(1).catch((caught: unknown) => caught);
    expect(JSON.stringify([error, String(error), (error as Error).stack])).not.toContain(token);
    expect(String(error)).toContain('***');
  });

  it('ends the work where nobody answers', async () => {
    const { fake } = await world();
    const { openGitHub } = await import('../../../../engine/io/github/open-github.ts');
    const pace = { now: () => 0, sleep: async () => undefined };
    const access = { token: fake.tokenFor('kim'), repository: 'acme/terms', baseUrl: 'http://127.0.0.1:1', pace };
    await expect((await openGitHub(access)).pullRequest(1)).rejects.toThrow('GitHub cannot be reached');
    await expect(openGitHub({ ...access, repository: 'acme' })).rejects.toThrow('not a repository of GitHub');
    await expect(openGitHub({ ...access, token: '' })).rejects.toThrow('empty');
  });
});
