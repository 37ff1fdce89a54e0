import { rmSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { commitAll, git, writeFiles } from '../temporary-repository.ts';
import { read } from './sample-company.ts';
import { product, scan, scanText, seats } from './scanned-product.ts';

const rule = 'account-equality zephyra';
/** Three lines down, one name less and broken anew. */
const moved = `import { a } from 'a';\n\n\n${seats().replace('if (account.id === ', 'if (\n      account.id ===\n      ')}`;

/** A product whose one rule is in the baseline. */
async function accepted(folder = ''): Promise<string> {
  const root = product({ 'src/a.ts': seats(), 'src/b.ts': 'export {};\n' });
  expect(
    await scanText(`${root}/${folder}`, '--accounts', `${root}/proviso-accounts.json`, '--update-baseline'),
  ).toEqual({
    exitCode: 0,
    stderr: 'proviso-baseline.json written\n',
    stdout: expect.stringMatching(/^no rules about accounts\n1 other known in the baseline\n/),
  });
  return root;
}

describe('a baseline', () => {
  it('is one line a finding, names no account, and stays as it is when nothing changes', async () => {
    const root = await accepted();
    const text = read(root, 'proviso-baseline.json');
    expect(text).toMatch(
      /^\{\n {2}"version": 1,\n {2}"findings": \[\n {4}\{"content":"[0-9a-f]{32}","count":1,"rule":"account-equality","path":"src\/a\.ts"\}\n {2}\]\n\}\n$/,
    );
    await scanText(root, '--update-baseline');
    expect(read(root, 'proviso-baseline.json')).toBe(text);
  });

  it('lies at the top of the repository, wherever it is made', async () => {
    const root = await accepted('src');
    expect(await scan(root)).toMatchObject({ exitCode: 0, found: [], accepted: [`src/a.ts:2:22 ${rule} known`] });
  });

  it.each([
    ['moved, indented and broken anew', { 'src/a.ts': moved }],
    ['in a file of another name', { 'src/a.ts': 'export {};\n', 'lib/z.ts': seats() }],
    ['moved to another file, and changed in its form', { 'src/a.ts': 'export {};\n', 'src/b.ts': moved }],
  ])('knows what is %s', async (_, files) => {
    const root = await accepted();
    writeFiles(root, files);
    expect(await scan(root)).toMatchObject({
      exitCode: 0,
      found: [],
      said: [],
      accepted: [expect.stringContaining(rule)],
    });
  });

  it('does not know a copy, nor an edited rule', async () => {
    const root = await accepted();
    writeFiles(root, { 'src/b.ts': seats() });
    expect(await scan(root)).toMatchObject({
      exitCode: 1,
      found: [`src/b.ts:2:22 ${rule}`],
      accepted: [`src/a.ts:2:22 ${rule} known`],
    });
    writeFiles(root, { 'src/b.ts': 'export {};\n', 'src/a.ts': seats().replace('===', '!==') });
    expect((await scan(root)).found).toEqual([`src/a.ts:2:22 ${rule}`]);
  });

  it('says what is gone, until it is taken out, and knows it no more then', async () => {
    const root = await accepted();
    writeFiles(root, { 'src/a.ts': 'export {};\n' });
    const gone = 'a known finding is gone: account-equality, last seen in src/a.ts';
    expect(await scan(root)).toMatchObject({
      exitCode: 0,
      said: [`note proviso-baseline.json:4:5 stale-baseline ${gone}`],
    });
    expect(await scan(root, '--prune-baseline')).toMatchObject({ exitCode: 0, said: [] });
    expect(read(root, 'proviso-baseline.json')).toBe('{\n  "version": 1,\n  "findings": []\n}\n');
    writeFiles(root, { 'src/a.ts': seats() });
    expect(await scan(root)).toMatchObject({ exitCode: 1, found: [`src/a.ts:2:22 ${rule}`] });
  });

  it('is not pruned of what a scan did not look at, nor told to be gone', async () => {
    const root = await accepted();
    const text = read(root, 'proviso-baseline.json');
    writeFiles(root, { 'web/c.ts': 'export {};\n' });
    expect(await scan(root, 'web')).toMatchObject({ exitCode: 0, said: [] });
    for (const how of ['--prune-baseline', '--update-baseline']) await scanText(root, 'web', how);
    expect(read(root, 'proviso-baseline.json')).toBe(text);
  });

  it('takes nothing in when it is pruned, and all when it is updated; notes stay', async () => {
    const root = await accepted();
    const text = read(root, 'proviso-baseline.json').replace('"}', '","note":"until the rewrite"}');
    writeFiles(root, { 'proviso-baseline.json': text, 'src/b.ts': seats('lumora') });
    expect(await scan(root, '--prune-baseline')).toMatchObject({
      exitCode: 1,
      found: [expect.stringContaining('lumora')],
    });
    expect(read(root, 'proviso-baseline.json')).toBe(text);
    expect(await scan(root, '--update-baseline')).toMatchObject({ exitCode: 0, found: [] });
    const { findings } = JSON.parse(read(root, 'proviso-baseline.json'));
    expect(findings).toMatchObject([
      { path: 'src/a.ts', note: 'until the rewrite' },
      { path: 'src/b.ts', count: 1 },
    ]);
  });

  it('is named from the working folder', async () => {
    const root = product({ 'src/a.ts': seats(), 'tools/x.txt': '' });
    const argv = ['--accounts', '../proviso-accounts.json', '--baseline', 'known.json'];
    expect(await scanText(`${root}/tools`, '..', ...argv, '--update-baseline')).toMatchObject({
      exitCode: 0,
      stderr: 'tools/known.json written\n',
    });
    expect(JSON.parse(read(root, 'tools/known.json')).findings).toHaveLength(1);
    expect(await scan(`${root}/tools`, '..', ...argv)).toMatchObject({ exitCode: 0, found: [] });
    expect(await scan(root, '--baseline', `${root}/tools/known.json`)).toMatchObject({ exitCode: 0, found: [] });
    expect(await scan(root)).toMatchObject({ exitCode: 1 });
  });

  it.each([
    ['{', '1:1', 'json-syntax'],
    ['{"version": 1, "findings": {}}', '1:28', '`findings` of a baseline is a list'],
    ['{"version": 2, "findings": []}', '1:13', 'there is no version 2 of baselines, only 1'],
    ['<<<<<<< HEAD\n{}\n=======\n{}\n>>>>>>> b\n', '1:1', 'merge'],
  ])('with a fault knows nothing, fails and says where: %s', async (text, where, why) => {
    const root = await accepted();
    writeFiles(root, { 'proviso-baseline.json': text });
    const { exitCode, found, said } = await scan(root);
    expect([exitCode, found]).toEqual([1, [`src/a.ts:2:22 ${rule}`]]);
    expect(said[0]).toMatch(new RegExp(`^error proviso-baseline\\.json:${where} bad-baseline `));
    if (why !== 'json-syntax') expect(said[0]).toContain(why);
    expect((await scanText(root, '--prune-baseline')).exitCode).toBe(2);
    expect((await scanText(root, '--update-baseline')).exitCode).toBe(0);
  });

  it('is read as git has it and needs no git', async () => {
    const root = await accepted();
    commitAll(root);
    rmSync(`${root}/.git`, { recursive: true });
    expect(await scan(root)).toMatchObject({ exitCode: 0, found: [] });
    git(root, 'init', '--quiet');
    expect(await scan(root)).toMatchObject({ exitCode: 0, found: [] });
  });
});
