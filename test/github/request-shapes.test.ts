import { simulation } from '@simulacrum/github-api-simulator';
import { expect, it, onTestFinished } from 'vitest';
import { freePort } from '../fixtures/servers/server.ts';
import { addAccount, propose, tipOf } from './fake/acts.ts';
import { openFakeGitHub } from './fake/open-fake-github.ts';
import { openAs } from './open-as.ts';

/** A server that knows GitHub's published description of its interface and refuses every request that does not fit it. */
async function oracle(): Promise<string> {
  const port = await freePort();
  const listening = await simulation().listen(port, () => undefined);
  onTestFinished(async () => {
    await listening.ensureClose();
  });
  return `http://localhost:${port}`;
}

interface Sent {
  method: string;
  path: string;
  body: string;
}

const send = async (url: string, { method, path, body }: Sent): Promise<number> => {
  const headers = { authorization: 'token x', 'content-type': 'application/json' };
  return (await fetch(`${url}${path}`, { method, headers, ...(body !== '' && { body }) })).status;
};

it('everything that is written to GitHub has the shape GitHub publishes', { timeout: 60_000 }, async () => {
  const fake = await openFakeGitHub({ 'customers/acme.yaml': 'name: Acme\n' });
  for (const login of ['sam', 'kim']) addAccount(fake, { login });
  const pull = propose(fake, { author: 'sam', files: { 'customers/acme.yaml': 'name: Acme Ltd\n' } });
  const { github } = await openAs(fake);
  const marker = '<!-- proviso-report:v1 -->';
  for (const body of ['one', 'two']) await github.comment({ number: 1, marker, body });
  const annotations = Array.from({ length: 60 }, (_, index) => ({
    path: 'customers/acme.yaml',
    startLine: index + 1,
    endLine: index + 1,
    startColumn: 1,
    endColumn: 4,
    level: 'warning' as const,
    title: 'rule',
    message: 'message',
  }));
  const check = {
    name: 'proviso',
    commit: pull.head,
    title: 't',
    summary: 's',
    annotations,
    url: 'https://github.example/x',
  };
  for (const conclusion of ['failure', 'action_required', 'success', 'neutral'] as const)
    await github.check({ ...check, conclusion });
  await (await openAs(fake, 'kim')).github.check({ ...check, conclusion: 'action_required' });
  await github.label(1, ['proviso/blocked']);
  await github.label(1, []);
  await github.ask(1, ['kim']);
  for (const body of ['one', 'two'])
    await github.issue({ marker, title: 'This week', body, labels: ['proviso/agenda'] });
  const deployment = { commit: tipOf(fake, 'main'), environment: 'production', description: 'release 4' };
  await github.deployment({
    ...deployment,
    state: 'success',
    payload: { release: 4, previous: null },
    logUrl: 'https://github.example/run',
  });
  await github.deployment({ ...deployment, state: 'failure' });
  const change = {
    branch: 'proviso/request-2',
    base: 'main',
    parent: tipOf(fake, 'main'),
    message: 'm',
    title: 't',
    body: 'b',
  };
  for (const content of ['one', 'two']) await github.propose({ ...change, files: [{ path: 'a.txt', content }] });

  const writes = fake.requests.filter(({ method, path }) => method !== 'GET' && path !== '/graphql');
  const kinds = new Set(
    writes.map(({ method, path }) => `${method} ${decodeURIComponent(path).replace(/[0-9a-f]{40}|\d+/g, '…')}`),
  );
  expect([...kinds].sort()).toEqual([
    'DELETE /repos/acme/terms/issues/…/labels/proviso/blocked',
    'PATCH /repos/acme/terms/check-runs/…',
    'PATCH /repos/acme/terms/git/refs/heads/proviso/request-…',
    'PATCH /repos/acme/terms/issues/comments/…',
    'PATCH /repos/acme/terms/issues/…',
    'PATCH /repos/acme/terms/pulls/…',
    'POST /repos/acme/terms/check-runs',
    'POST /repos/acme/terms/deployments',
    'POST /repos/acme/terms/deployments/…/statuses',
    'POST /repos/acme/terms/git/commits',
    'POST /repos/acme/terms/git/refs',
    'POST /repos/acme/terms/git/trees',
    'POST /repos/acme/terms/issues',
    'POST /repos/acme/terms/issues/…/comments',
    'POST /repos/acme/terms/issues/…/labels',
    'POST /repos/acme/terms/pulls',
    'POST /repos/acme/terms/pulls/…/requested_reviewers',
    'POST /repos/acme/terms/statuses/…',
  ]);
  const url = await oracle();
  const refused: unknown[] = [];
  // The oracle cannot read GitHub's own description of these two (an older dialect of JSON Schema), and answers 500 to anything.
  for (const write of writes.filter(({ path }) => !/\/issues(\/\d+)?$/.test(path))) {
    const status = await send(url, write);
    if (status >= 300) refused.push([status, write.method, write.path, write.body]);
  }
  expect(refused).toEqual([]);
  const wrong: Sent[] = [
    {
      method: 'POST',
      path: '/repos/acme/terms/check-runs',
      body: '{"name":"x","head_sha":"y","status":"completed","conclusion":"great"}',
    },
    { method: 'POST', path: '/repos/acme/terms/deployments', body: '{"environment":"production"}' },
    { method: 'POST', path: '/repos/acme/terms/statuses/x', body: '{"state":"great"}' },
  ];
  for (const one of wrong) expect(await send(url, one)).toBeGreaterThanOrEqual(400);
});
