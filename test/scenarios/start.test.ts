import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { commitAll, git, writeFiles } from '../temporary-repository.ts';
import { edit, sampleRepository, short, tinyRepository } from './company-in-git.ts';
import { json, run } from './sample-company.ts';
import { tinyCompany } from './tiny-company.ts';

const PLAN = 'plans/studio@1.yaml';
const ACME = 'customers/acme.yaml';
const fewerSeats = { [PLAN]: tinyCompany[PLAN].replace('seats: 5', 'seats: 4') };

const readBack = (release: number, seats: number) => `Read a customer back as the product does
Release ${release} answers 2 settings for acme: seats ${seats} and sso false.

Acme (acme) on 2026-11-20: studio@1, active

Settings
  what   value  from           where                   why
  seats  ${seats}      plan studio@1  plans/studio@1.yaml:3

1 more setting is at its day-one default.

What to try next
  npx proviso start                              after an edit of customers/acme.yaml
  npx proviso explain acme                       where each value comes from, on any day
  npx proviso get --account u_1 --plan studio@1  an account that needs no file
  npx proviso diff --base HEAD~1                 what a change really does, and to whom
  npx proviso rollback                           the release before, as a new one
`;

/** What was said, without what differs between two runs of the same thing. */
const told = (text: string) => text.replace(/root [0-9a-f]{16}\. Wrote \d+ objects, \d+ bytes/, 'root R. Wrote N');

/** As people read it: how wide a column is does not matter here. */
const words = (text: string) => told(text).replace(/ {2,}/g, '  ');

describe('start', () => {
  it('does the whole round: check, compare, publish, read back', async () => {
    const { root, commit } = tinyRepository();
    const { exitCode, stdout, stderr } = await run(root, 'start');
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(words(stdout)).toBe(
      words(`
1. Check every file, every reference and every future day
3 files, 1 customer: no problems

2. What HEAD changes against what is published
Nothing is published yet; this is the first release, with 1 customer.

3. Publish HEAD
Release 1: 1 customer, commit ${short(commit)}, root R. Wrote N.

4. ${readBack(1, 5)}`),
    );
  });

  it('says that there is nothing to do when run again', async () => {
    const { root } = tinyRepository();
    await run(root, 'start');
    const { exitCode, stdout } = await run(root, 'start');
    expect(exitCode).toBe(0);
    expect(words(stdout)).toBe(
      words(`
1. Check every file, every reference and every future day
3 files, 1 customer: no problems

2. What HEAD changes against what is published
Nothing: HEAD is what is published.

3. Publish HEAD
Nothing to do: release 1 is this commit already.

4. ${readBack(1, 5)}`),
    );
  });

  it('shows edits that are not committed, names the commit to make, and publishes them only then', async () => {
    const { root } = tinyRepository();
    await run(root, 'start');
    writeFiles(root, {
      ...fewerSeats,
      'customers/new one/b.yaml': 'name: B\nplan: studio@1\n',
      'notes.txt': 'no terms',
    });
    const { exitCode, stdout } = await run(root, 'start');
    expect(exitCode).toBe(0);
    const [, pending = ''] = stdout.split('\n2. ');
    expect(pending).toContain('seats 5 → 4: 1 customer\n');
    expect(pending).toContain(`They are not published yet. To publish them, commit them and run this again:
  git add 'customers/new one/b.yaml' plans/studio@1.yaml
  git commit -m 'Change terms of acme and b'
`);
    expect(pending).toContain(
      '\n3. What HEAD changes against what is published\nNothing: HEAD is what is published.\n',
    );
    expect(pending).toContain('\n4. Publish HEAD\nNothing to do: release 1 is this commit already.\n');
    expect(pending).toContain('\n5. Read a customer back');
    expect(await json(root, 'get', 'acme', 'seats')).toMatchObject({ release: 1, value: 5 });

    commitAll(root);
    const committed = await run(root, 'start');
    expect(committed.stdout).toContain('2. What HEAD changes against what is published\n');
    expect(committed.stdout).toContain('seats 5 → 4: 1 customer\n');
    expect(await json(root, 'get', 'acme', 'seats')).toMatchObject({ release: 2, value: 4 });
  });

  it('the command it names is the one that commits, typed as it stands', async () => {
    const { root } = tinyRepository();
    await run(root, 'start');
    const name = "customers/o'brien & sons/a b.yaml";
    writeFiles(root, { [name.replace('a b', 'obrien')]: "name: O'Brien\nplan: studio@1\n" });
    const { stdout } = await run(root, 'start');
    const commands = stdout.split('\n').filter((line) => line.startsWith('  git '));
    expect(commands).toHaveLength(2);
    const { execFileSync } = await import('node:child_process');
    const config = ['user.name=Test', 'user.email=test@test.example'].map((pair) => `-c ${pair}`).join(' ');
    for (const command of commands)
      execFileSync('sh', ['-c', command.trim().replace(/^git/, `git ${config}`)], { cwd: root, stdio: 'pipe' });
    expect(git(root, 'status', '--porcelain')).toBe('');
    expect(await json(root, 'start')).toMatchObject({ release: 2, customers: 2, read: { customer: 'obrien' } });
  });

  it('stops at an error: exit 1, and nothing is published', async () => {
    const { root } = tinyRepository();
    edit(root, { [ACME]: 'name: Acme\nplan: studoi@1\n' });
    const { exitCode, stdout, stderr } = await run(root, 'start');
    expect(exitCode).toBe(1);
    expect(stdout).toBe('\n1. Check every file, every reference and every future day\n3 files, 1 customer: 1 error\n');
    expect(stderr).toContain('customers/acme.yaml:2:7 error no plan named studoi@1; did you mean studio@1?');
    expect(readdirSync(root)).not.toContain('.proviso');
    writeFiles(root, { [ACME]: tinyCompany[ACME] });
    const unmended = await run(root, 'start');
    expect([unmended.exitCode, unmended.stderr]).toEqual([1, expect.stringContaining('customers/acme.yaml:2:7 error')]);
    expect(readdirSync(root)).not.toContain('.proviso');
  });

  it('reads back what is in force, be it not HEAD', async () => {
    const { root, commit } = tinyRepository();
    await run(root, 'start');
    edit(root, fewerSeats);
    await run(root, 'start');
    await run(root, 'rollback');
    const { exitCode, stdout } = await run(root, 'start');
    expect(exitCode).toBe(0);
    expect(stdout).toContain('Held: release 3 is a rollback.');
    expect(words(stdout)).toContain(words(readBack(3, 5)));
    expect(await json(root, 'status')).toMatchObject({ release: 3, commit });
  });

  it('reads back whom it is asked for, and on the day that is asked for', async () => {
    const root = sampleRepository();
    const { exitCode, stdout } = await run(root, 'start', 'meridian-group', '--at', '2026-05-01');
    expect(exitCode).toBe(0);
    expect(stdout).toContain('\nMeridian Group (meridian-group) on 2026-05-01: pilot@1, pilot\n');
    expect(stdout).toContain('npx proviso explain meridian-group --at 2026-06-01');
    const wrong = await run(root, 'start', 'meridian-gruop');
    expect([wrong.exitCode, wrong.stderr]).toEqual([2, expect.stringContaining('did you mean meridian-group?')]);
  });

  it('tells a program the same as one object', async () => {
    const { root, commit } = tinyRepository();
    const { stderr } = await run(root, 'start', '--format', 'json');
    expect(stderr).toBe('');
    writeFiles(root, fewerSeats);
    expect(await json(root, 'start')).toEqual({
      exitCode: 0,
      outcome: 'unchanged',
      release: 1,
      root: expect.stringMatching(/^[0-9a-f]{64}$/),
      commit,
      customers: 1,
      written: { objects: 0, bytes: 0 },
      pending: [PLAN],
      read: {
        customer: 'acme',
        release: 1,
        at: '2026-11-20T10:00:00.000Z',
        plan: 'studio@1',
        stage: 'active',
        settings: { seats: 5, sso: false },
      },
      diagnostics: [],
    });
  });

  it('on the sample company, as it ships', async () => {
    const root = sampleRepository();
    const { exitCode, stdout, stderr } = await run(root, 'start');
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^\d+ files, 26 customers: no problems$/m);
    expect(stdout).toContain('\nRelease 1: 26 customers, ');
    expect(stdout).toContain('\nRelease 1 answers 32 settings for copperline: ');
  });
});
