import { execFileSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { safeFiles } from '../engine/doctor/safe-setup.ts';
import { runProviso } from '../run-proviso.ts';
import { commitAll, git, temporaryFolder, temporaryRepository, writeFiles } from '../temporary-repository.ts';
import { tinyCompany } from './tiny-company.ts';

const { 'customers/acme.yaml': _customer, 'plans/studio@1.yaml': _plan, ...setup } = safeFiles;
const company = {
  ...tinyCompany,
  ...setup,
  '.github/CODEOWNERS': '* @globex/terms\n',
  'schemas/generated/catalogue.json': tinyCompany['schemas/generated/catalogue.json'],
};

const doctor = (folder: string, ...argv: string[]) => runProviso(['doctor', ...argv], { folder });

interface Told {
  diagnostics: { path: string; line: number; column: number; severity: string; rule: string }[];
}

async function told(folder: string): Promise<{ exitCode: number; found: string[]; answer: Record<string, unknown> }> {
  const { exitCode, stdout } = await doctor(folder, '--format', 'json');
  const { diagnostics, ...answer } = JSON.parse(stdout) as Told;
  const found = diagnostics.map(
    ({ severity, path, line, column, rule }) => `${severity} ${path}:${line}:${column} ${rule}`,
  );
  return { exitCode, found, answer };
}

const unasked = 'note .github:1:1 unasked-settings';

describe('proviso doctor', () => {
  it('finds nothing wrong with a safe repository, and says what it could not look at', async () => {
    const { root } = temporaryRepository(company);
    expect(await told(root)).toEqual({ exitCode: 0, found: [unasked], answer: { workflows: 4, repository: null } });
    const { stdout, stderr } = await doctor(root);
    expect(stdout).toBe('4 workflows: 1 note\n');
    expect(stderr).toContain('the settings of the repository on GitHub were not looked at');
  });

  it('shows the line, what to do and why, and ends with 1', async () => {
    const path = '.github/workflows/publish.yml';
    const { root } = temporaryRepository({
      ...company,
      [path]: (safeFiles[path] ?? '').replace(
        'run: npm run',
        'run: echo ${{ github.event.head_commit.message }}; npm run',
      ),
    });
    const { exitCode, stdout, stderr } = await doctor(root);
    expect([exitCode, stdout]).toEqual([1, '4 workflows: 1 error and 1 note\n']);
    expect(stderr).toContain(`${path}:23:19 error \${{ github.event.head_commit.message }} becomes part of the script`);
    expect(stderr).toContain('        run: echo ${{ github.event.head_commit.message }}; npm run');
    expect(stderr).toMatch(/help: pass it through `env:` .* \(a title, branch or label like/);
  });

  it('looks at what is new in the folder and at what git holds, not at what git leaves out', async () => {
    const { root } = temporaryRepository(company);
    writeFiles(root, {
      '.github/workflows/new.yml':
        'on: push\npermissions: {}\njobs: { a: { uses: other/repo/.github/workflows/x.yml@v1 } }\n',
      '.env': 'A=1\n',
      '.npmrc': '//registry.npmjs.org/:_authToken=npm_abc\n',
    });
    git(root, 'update-index', '--assume-unchanged', '.npmrc');
    expect((await told(root)).found).toEqual([
      'error .github/workflows/new.yml:3:20 pinned-actions',
      'error .npmrc:1:1 committed-secret',
      unasked,
    ]);
    commitAll(root);
    expect((await told(root)).found).toContain('error .env:1:1 committed-secret');
  });

  it('finds a private key in whatever file git holds', async () => {
    const { root } = temporaryRepository(company);
    const { privateKey } = generateKeyPairSync('ed25519');
    const pem = privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
    writeFiles(root, {
      'docs/setup.txt': `Run it with\n${pem}`,
      'src/key.ts': `export const key = ${JSON.stringify(pem)};\n`,
    });
    expect((await told(root)).found).toEqual([unasked]);
    commitAll(root);
    const { stdout, stderr } = await doctor(root);
    expect((await told(root)).found).toEqual([
      'error docs/setup.txt:2:1 committed-secret',
      'error src/key.ts:1:1 committed-secret',
      unasked,
    ]);
    expect(`${stdout}${stderr}`).not.toContain(pem.split('\n')[1]);
  });

  it('looks at the top of git where the terms lie in a folder of it', async () => {
    const rooms = /^(customers|plans|policies|schemas|keys)\//;
    const placed = Object.entries(company).map(([path, text]) => [rooms.test(path) ? `terms/${path}` : path, text]);
    const { root } = temporaryRepository({
      ...Object.fromEntries(placed),
      '.github/CODEOWNERS':
        '/.github/ @globex/terms\n/terms/plans/ @ola\n/terms/policies/ @ola\n/terms/schemas/ @ola\n',
      '.github/workflows/verify.yaml': '',
    });
    const { exitCode, found } = await told(`${root}/terms`);
    expect([exitCode, found]).toEqual([
      1,
      [
        'error ../.github/workflows/verify.yaml:1:1 yaml-syntax',
        'warning ../.github/CODEOWNERS:1:1 owned-folders',
        unasked,
      ],
    ]);
  });

  it('says of a shallow clone that it is one', async () => {
    const { root } = temporaryRepository(company);
    commitAll(root);
    const clone = `${temporaryFolder()}/clone`;
    execFileSync('git', ['clone', '--quiet', '--depth', '1', `file://${root}`, clone], { stdio: 'pipe' });
    expect((await told(clone)).found).toEqual(['note .git:1:1 whole-clone', unasked]);
  });

  it('cannot look where there is no git, and takes no name that is none', async () => {
    const folder = temporaryFolder();
    writeFiles(folder, company);
    expect(await doctor(folder)).toMatchObject({ exitCode: 2, stdout: '' });
    const { root } = temporaryRepository(company);
    const named = await doctor(root, '--repository', 'terms');
    expect([named.exitCode, named.stderr]).toEqual([
      2,
      expect.stringContaining('--repository is a name like acme/terms'),
    ]);
  });

  it('asks the GitHub it is told of, and says what that does not show', async () => {
    const { root } = temporaryRepository(company);
    const asked: (string | undefined)[] = [];
    const server = createServer(({ url, headers }, response) => {
      asked.push(`${url?.split('?')[0]} ${headers.authorization}`);
      response.writeHead(url === '/repos/globex/terms' ? 200 : 404, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ default_branch: 'main', message: 'Not Found' }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const variables = {
      GITHUB_TOKEN: 'tok-12345',
      GITHUB_REPOSITORY: 'globex/terms',
      GITHUB_API_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    };
    const { exitCode, stdout, stderr } = await runProviso(['doctor'], { folder: root, variables });
    expect([exitCode, stdout]).toEqual([0, '4 workflows and the settings of globex/terms: 6 notes\n']);
    expect(stderr).toContain('how the default branch is protected could not be read (GitHub answers 404; needs admin)');
    expect(`${stdout}${stderr}`).not.toContain('tok-12345');
    expect(asked).toContain('/repos/globex/terms/rules/branches/main token tok-12345');
  });

  it('finds no error in the repository it comes from', async () => {
    const root = fileURLToPath(new URL('../..', import.meta.url));
    const { exitCode, found } = await told(root);
    expect([exitCode, found.filter((line) => line.startsWith('error'))]).toEqual([0, []]);
  });
});
