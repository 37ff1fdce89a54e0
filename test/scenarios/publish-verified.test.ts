import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Evidence } from '../../engine/verify/evidence.ts';
import { decodeHead, type HeadPayload } from '../../runtime/snapshot/head.ts';
import { parseObject, sha256 } from '../../runtime/snapshot/object.ts';
import { openStore } from '../../runtime/stores/registry.ts';
import { plan, withSeats } from '../fixtures/verify/published-files.ts';
import { companyOnGitHub, type OnGitHub, policies } from '../github/company-on-github.ts';
import { merge, propose, pushDirectly, review } from '../github/fake/acts.ts';
import { findUser } from '../github/fake/host.ts';
import { git, temporaryFolder } from '../temporary-repository.ts';

const acme = 'customers/acme.yaml';
const environments = (production: string): string =>
  `language: 1\nenvironments:\n  local: { verify: none }\n  production: { signed: false, ${production} }\n`;

interface Company extends OnGitHub {
  publish(...argv: string[]): Promise<Record<string, unknown> & { exitCode: number }>;
  head(): Promise<HeadPayload & { object?: Uint8Array }>;
  change(files: Readonly<Record<string, string>>, approvals?: readonly { by: string; body?: string }[]): string;
  push(files: Readonly<Record<string, string>>): string;
}

/** A company whose production is published from GitHub's main alone, with its first release in force. */
async function company(
  production = 'store: "file:./.proviso/production", verify: github',
  first = true,
  files: Readonly<Record<string, string>> = {},
): Promise<Company> {
  const made = await companyOnGitHub({
    ...policies,
    'plans/studio@1.yaml': plan,
    [acme]: withSeats(6),
    'customers/bolt.yaml': 'name: Bolt\nplan: studio@1\n',
    'policies/publish.yaml': environments(production),
    ...files,
  });
  const { fake, clone } = made;
  const whole: Company = {
    ...made,
    async publish(...argv) {
      git(clone, 'fetch', '--quiet', 'origin');
      const words = ['publish', '--env', 'production', '--commit', 'origin/main', '--format', 'json', ...argv];
      const { exitCode, stdout } = await made.run(words);
      return { exitCode, ...(JSON.parse(stdout) as object) };
    },
    async head() {
      const store = await openStore('file:./.proviso/production', clone);
      const at = await store.getHead('production', 'stable');
      const { payload } = decodeHead(at?.envelope as Uint8Array);
      const object = (await store.get([payload.evidence])).get(payload.evidence);
      await store.close();
      return { ...payload, ...(object && { object }) };
    },
    change(files, approvals = []) {
      const pull = propose(fake, { author: 'sam', files });
      for (const { by, body = 'fine' } of approvals) review(fake, pull.number, findUser(fake, by), 'APPROVED', body);
      return merge(fake, pull.number, 'squash', findUser(fake, 'sam')) as string;
    },
    push: (files) => pushDirectly(fake, 'main', findUser(fake, 'sam'), files),
  };
  if (first) expect(await whole.publish()).toMatchObject({ exitCode: 0, outcome: 'published', release: 1 });
  return whole;
}

describe('publishing to an environment that verifies approvals on GitHub', () => {
  it('begins with nothing to be held against, and says so', async () => {
    const { head } = await company();
    expect(await head()).toMatchObject({ n: 1, evidence: 'bootstrap' });
  });

  it('leaves what was approved, by whom, as an object that the head names', async () => {
    const { change, publish, head, fake } = await company();
    const { commit: first } = await head();
    const one = change({ [acme]: withSeats(8) });
    const two = change({ [acme]: withSeats(60) }, [{ by: 'kim' }]);
    const result = await publish();
    const { evidence, object, n } = await head();
    const pulls = [...fake.pulls.values()];
    const expected: Evidence = {
      v: 1,
      kind: 'evidence',
      repo: 'acme/terms',
      env: 'production',
      channel: 'stable',
      verify: 'github',
      from: first,
      to: two,
      commits: [
        { commit: one, pull: 1, classes: {} },
        {
          commit: two,
          pull: 2,
          classes: {
            product: {
              subject: expect.stringMatching(/^[0-9a-f]{64}$/) as unknown as string,
              reviews: [pulls[1]?.reviews[0]?.id as number],
              users: [1002],
            },
          },
        },
      ],
    };
    expect(n).toBe(2);
    expect(sha256(object as Uint8Array)).toBe(evidence);
    expect(parseObject(evidence, object as Uint8Array)).toEqual(expected);
    expect(result).toMatchObject({ exitCode: 0, outcome: 'published', release: 2, evidence: expected });
  });

  it('says without writing what would be published and who approved it', async () => {
    const { change, run, clone, head } = await company();
    const commit = change({ [acme]: withSeats(60) }, [{ by: 'kim' }]);
    git(clone, 'fetch', '--quiet', 'origin');
    const words = ['publish', '--env', 'production', '--commit', 'origin/main', '--dry-run'];
    const { exitCode, stdout } = await run(words);
    expect([exitCode, stdout.split('\n').slice(0, 2)]).toEqual([
      0,
      [
        `${commit.slice(0, 12)} #1 Change terms (#1): approved: Product by kim`,
        expect.stringMatching(/^Nothing was written\. Release 2 would be commit /),
      ],
    ]);
    expect(await head()).toMatchObject({ n: 1 });
    expect(await run([...words, '--format', 'json'])).toMatchObject({
      stdout: expect.stringContaining('"outcome":"planned"'),
    });
  });

  it('stops at a push, names it and the ways out, and goes on when it was taken back', async () => {
    const { change, push, publish, head } = await company();
    change({ 'customers/bolt.yaml': 'name: Bolt\nplan: studio@1\nquantities: { seats: 7 }\n' });
    const commit = push({ [acme]: withSeats(7) });
    const refusal = await publish();
    expect(refusal).toEqual({
      exitCode: 1,
      outcome: 'refused',
      reason: 'unapproved',
      message: `commit ${commit.slice(0, 12)} of sam <sam@people.example>, "Change terms", was pushed without a pull request`,
      help: `revert it with a pull request (git revert ${commit.slice(0, 12)}); or merge a pull request whose description says \`ratify ${commit}\`; a root key cannot override this before there are keys`,
      commits: [
        {
          commit,
          author: 'sam <sam@people.example>',
          title: 'Change terms',
          because: ['was pushed without a pull request'],
          subjects: {},
        },
      ],
      diagnostics: [],
    });
    expect(await head()).toMatchObject({ n: 1 });
    change({ [acme]: withSeats(6) });
    expect(await publish()).toMatchObject({ exitCode: 0, release: 2 });
  });

  it('counts nothing that was said after the merge', async () => {
    const { change, publish, fake } = await company();
    change({ [acme]: withSeats(60) });
    review(fake, 1, findUser(fake, 'kim'), 'APPROVED', 'late');
    expect(await publish()).toMatchObject({ exitCode: 1, reason: 'unapproved' });
  });

  it('judges a change of its own rules by the rules that are published', async () => {
    const { change, push, publish, head } = await company();
    push({ 'policies/publish.yaml': environments('store: "file:./.proviso/production", verify: none') });
    change({ [acme]: withSeats(60) });
    expect(await publish()).toMatchObject({ exitCode: 1, reason: 'unapproved' });
    expect(await head()).toMatchObject({ n: 1 });
  });

  it('needs the whole history', async () => {
    const { change, run, fake, clone } = await company();
    change({ [acme]: withSeats(8) });
    const folder = join(temporaryFolder(), 'shallow');
    git(fake.git, 'clone', '--quiet', '--depth', '2', `file://${fake.git}`, folder);
    git(folder, 'config', 'remote.origin.url', 'https://github.example/acme/terms.git');
    const words = ['publish', '--env', 'production', '--store', `file:${join(clone, '.proviso/production')}`];
    const { exitCode, stderr } = await run(words, undefined, { folder });
    expect([exitCode, stderr]).toEqual([
      2,
      'proviso: this clone is shallow, and approvals are verified over the whole history\n' +
        '  help: fetch all of it: git fetch --unshallow (in a workflow: actions/checkout with fetch-depth: 0)\n',
    ]);
  });

  it('tells GitHub, in a workflow, what came of it; and publishes all the same where that fails', async () => {
    const { change, push, run, clone, fake, variablesOf, head } = await company();
    const inWorkflow = async () => {
      git(clone, 'fetch', '--quiet', 'origin');
      const variables = { ...variablesOf(), GITHUB_ACTIONS: 'true' };
      const words = ['publish', '--env', 'production', '--commit', 'origin/main', '--format', 'text'];
      return run(words, undefined, { variables });
    };
    change({ [acme]: withSeats(8) });
    expect(await inWorkflow()).toMatchObject({ exitCode: 0 });
    expect(fake.pulls.get(1)?.comments.map(({ body }) => body)).toEqual([expect.stringContaining('release 2')]);
    change({ [acme]: withSeats(9) });
    fake.troubles.push({ times: 9, matches: /deployments/, status: 403, message: 'Resource not accessible' });
    expect(await inWorkflow()).toMatchObject({ exitCode: 0, stderr: expect.stringContaining('GitHub was not told: ') });
    expect(await head()).toMatchObject({ n: 3 });
    fake.troubles.length = 0;
    push({ [acme]: withSeats(10) });
    expect(await inWorkflow()).toMatchObject({ exitCode: 1 });
    expect([...fake.issues.values()].map(({ body }) => body)).toEqual([
      expect.stringContaining('was pushed without a pull request'),
    ]);
  });

  it('publishes nothing and says so with exit code 3 when GitHub does not answer', async () => {
    const { change, publish, head, fake } = await company();
    change({ [acme]: withSeats(60) }, [{ by: 'kim' }]);
    const asked = [/\/reviews/, /\/commits\/[0-9a-f]+\/pulls/, /\/commits\/[0-9a-f]+$/, /\/repos\/acme\/terms$/];
    for (const matches of asked) {
      fake.troubles.push({ times: 1, matches, status: 401, message: 'Bad credentials' });
      expect(await publish()).toMatchObject({ exitCode: 3, error: { kind: 'github' } });
      fake.troubles.length = 0;
    }
    expect(await head()).toMatchObject({ n: 1 });
    expect(await publish()).toMatchObject({ exitCode: 0, release: 2 });
  });
});

describe('how many customers an environment takes at once', () => {
  it('is more only where the change was approved as that', async () => {
    const { change, publish } = await company(
      'store: "file:./.proviso/production", verify: none, blast: { customers: 1 }',
    );
    change({ [acme]: withSeats(7) });
    expect(await publish()).toMatchObject({ exitCode: 0, release: 2 });
    change({ 'plans/studio@1.yaml': plan.replace('settings: { seats: 5 }', 'settings: { seats: 5, sso: true }') });
    expect(await publish()).toMatchObject({
      exitCode: 1,
      reason: 'blast',
      message: 'this release changes 2 customers at once; this environment takes 1',
    });
  });

  it('and for whom nobody said so, also where another commit of the release was approved as that', async () => {
    const seats = (id: string, count: number) => ({ [`customers/${id}.yaml`]: withSeats(count).replace('Acme', id) });
    const { change, publish } = await company(
      'store: "file:./.proviso/production", verify: github, blast: { customers: 1 }',
      true,
      {
        'policies/approvals.yaml': `${policies['policies/approvals.yaml'].replace('classes:', 'classes:\n  bulk: { needs: 1 }')}  - { when: { customers: { above: 1 } }, class: bulk, because: many at once }\n`,
        'policies/approvers.yaml': policies['policies/approvers.yaml'].replace('[product', '[bulk, product'),
        ...seats('coil', 6),
        ...seats('dyno', 6),
      },
    );
    change({ ...seats('coil', 7), ...seats('dyno', 7) }, [{ by: 'kim' }]);
    change({ [acme]: withSeats(7) });
    expect(await publish()).toMatchObject({ exitCode: 0, release: 2 });
    change({ ...seats('coil', 8) });
    expect(await publish()).toMatchObject({
      exitCode: 1,
      reason: 'blast',
      message: 'with those of the last 24 hours this release changes 2 customers at once; this environment takes 1',
    });
  });
});
