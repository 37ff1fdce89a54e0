import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { companyOnGitHub, type OnGitHub } from '../github/company-on-github.ts';
import { addAccount, makeCommit, pushTo, tipOf } from '../github/fake/acts.ts';
import { findUser, nextNumber } from '../github/fake/host.ts';
import { gitAt } from '../github/fake/objects.ts';
import { type Filled, fillForm, moreSeatsAsked } from '../github/fill-form.ts';

const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

async function asked(answers: Filled, from = 'sam') {
  const on = await companyOnGitHub();
  const { fake } = on;
  fake.apps.push({ id: '4711', publicKey, user: addAccount(fake, { login: 'terms-bot[bot]', type: 'Bot' }) });
  const [number, author] = [nextNumber(fake), findUser(fake, from)];
  const issue = { number, title: 'Exception: seats', body: fillForm(answers), author, state: 'open' as const };
  fake.issues.set(number, { ...issue, labels: ['exception'], comments: [], createdAt: '2026-06-01T10:00:00Z' });
  return on;
}

const withApp = ({ run, variablesOf }: OnGitHub) =>
  run(['request', '--issue', '1'], undefined, {
    variables: { ...variablesOf(), PROVISO_APP_ID: '4711', PROVISO_APP_KEY: pem },
  });
const answer = ({ fake }: OnGitHub) => fake.issues.get(1)?.comments.map(({ body }) => body) ?? [];
const fileOn = ({ fake }: OnGitHub, branch: string) => gitAt(fake.git, 'show', `${branch}:customers/acme.yaml`);

describe('a request with the form', () => {
  it('becomes a pull request of the app with the record, asked by who opened the issue', async () => {
    const on = await asked(moreSeatsAsked);
    expect(await withApp(on)).toMatchObject({ exitCode: 0, stderr: '' });
    const pull = on.fake.pulls.get(2);
    expect(pull).toMatchObject({
      title: 'Record exception EX-0001 of acme',
      headRef: 'proviso/request-1',
      base: 'main',
    });
    expect(pull?.author?.login).toBe('terms-bot[bot]');
    expect(pull?.body).toContain('Closes #1');
    const file = fileOn(on, 'proviso/request-1');
    expect(file.startsWith('name: Acme\nplan: studio@1\nexceptions:\n  - id: EX-0001\n')).toBe(true);
    expect(file).toContain('\n    askedBy: sam\n');
    expect(gitAt(on.fake.git, 'diff', '--name-only', 'main', 'proviso/request-1')).toBe('customers/acme.yaml');
    expect(answer(on)).toEqual([expect.stringContaining('https://github.example/acme/terms/pull/2')]);
    const granted = [...on.fake.tokens.values()].filter(({ kind }) => kind === 'app');
    expect(granted.map(({ permissions }) => permissions)).toEqual([{ contents: 'write', pull_requests: 'write' }]);
  });

  it('cannot be approved by who asked, though approver', async () => {
    const on = await asked(moreSeatsAsked, 'kim');
    await withApp(on);
    await on.run(['review', '--pull', '2']);
    expect(on.fake.pulls.get(2)?.asked.map(({ login }) => login)).toEqual(['ola']);
  });

  it('that is edited brings its pull request up to date, until people have worked on the branch', async () => {
    const on = await asked(moreSeatsAsked);
    await withApp(on);
    const issue = on.fake.issues.get(1);
    if (!issue) throw new Error('there is an issue');
    issue.body = fillForm({ ...moreSeatsAsked, set: 'seats=70' });
    await withApp(on);
    expect([...on.fake.pulls.keys()]).toEqual([2]);
    expect(fileOn(on, 'proviso/request-1')).toContain('seats: 70');
    const sam = findUser(on.fake, 'sam');
    const parents = [tipOf(on.fake, 'proviso/request-1')];
    pushTo(
      on.fake,
      'proviso/request-1',
      makeCommit(on.fake, { parents, author: sam, files: { 'notes.md': 'x' } }),
      sam,
    );
    issue.body = fillForm({ ...moreSeatsAsked, set: 'seats=80' });
    await withApp(on);
    expect(fileOn(on, 'proviso/request-1')).toContain('seats: 70');
    expect(answer(on)).toEqual([expect.stringContaining('People have worked on its branch')]);
  });

  it('whose text somebody else has changed is refused, and becomes no pull request where nobody can tell', async () => {
    const on = await asked(moreSeatsAsked);
    const issue = on.fake.issues.get(1);
    if (!issue) throw new Error('there is an issue');
    issue.editors = [findUser(on.fake, 'sam'), findUser(on.fake, 'kim')];
    await withApp(on);
    expect(answer(on)).toEqual([expect.stringContaining('was changed by kim, who did not open it')]);
    issue.editors = [];
    on.fake.knobs.hasNoGraphql = true;
    await withApp(on);
    expect([on.fake.pulls.size, answer(on).at(-1)]).toEqual([0, expect.stringContaining('proviso new exception acme')]);
    on.fake.knobs.hasNoGraphql = false;
    await withApp(on);
    expect(on.fake.pulls.size).toBe(1);
  });

  it('without an app is answered with the record and the command that writes it', async () => {
    const on = await asked({ ...moreSeatsAsked, because: `It's "$(touch /tmp/x)" \`id\` @everyone ~~~ \`\`\`\`` });
    expect((await on.run(['request', '--issue', '1'])).exitCode).toBe(0);
    const [body = ''] = answer(on);
    expect([on.fake.pulls.size, body.match(/^`{3,}\w*$/gm)]).toEqual([0, ['`````diff', '`````', '`````sh', '`````']]);
    expect(body).toContain('\n+  - id: EX-0001\n');
    expect(body).toContain(`proviso new exception acme \\\n  --need='Everybody of the workshop signs in for a month.'`);
    expect(body).toContain(`--because='It'\\''s "$(touch /tmp/x)" \`id\` @everyone ~~~ \`\`\`\`'`);
    expect(body).toContain('--asked-by=sam');
  });

  it('with mistakes is answered with all of them in the words of the form', async () => {
    const { starts: _, ...rest } = moreSeatsAsked;
    const cases: [Filled, RegExp][] = [
      [{ ...moreSeatsAsked, customer: 'acne' }, /there is no customer acne; did you mean acme\?/],
      [rest, /still needed: \\?"Needed by\\?", \\?"First day\\?"\n/],
      [{ ...moreSeatsAsked, set: 'seets=60' }, /seats/],
      [{ ...moreSeatsAsked, set: 'seats=many' }, /seats/],
      [{ ...moreSeatsAsked, starts: 'tomorrow' }, /- /],
      [{ ...moreSeatsAsked, customer: '../../etc/passwd' }, /there is no customer/],
      [{ ...moreSeatsAsked, need: 'x\u202ey' }, /- /],
    ];
    for (const [answers, said] of cases) {
      const on = await asked(answers);
      expect(await withApp(on)).toMatchObject({ exitCode: 0 });
      expect(answer(on)).toEqual([expect.stringMatching(said)]);
      expect(answer(on)[0]).toContain('Edit the description above');
      expect(on.fake.pulls.size).toBe(0);
    }
  });

  it('names nobody and links nothing that its author wrote', async () => {
    const on = await asked({ ...moreSeatsAsked, customer: '@kim <img src=x> [a](http://evil.example) #1' });
    await on.run(['request', '--issue', '1']);
    expect(answer(on)[0]).not.toMatch(/@kim|<img|(?<!\\)\]\(|#1/);
  });

  it('is left alone where it is none, and printed only under --dry-run', async () => {
    const on = await asked(moreSeatsAsked);
    expect((await on.run(['request', '--issue', '1', '--dry-run'])).stdout).toContain('+  - id: EX-0001');
    const issue = on.fake.issues.get(1);
    if (issue) issue.body = 'Hello';
    expect((await on.run(['request', '--issue', '1'])).stdout).toContain('is no open issue with the form');
    expect(answer(on)).toEqual([]);
    const runs = [await on.run(['request', '--issue', 'x']), await on.run(['request'])];
    expect(runs.map(({ exitCode }) => exitCode)).toEqual([2, 2]);
  });

  it('with a key that is none says so and shows nothing of it', async () => {
    const on = await asked(moreSeatsAsked);
    const variables = { ...on.variablesOf(), PROVISO_APP_ID: '4711', PROVISO_APP_KEY: 'not-a-key-but-secret' };
    const { exitCode, stderr } = await on.run(['request', '--issue', '1'], undefined, { variables });
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('the key of the app is no private key')]);
    expect(stderr).not.toContain('not-a-key');
  });
});
