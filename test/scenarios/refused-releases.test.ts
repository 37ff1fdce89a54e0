import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { storeDrivers } from '../../runtime/stores/registry.ts';
import { commitAll, git, temporaryFolder, temporaryRepository, writeFiles } from '../temporary-repository.ts';
import { edit, short, tinyRepository } from './company-in-git.ts';
import { disk, json, refused, run } from './sample-company.ts';
import { tinyCompany } from './tiny-company.ts';

const acme = 'customers/acme.yaml';

/** The tiny company with release 1 in force. */
async function released(files: Readonly<Record<string, string>> = {}): Promise<{ root: string; commit: string }> {
  const made = tinyRepository(files);
  expect(await json(made.root, 'publish')).toMatchObject({ exitCode: 0, release: 1 });
  return made;
}

/** That publish refuses, writes nothing, and says this; the same reason in json. */
async function refusedFor(root: string, reason: string, message: string, help: string): Promise<void> {
  expect(await refused(root, 1, 'publish')).toBe(`proviso: ${message}\n  help: ${help}\n`);
  const refusal = { exitCode: 1, outcome: 'refused', reason, message, help, diagnostics: [] };
  expect(await json(root, 'publish')).toEqual(refusal);
  expect(await json(root, 'start')).toMatchObject({ exitCode: 1 });
  expect(await json(root, 'status')).toMatchObject({ release: 1 });
}

describe('publish refuses', () => {
  it('a commit with errors, and leaves the release in force', async () => {
    const { root } = await released();
    edit(root, { [acme]: 'name: Acme\nplan: studoi@1\n' });
    expect(await refused(root, 1, 'publish')).toBe(
      `customers/acme.yaml:2:7 error no plan named studoi@1; did you mean studio@1? (unknown-plan)
  1 | name: Acme
> 2 | plan: studoi@1
    |       ^^^^^^^^
  help: a plan is a file: plans/studoi@1.yaml
`,
    );
    expect(await json(root, 'publish')).toEqual({
      exitCode: 1,
      diagnostics: [expect.objectContaining({ rule: 'unknown-plan', path: acme, line: 2 })],
    });
    expect(await json(root, 'get', 'acme', 'seats')).toMatchObject({ release: 1, value: 5 });
  });

  it('an error that only a future day shows', async () => {
    const { root } = await released();
    edit(root, { [acme]: 'name: Acme\nplan: studio@1\namendments: [{ on: 2031-01-01, quantities: { sso: 1 } }]\n' });
    expect(await refused(root, 1, 'publish')).toContain('customers/acme.yaml:3:');
  });

  it('a commit that has no customer', async () => {
    const message = 'there is not one customer in this release';
    const help = 'an empty release is never published; check that the customers folder is there and complete';
    const { root } = await released();
    rmSync(join(root, acme));
    commitAll(root);
    await refusedFor(root, 'empty', message, help);

    const { root: fresh } = tinyRepository();
    rmSync(join(fresh, acme));
    commitAll(fresh);
    expect(await refused(fresh, 1, 'publish')).toBe(`proviso: ${message}\n  help: ${help}\n`);
    expect(readdirSync(fresh)).not.toContain('.proviso');
  });

  it('a customer who is gone without a word, by name', async () => {
    const { root } = await released({ 'customers/bolt.yaml': 'name: Bolt\nplan: studio@1\n' });
    rmSync(join(root, acme));
    commitAll(root);
    await refusedFor(
      root,
      'vanished',
      'customer acme is published and no longer in the repository',
      'bring the files back; to end a customer, give it the status `closed` and publish: then its file may go',
    );
  });

  it('a closing that was never published', async () => {
    const { root } = await released({ 'customers/bolt.yaml': 'name: Bolt\nplan: studio@1\n' });
    edit(root, {
      [acme]: `${tinyCompany[acme]}statuses: [{ stage: closed, since: 2026-11-01, because: they left }]\n`,
    });
    rmSync(join(root, acme));
    commitAll(root);
    expect(await json(root, 'publish')).toMatchObject({ exitCode: 1, reason: 'vanished' });
  });

  it('a branch that does not hold what is published', async () => {
    const { root, commit } = tinyRepository();
    const published = edit(root, { [acme]: `${tinyCompany[acme]}billing: { method: card }\n` });
    await json(root, 'publish');
    git(root, 'switch', '--quiet', '--create', 'side', commit);
    const side = edit(root, { [acme]: `${tinyCompany[acme]}billing: { method: invoice }\n` });
    await refusedFor(
      root,
      'diverged',
      `commit ${short(side)} does not contain ${short(published)}, which was published`,
      'history was rewritten, or this is another branch; publish from the main branch, and bring the published commit back into it with a merge',
    );
    git(root, 'merge', '--quiet', '--strategy=ours', '--message=merge', 'main');
    expect(await json(root, 'publish')).toMatchObject({ exitCode: 0, release: 2 });
  });

  it('a clone that does not know what is published', async () => {
    const { root } = tinyRepository();
    edit(root, { 'notes.txt': 'one' });
    const shallow = join(temporaryFolder(), 'clone');
    git(root, 'clone', '--quiet', '--depth', '1', `file://${root}`, shallow);
    const store = ['--store', `file:${temporaryFolder()}/store`];
    const published = edit(root, { 'notes.txt': 'two' });
    await json(root, 'publish', ...store);
    expect(await json(shallow, 'publish', ...store)).toMatchObject({
      exitCode: 1,
      reason: 'unknownCommit',
      message: `commit ${short(published)}, which was published, is not in this clone`,
    });
  });

  it('another repository in the same store', async () => {
    const store = ['--store', `file:${temporaryFolder()}/store`];
    const [ours, theirs] = [tinyRepository(), temporaryRepository({ ...tinyCompany, 'notes.txt': 'another' })];
    for (const [{ root }, name] of [
      [ours, 'acme/terms'],
      [theirs, 'globex/terms'],
    ] as const)
      git(root, 'remote', 'add', 'origin', `git@github.example:${name}.git`);
    await json(ours.root, 'publish', ...store);
    expect(await json(theirs.root, 'publish', ...store)).toMatchObject({
      exitCode: 1,
      reason: 'foreign',
      message: 'this store holds releases of another repository: "acme/terms" instead of "globex/terms"',
    });
    expect(await json(ours.root, 'status', ...store)).toMatchObject({ release: 1, drift: false });
  });

  it('a first release where approvals are to be verified and nobody says who gives them', async () => {
    const { root } = tinyRepository({
      'policies/publish.yaml':
        'language: 1\nenvironments: { local: { verify: none }, production: { store: "file:./production", verify: github, signed: false } }\n',
    });
    const message = 'there is no policies/approvals.yaml, and this environment verifies approvals (verify: github)';
    const help =
      'say in policies/approvals.yaml what needs whose approval, machinery included, and in policies/approvers.yaml who gives it; then publish';
    expect(await refused(root, 1, 'publish', '--env', 'production')).toBe(`proviso: ${message}\n  help: ${help}\n`);
    expect(await json(root, 'publish', '--env', 'production')).toEqual({
      exitCode: 1,
      outcome: 'refused',
      reason: 'noPolicy',
      message,
      help,
      diagnostics: [],
    });
    expect(await json(root, 'publish')).toMatchObject({ exitCode: 0, release: 1 });
  });

  it('a catalogue that is not what the settings of the commit say', async () => {
    const settings = (sso: boolean) =>
      "import { defineSettings, feature, limit } from 'proviso/settings';\n" +
      'export const settings = defineSettings({\n' +
      "  seats: limit({ unit: 'seat', area: 'access', default: 3, favours: 'more', description: 'People.' }),\n" +
      `  sso: feature({ area: 'access', default: ${sso}, description: 'Sign-in.' }),\n});\n`;
    const { root } = tinyRepository({ 'schemas/settings.ts': settings(false) });
    expect((await run(root, 'schemas')).exitCode).toBe(0);
    commitAll(root);
    expect(await json(root, 'publish')).toMatchObject({ exitCode: 0, release: 1 });
    edit(root, { 'schemas/settings.ts': settings(true) });
    // What is in the folder does not count: only what is committed is published.
    expect((await run(root, 'schemas')).exitCode).toBe(0);
    const { exitCode, diagnostics } = await json(root, 'publish');
    expect(exitCode).toBe(1);
    expect(diagnostics).toContainEqual({
      rule: 'stale-schema',
      severity: 'error',
      message: 'schemas/generated/catalogue.json is stale: it is not what schemas/settings.ts says now',
      path: 'schemas/generated/catalogue.json',
      line: 1,
      column: 1,
      help: 'run `proviso schemas`, and commit what it writes',
    });
    commitAll(root);
    expect(await json(root, 'publish')).toMatchObject({ exitCode: 0, release: 2 });
  });

  it('a commit there is not, and a folder that is not under git', async () => {
    const { root } = tinyRepository();
    expect(await refused(root, 2, 'publish', '--commit', 'mian')).toBe(
      'proviso: there is no commit, branch or tag "mian"\n  help: did you mean "main"?\n',
    );
    const folder = temporaryFolder();
    writeFiles(folder, tinyCompany);
    expect(await refused(folder, 2, 'publish')).toContain(`${folder} is not in a git repository\n`);
  });
});

describe('a store that cannot be used', () => {
  const words = [['publish'], ['rollback'], ['status'], ['history'], ['get', 'acme'], ['start']];

  it.each(words)('is told in one sentence, exit code 3: %s', async (...argv) => {
    const { root } = tinyRepository({ 'store.txt': 'a file, not a folder' });
    const before = disk(root);
    for (const store of ['file:./store.txt', 'file:./store.txt/below']) {
      const { exitCode, stderr } = await run(root, ...argv, '--store', store);
      const folder = join(root, store.slice('file:'.length));
      expect([exitCode, stderr]).toEqual([
        3,
        `proviso: the store in ${folder} cannot be used: it is not a folder; name a folder that is empty or does not exist yet\n`,
      ]);
    }
    const { stdout } = await run(root, ...argv, '--store', 'file:./store.txt', '--format', 'json');
    expect(JSON.parse(stdout)).toEqual({
      diagnostics: [],
      error: { kind: 'store', message: expect.stringContaining('it is not a folder') },
    });
    expect(disk(root)).toEqual(before);
  });

  it('may be of a kind there is not, and its password stays unsaid', async () => {
    const { root } = tinyRepository();
    for (const argv of words) {
      const { exitCode, stdout, stderr } = await run(
        root,
        ...argv,
        '--store',
        'memcached://user:secret@cache.example/0',
      );
      const known = Object.keys(storeDrivers).join(':, ');
      const told = `proviso: there is no store of kind "memcached:" (known: ${known}:)\n`;
      expect([exitCode, stderr]).toEqual([3, told]);
      expect(stdout).not.toContain('secret');
    }
  });

  it('is not made by asking it', async () => {
    const { root } = tinyRepository();
    for (const argv of [['status'], ['history'], ['get', 'acme'], ['rollback']]) await run(root, ...argv);
    expect(readdirSync(root)).not.toContain('.proviso');
  });

  it('may be damaged: nothing is answered from it, and what is missing is never put in force', async () => {
    const { root } = await released();
    edit(root, { [acme]: `${tinyCompany[acme]}billing: { method: card }\n` });
    const packs = join(root, '.proviso/store/packs');
    for (const name of readdirSync(packs)) writeFileSync(join(packs, name), 'not a pack');
    const help = 'restore the store from a backup, or publish into a new one';
    for (const argv of [['get', 'acme'], ['status']])
      expect(await refused(root, 3, ...argv)).toMatch(
        new RegExp(
          `^proviso: what the store holds cannot be read: object [0-9a-f]{64}, .* is missing\n  help: ${help}\n$`,
        ),
      );
    expect(await json(root, 'publish')).toMatchObject({
      exitCode: 1,
      reason: 'damaged',
      help: 'restore the store from a backup, or publish into a new one',
    });
  });
});
