import { describe, expect, it } from 'vitest';
import { companyOnGitHub, policies } from '../github/company-on-github.ts';
import { makeCommit, openPull, propose, pushDirectly, pushTo, review, tipOf } from '../github/fake/acts.ts';
import { findPull, findUser } from '../github/fake/host.ts';
import { gitAt } from '../github/fake/objects.ts';
import { SECRET } from '../github/fake/open-fake-github.ts';
import { checkOf, kimOf, opened, reportOf, reviewIt, seats } from '../github/opened-pull.ts';
import { git } from '../temporary-repository.ts';

describe('a pull request', () => {
  it('gets a report, a check, labels and reviewers, and exit code 0 though approvals are missing', async () => {
    const on = await opened(seats(60));
    const { exitCode, stdout } = await reviewIt(on);
    expect([exitCode, checkOf(on)]).toEqual([0, ['action_required', 'needs approval of Product']]);
    expect(reportOf(on)).toEqual([expect.stringContaining('<!-- proviso-report:v1 -->\n')]);
    expect(on.pull.labels).toEqual(['proviso/needs-product']);
    expect(on.pull.asked.map(({ login }) => login)).toEqual(['kim', 'ola']);
    expect(stdout).toContain('#1 Change terms: needs approval of Product\n');
    expect(stdout).toContain('asked kim, ola for a review');
  });

  it('is brought up to date by the approval, and nothing is said twice', async () => {
    const on = await opened(seats(60));
    await reviewIt(on);
    review(on.fake, 1, kimOf(on), 'APPROVED', 'Fine.');
    await reviewIt(on);
    expect(checkOf(on)).toEqual(['success', 'approved']);
    expect(on.pull.labels).toEqual(['proviso/approved']);
    const writes = () => on.fake.requests.filter(({ method, path }) => method !== 'GET' && path !== '/graphql').length;
    const before = writes();
    await reviewIt(on);
    expect([reportOf(on).length, writes()]).toEqual([1, before]);
  });

  it('that changes nothing of note needs no approval', async () => {
    const on = await opened({ 'customers/acme.yaml': 'name: Acme Ltd\nplan: studio@1\n' });
    await reviewIt(on);
    expect([checkOf(on), on.pull.labels]).toEqual([['success', 'needs no approval'], []]);
  });

  it('with a mistake is blocked, and the mistake is shown at its line', async () => {
    const on = await opened({ 'customers/acme.yaml': 'name: Acme\nplan: studoi@1\n' });
    expect((await reviewIt(on)).exitCode).toBe(1);
    expect(checkOf(on)).toEqual(['failure', 'blocked: 1 error']);
    expect(on.fake.checks.at(-1)?.annotations[0]).toMatchObject({
      path: 'customers/acme.yaml',
      start_line: 2,
      annotation_level: 'failure',
      title: 'unknown-plan',
    });
    expect([on.pull.labels, on.pull.asked]).toEqual([['proviso/blocked'], []]);
  });

  it('whose policies cannot be read is blocked, and judged by those of the base', async () => {
    const on = await opened({ 'policies/approvals.yaml': 'classes: [\n', ...seats(60) });
    expect((await reviewIt(on)).exitCode).toBe(1);
    expect(on.fake.checks.at(-1)?.annotations[0]?.path).toBe('policies/approvals.yaml');
    expect(reportOf(on)[0]).toContain('yaml-syntax');
  });

  it('that weakens the policy is held against the one of the base', async () => {
    const lax = 'classes: { product: { needs: 1 } }\nlines: []\n';
    const people = 'people:\n  - { id: 1001, login: sam, classes: [product, machinery] }\n';
    const on = await opened({ 'policies/approvals.yaml': lax, 'policies/approvers.yaml': people, ...seats(60) });
    review(on.fake, 1, findUser(on.fake, 'sam'), 'APPROVED');
    await reviewIt(on);
    expect(checkOf(on)?.[0]).toBe('failure');
    expect(reportOf(on)[0]?.match(/(?<=### )Approval by .*/g)).toEqual([
      'Approval by machinery: waits for kim',
      'Approval by Product: waits for kim or ola',
    ]);
  });

  it('that contradicts the base is red, and says so', async () => {
    const on = await opened(seats(60));
    pushDirectly(on.fake, 'main', kimOf(on), {
      'customers/acme.yaml': 'name: Acme Ltd\nplan: studio@1\nsupport: {}\n',
    });
    expect((await reviewIt(on)).exitCode).toBe(1);
    expect(checkOf(on)?.[0]).toBe('failure');
    expect(reportOf(on)[0]).toContain('contradict each other');
  });

  it('is compared with the tip of the base, so what came since is not taken for a part of it', async () => {
    const on = await opened({ 'customers/new.yaml': 'name: New\nplan: studio@1\n' });
    pushDirectly(on.fake, 'main', kimOf(on), seats(60));
    await reviewIt(on);
    expect(checkOf(on)).toEqual(['success', 'needs no approval']);
  });

  it('is printed and left alone under --dry-run', async () => {
    const on = await opened(seats(60));
    const { exitCode, stdout } = await reviewIt(on, '--dry-run');
    expect(exitCode).toBe(0);
    expect(stdout).toContain('Nothing was written (--dry-run).');
    expect([reportOf(on), on.fake.checks, on.pull.labels]).toEqual([[], [], []]);
  });

  it('of a person’s token gets a commit status', async () => {
    const on = await opened(seats(60));
    await on.run(['review', '--pull', '1'], 'ola');
    expect(on.fake.statuses.map(({ context, state }) => [context, state])).toEqual([['proviso', 'pending']]);
  });

  it('is found by its head, as a workflow after a review knows it; a closed one is left alone', async () => {
    const on = await opened(seats(60));
    const { head, mergeCommit } = on.pull;
    expect((await on.run(['review', '--head', head])).stdout).toContain('#1 Change terms');
    expect((await on.run(['review', '--head', mergeCommit ?? ''])).stdout).toContain('#1 Change terms');
    expect((await on.run(['review', '--head', '0'.repeat(40)])).stdout).toBe(
      `No open pull request ends in ${'0'.repeat(40)}.\n`,
    );
    on.pull.state = 'closed';
    expect((await reviewIt(on)).stdout).toContain('is closed');
  });

  it('for a branch with rules of its own gives no check, which would hold for the one into main as well', async () => {
    const on = await opened(seats(60));
    const { fake, pull } = on;
    const sam = findUser(fake, 'sam');
    pushTo(
      fake,
      'lax',
      makeCommit(fake, {
        parents: [tipOf(fake, 'main')],
        author: sam,
        files: { 'policies/approvals.yaml': policies['policies/approvals.yaml'].replace(/lines:[^]*/, 'lines: []\n') },
      }),
      sam,
    );
    openPull(fake, { author: sam, headRef: pull.headRef, base: 'lax' });
    expect((await on.run(['review', '--pull', '2'])).stdout).toContain('needs no approval');
    expect([fake.checks, fake.statuses, findPull(fake, 2).labels, findPull(fake, 2).asked]).toEqual([[], [], [], []]);
    expect(findPull(fake, 2).comments[0]?.body).toContain('This is for `lax`, from which nothing is published');
    await on.run(['review', '--head', pull.head]);
    expect(fake.checks.map(({ conclusion }) => conclusion)).toEqual(['action_required']);
  });

  it('may lie in a folder of a larger repository', async () => {
    const on = await companyOnGitHub();
    const { fake, clone } = on;
    const inside = Object.fromEntries(
      gitAt(fake.git, 'ls-tree', '-r', '--name-only', 'main')
        .split('\n')
        .flatMap((path) => {
          const content = `${gitAt(fake.git, 'show', `main:${path}`)}\n`;
          return [
            [path, null],
            [`terms/${path}`, content],
          ];
        }),
    );
    pushDirectly(fake, 'main', kimOf(on), inside);
    git(clone, 'pull', '--quiet', 'origin', 'main');
    propose(fake, { author: 'sam', files: { 'terms/customers/acme.yaml': 'name: Acme\nplan: studoi@1\n' } });
    const { exitCode } = await on.run(['review', '--pull', '1', '--root', 'terms']);
    expect(exitCode).toBe(1);
    expect(fake.checks.at(-1)?.annotations[0]?.path).toBe('terms/customers/acme.yaml');
  });
});

describe('what cannot be done', () => {
  it('is said without a token in it', async () => {
    const on = await opened(seats(60));
    const runs = [
      await on.run(['review']),
      await on.run(['review', '--pull', 'x']),
      await on.run(['review', '--head', 'main']),
      await on.run(['review', '--pull', '1'], undefined, { variables: {} }),
      await on.run(['review', '--pull', '9']),
    ];
    on.fake.troubles.push({ times: 1, matches: /./, status: 401, message: 'Bad credentials' });
    runs.push(await on.run(['review', '--pull', '1', '--format', 'json']));
    expect(runs.map(({ exitCode }) => exitCode)).toEqual([2, 2, 2, 2, 3, 3]);
    expect(runs[4]?.stderr).toContain('GitHub refused (404)');
    expect(JSON.parse(runs[5]?.stdout ?? '')).toMatchObject({ error: { kind: 'github' } });
    for (const { stdout, stderr } of runs) expect(stdout + stderr).not.toContain(SECRET);
  });
});
