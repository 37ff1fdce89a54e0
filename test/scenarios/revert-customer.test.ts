import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commitAll, git, writeFiles } from '../temporary-repository.ts';
import { edit, short, tinyRepository } from './company-in-git.ts';
import { disk, json, read, refused, run } from './sample-company.ts';
import { tinyCompany } from './tiny-company.ts';

const ACME = 'customers/acme.yaml';
const PLAN = 'plans/studio@1.yaml';
const first = tinyCompany[ACME];
const card = `${first}billing: { method: card }\n`;
const invoice = `${first}billing: { method: invoice }\n`;
const closed = `${first}statuses: [{ stage: closed, since: 2026-11-10 }]\n`;
const sixSeats = { [PLAN]: tinyCompany[PLAN].replace('seats: 5', 'seats: 6') };
const bolt = 'name: Bolt\nplan: studio@1\n';

/** A published repository of Acme and Bolt; then each change, committed and published. */
async function published(...changes: Record<string, string>[]): Promise<{ root: string; commits: string[] }> {
  const { root, commit } = tinyRepository({ 'customers/bolt.yaml': bolt });
  const commits = [commit];
  expect(await json(root, 'publish')).toMatchObject({ release: 1 });
  for (const [index, files] of changes.entries()) {
    commits.push(edit(root, files, `Change ${index + 2}`));
    expect(await json(root, 'publish')).toMatchObject({ exitCode: 0, outcome: 'published', release: index + 2 });
  }
  return { root, commits };
}

const store = (root: string) => disk(join(root, '.proviso'));
const revert = (root: string, ...argv: string[]) => json(root, 'rollback', '--customer', 'acme', ...argv);

describe('rollback --customer', () => {
  it('writes the file as it was before the release that changed the customer, and says what goes with it', async () => {
    const { root, commits } = await published(
      { [ACME]: card },
      { 'customers/bolt.yaml': `${bolt}billing: { method: card }\n` },
    );
    const before = store(root);
    const { exitCode, stdout, stderr } = await run(root, 'rollback', '--customer', 'acme');
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(stdout).toContain(`acme as in release 1, commit ${short(commits[0] ?? '')}\n`);
    expect(stdout).toContain('Terms change for 1 customer.');
    expect(stdout).toContain('Nobody else changes.\n');
    expect(stdout).toMatch(
      new RegExp(`go with it\n  ${short(commits[1] ?? '')} \\d{4}-\\d\\d-\\d\\d Test: Change 2\n\n`),
    );
    expect(stdout).toContain('git switch -c revert-acme-to-1\n');
    expect(stdout).not.toContain('Not brought back');
    expect(git(root, 'status', '--porcelain')).toBe(`M ${ACME}`);
    expect(read(root, ACME)).toBe(first);
    expect(store(root)).toEqual(before);
    commitAll(root);
    expect(await json(root, 'publish')).toMatchObject({ release: 4, outcome: 'published' });
    expect(await json(root, 'status')).toMatchObject({ drift: false });
  });

  it('answers programs with the effect on that customer alone', async () => {
    const { root, commits } = await published({ [ACME]: card });
    expect(await revert(root)).toMatchObject({
      exitCode: 0,
      written: [ACME],
      outcome: 'proposed',
      customer: 'acme',
      release: 1,
      commit: commits[0],
      changedIn: 2,
      effect: { customers: [{ customer: 'acme', kind: 'changed' }] },
      edits: [{ commit: commits[1], author: 'Test', subject: 'Change 2' }],
      since: [],
      notes: [],
      diagnostics: [],
    });
  });

  it('shows the edit and writes nothing under --dry-run', async () => {
    const { root } = await published({ [ACME]: card });
    const before = disk(root);
    const { exitCode, stdout } = await run(root, 'rollback', '--customer', 'acme', '--dry-run');
    expect([exitCode, disk(root)]).toEqual([0, before]);
    expect(stdout).toContain(`--- a/${ACME}\n+++ b/${ACME}\n`);
    expect(stdout).toContain('\n-billing: { method: card }\n');
    expect(stdout).toContain('Nothing was written (--dry-run).\n');
    expect(await revert(root, '--dry-run')).toMatchObject({ written: [], excerpt: expect.stringContaining(ACME) });
  });

  it.each([[['--to', '1']], [['1']]])('goes back to the release it is told: %j', async (argv) => {
    const { root } = await published({ [ACME]: card }, { [ACME]: invoice });
    expect(await revert(root, ...argv)).toMatchObject({ exitCode: 0, release: 1, edits: [{}, {}] });
    expect(read(root, ACME)).toBe(first);
  });

  it('does not go back to what a rollback took back', async () => {
    const { root } = await published({ [ACME]: card }, { [ACME]: invoice });
    expect(await json(root, 'rollback')).toMatchObject({ release: 4 });
    expect(await revert(root)).toMatchObject({ exitCode: 0, release: 1, changedIn: 2 });
  });

  it('says so when the file is the same and a plan changed the customer', async () => {
    const { root } = await published(sixSeats);
    const said = await refused(root, 2, 'rollback', '--customer', 'acme');
    expect(said).toContain(`${ACME} says what it said in release 1; what changed acme since is ${PLAN} settings.seats`);
    expect(said).toContain('`proviso rollback 1` brings that release back for everybody');
    expect(said).toContain('`proviso new exception acme`');
  });

  it('says both when the file and a plan changed', async () => {
    const { root } = await published({ [ACME]: card, ...sixSeats });
    const { exitCode, stdout } = await run(root, 'rollback', '--customer', 'acme');
    expect([exitCode, read(root, ACME)]).toEqual([0, first]);
    expect(stdout).toContain('Not brought back: what changed the customer in files that others share\n');
    expect(stdout).toContain(`  ${PLAN} settings.seats (`);
    expect(read(root, PLAN)).toBe(sixSeats[PLAN]);
  });

  it('has nothing to do where nothing changed', async () => {
    const { root } = await published({ 'customers/bolt.yaml': `${bolt}billing: { method: card }\n` });
    expect(await run(root, 'rollback', '--customer', 'acme', '--to', '1')).toEqual({
      exitCode: 0,
      stdout: `Nothing to do: ${ACME} says what it said in release 1.\n`,
      stderr: '',
    });
    expect(await refused(root, 2, 'rollback', '--customer', 'acme')).toContain(
      'no release that came after another has changed acme',
    );
  });

  it('says how to end a customer that was not there', async () => {
    const { root } = await published({ 'customers/new.yaml': 'name: New\nplan: studio@1\n' });
    const said = await refused(root, 2, 'rollback', '--customer', 'new');
    expect(said).toContain('there was no customer new in release 1; it came with release 2');
    expect(said).toContain('`statuses: [{ stage: closed, since: 2026-11-20 }]` into customers/new.yaml');
  });

  it('opens a closed customer again, and says so', async () => {
    const { root } = await published({ [ACME]: closed });
    expect(await revert(root)).toMatchObject({ notes: ['acme was closed since: this opens it again.'] });
    expect(read(root, ACME)).toBe(first);
  });

  it('writes the file of a removed customer again', async () => {
    const { root } = await published({ [ACME]: closed });
    rmSync(join(root, ACME));
    commitAll(root, 'Remove Acme');
    expect(await json(root, 'publish')).toMatchObject({ release: 3 });
    expect(await revert(root, '--to', '1')).toMatchObject({
      exitCode: 0,
      written: [ACME],
      effect: { customers: [{ customer: 'acme', kind: 'added' }] },
      edits: [{ subject: 'Remove Acme' }, { subject: 'Change 2' }],
      notes: [`The file of acme is gone: this writes it again, as ${ACME}.`],
    });
    expect(read(root, ACME)).toBe(first);
  });

  it('leaves a moved file where it is', async () => {
    const { root } = await published({ [ACME]: card });
    writeFiles(root, { 'customers/large/acme.yaml': card });
    rmSync(join(root, ACME));
    commitAll(root, 'Move Acme');
    expect(await revert(root)).toMatchObject({
      exitCode: 0,
      written: ['customers/large/acme.yaml'],
      release: 1,
      edits: [{ subject: 'Move Acme' }, { subject: 'Change 2' }],
    });
    expect([existsSync(join(root, ACME)), read(root, 'customers/large/acme.yaml')]).toEqual([false, first]);
  });

  it('keeps the account of a customer that has another id now', async () => {
    const { root } = await published();
    const renamed = 'name: Acme\naccount: acme\nplan: studio@1\nbilling: { method: card }\n';
    writeFiles(root, { 'customers/acme-group.yaml': renamed });
    rmSync(join(root, ACME));
    commitAll(root, 'Rename Acme');
    expect(await json(root, 'rollback', '--customer', 'acme-group', '--to', '1')).toMatchObject({
      exitCode: 0,
      written: ['customers/acme-group.yaml'],
      effect: { customers: [{ customer: 'acme-group', kind: 'changed' }] },
      edits: [{ subject: 'Rename Acme' }],
    });
    expect(read(root, 'customers/acme-group.yaml')).toBe('name: Acme\naccount: acme\nplan: studio@1\n');
    expect(existsSync(join(root, ACME))).toBe(false);
  });

  it.each([
    ['edited', (root: string) => writeFiles(root, { [ACME]: invoice })],
    ['removed', (root: string) => rmSync(join(root, ACME))],
  ])('leaves a file alone that was %s and not committed', async (_, change) => {
    const { root } = await published({ [ACME]: card });
    change(root);
    expect(await refused(root, 2, 'rollback', '--customer', 'acme', '--to', '1')).toContain(
      `${ACME} has edits that are not committed`,
    );
  });

  it('does not mind what is not committed of others', async () => {
    const { root } = await published({ [ACME]: card });
    const mine = `${bolt}billing: { method: card }\n`;
    writeFiles(root, { 'customers/bolt.yaml': mine });
    expect(await revert(root)).toMatchObject({ effect: { customers: [{ customer: 'acme' }] } });
    expect(read(root, 'customers/bolt.yaml')).toBe(mine);
  });

  it('writes nothing that today’s plans do not allow', async () => {
    const other = tinyCompany[PLAN].replace('Studio', 'Atelier');
    const onOther = 'name: Acme\nplan: atelier@1\n';
    const { root } = await published({ 'plans/atelier@1.yaml': other, [ACME]: onOther }, { [ACME]: first });
    rmSync(join(root, 'plans/atelier@1.yaml'));
    commitAll(root);
    const before = disk(root);
    const { exitCode, stdout, stderr } = await run(root, 'rollback', '--customer', 'acme', '--to', '2');
    expect([exitCode, disk(root)]).toEqual([1, before]);
    expect(`${stderr}${stdout}`).toMatch(/Nothing was written\. It would bring 1 error:[^]*atelier@1/);
  });

  it.each([
    [['--customer', 'acme', '--to', '9'], 'there is no release 9'],
    [['--customer', 'acmee'], 'there is no customer acmee'],
    [['--dry-run'], '--dry-run goes with --customer'],
    [['--customer', 'acme', '--to', 'x'], '"x" is not the number of a release'],
  ])('refuses %j', async (argv, message) => {
    const { root } = await published({ [ACME]: card });
    expect(await refused(root, 2, 'rollback', ...argv)).toContain(message);
  });
});
