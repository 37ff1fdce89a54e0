import { describe, expect, it } from 'vitest';
import { runProviso } from '../run-proviso.ts';
import { temporaryRepository } from '../temporary-repository.ts';
import { accounts, product, scanText, seats } from './scanned-product.ts';
import { tinyCompany } from './tiny-company.ts';

const terms = () =>
  temporaryRepository({ ...tinyCompany, 'customers/zephyra.yaml': 'name: Zephyra Labs GmbH\nplan: studio@1\n' }).root;
const two = { 'src/a.ts': seats(), 'web/b.ts': seats('lumora', 'rows') };

const scanAs = async (format: string, root: string, variables: Record<string, string> = {}) =>
  (await runProviso(['scan', '--format', format], { folder: root, variables })).stdout;

describe('a scan as text', () => {
  it('shows each rule with its lines, and a setting of the catalogue that would do', async () => {
    const { root } = temporaryRepository({ 'src/a.ts': seats() });
    const { exitCode, stdout, stderr } = await scanText(root, 'src', '--root', terms());
    expect([exitCode, stderr]).toEqual([1, '']);
    expect(
      stdout,
    ).toBe(`src/a.ts:2:22 error account zephyra decides here: 'zephyra' is compared with \`account.id\` (account-equality)
  1 | export function seats(account: Account): number {
> 2 |   if (account.id === 'zephyra') return 500;
    |                      ^^^^^^^^^
  3 |   return 10;
  4 | }
  account: zephyra
  help: the setting seats (seats) can say this: proviso new exception zephyra --set seats=…, and read it here

1 rule about accounts in 1 file: 1 error
1 file looked at for 2 accounts, 1 file read as code
`);
  });

  it('is coloured on a terminal, without other words', async () => {
    const root = product(two);
    const plain = await runProviso(['scan'], { folder: root });
    const painted = await runProviso(['scan'], { folder: root, isTTY: true });
    expect(painted.stdout).not.toBe(plain.stdout);
    expect(painted.stdout.replaceAll(/\u001b\[\d+m/g, '')).toBe(plain.stdout);
  });

  it('cannot make the terminal obey, whatever the source says', async () => {
    const line = `if (account.id === 'zephyra' || x === '\u001b[2J\u202e') y();\n`;
    const { stdout } = await scanText(product({ 'src/a\u001b[31m.ts': line }));
    expect(stdout).toContain('account zephyra decides here');
    expect(stdout).not.toMatch(/[\u001b\u202e]/);
  });
});

describe('a scan as JSON', () => {
  it('has for each finding what the agreed shape has, and more behind it', async () => {
    const whole = JSON.parse(await scanAs('json', product(two)));
    const [first] = whole.findings;
    expect(Object.keys(first).slice(0, 8)).toEqual([
      'path',
      'line',
      'column',
      'endColumn',
      'rule',
      'account',
      'message',
      'fingerprint',
    ]);
    expect(whole).toEqual({
      findings: [
        {
          path: 'src/a.ts',
          line: 2,
          column: 22,
          endColumn: 31,
          rule: 'account-equality',
          account: 'zephyra',
          message: "account zephyra decides here: 'zephyra' is compared with `account.id`",
          fingerprint: expect.stringMatching(/^[0-9a-f]{32}:1$/),
          severity: 'error',
          literal: "'zephyra'",
          help: 'make what differs a setting, say in the file of zephyra what zephyra has, and read the setting here',
        },
        expect.objectContaining({ path: 'web/b.ts', account: 'lumora' }),
      ],
      accepted: [],
      suppressions: [],
      files: { scanned: 2, parsed: 2, skipped: [] },
      accounts: 2,
      diagnostics: [],
    });
  });

  it('tells a literal over several lines by its end', async () => {
    const root = product({ 'a.py': 'if account.slug == """zephyra""" and is_big:\n    pass\n' });
    const { findings } = JSON.parse(await scanAs('json', root));
    expect(findings).toMatchObject([{ line: 1, column: 20, endColumn: 33 }]);
    expect(findings[0]).not.toHaveProperty('endLine');
  });

  it('is the same each time, byte by byte', async () => {
    const root = product(two);
    expect(await scanAs('json', root)).toBe(await scanAs('json', root));
  });

  it('has null for an account that is in no list', async () => {
    const root = product({ 'a.ts': `if (account.id === 'cus_R9s8T7u6V5w4X3') y();\n` });
    expect(JSON.parse(await scanAs('json', root)).findings).toMatchObject([
      { rule: 'unlisted-account', account: null, column: 20 },
    ]);
  });
});

describe('a scan as annotations of GitHub', () => {
  it('stands where GitHub looks for it', async () => {
    const root = product(two);
    const said = await scanAs('github', root, { GITHUB_WORKSPACE: root });
    expect(said.split('\n').filter((line) => line.startsWith('::'))).toEqual([
      "::error file=src/a.ts,line=2,col=22,endLine=2,endColumn=30,title=account-equality::account zephyra decides here: 'zephyra' is compared with `account.id`%0Amake what differs a setting, say in the file of zephyra what zephyra has, and read the setting here",
      "::error file=web/b.ts,line=2,col=22,endLine=2,endColumn=29,title=account-equality::account lumora decides here: 'lumora' is compared with `account.id`%0Amake what differs a setting, say in the file of lumora what lumora has, and read the setting here",
    ]);
  });

  it('is what comes by itself there', async () => {
    const { stdout } = await runProviso(['scan'], { folder: product(two), variables: { GITHUB_ACTIONS: 'true' } });
    expect(stdout).toMatch(/^::error file=src\/a\.ts,/);
  });
});

describe('a scan as Markdown', () => {
  it('is a list by file', async () => {
    expect(await scanAs('markdown', product({ 'src/a.ts': seats() }))).toBe(`## 1 rule about accounts in 1 file: 1 error

### \`src/a.ts\`

- **Error** line 2, \`'zephyra'\`, account \`zephyra\`: account zephyra decides here: 'zephyra' is compared with \\\`account.id\\\` (account-equality)
  - make what differs a setting, say in the file of zephyra what zephyra has, and read the setting here

1 file looked at for 2 accounts, 1 file read as code.
`);
  });
});

describe('a scan as SARIF', () => {
  const sarifOf = async (root: string) => JSON.parse(await scanAs('sarif', root)).runs[0];

  it('says where, by which rule, and a fingerprint that stays when code moves', async () => {
    const [one, two] = [seats(), `// a comment\n\n${seats().replaceAll('  if', '      if')}`];
    const { results, tool } = await sarifOf(product({ 'src/a.ts': one }));
    expect(results).toMatchObject([
      {
        ruleId: 'account-equality',
        level: 'error',
        locations: [
          {
            physicalLocation: {
              artifactLocation: { uri: 'src/a.ts' },
              region: { startLine: 2, startColumn: 22, endLine: 2, endColumn: 31 },
            },
          },
        ],
        suppressions: [],
      },
    ]);
    expect(tool.driver.rules).toMatchObject([{ id: 'account-equality', defaultConfiguration: { level: 'error' } }]);
    const moved = await sarifOf(product({ 'other/place.ts': two }));
    const printOf = (result: { partialFingerprints: Record<string, string> }) =>
      result.partialFingerprints['proviso/v1'];
    expect(printOf(moved.results[0])).toBe(printOf(results[0]));
  });

  it('says why what is suppressed or known does not count', async () => {
    const allow = '// proviso-allow EX-1 owner=team-a until=2026-12-31 because="they move"\n  ';
    const root = product({ 'src/a.ts': seats() });
    await scanText(root, '--update-baseline');
    const excused = temporaryRepository({
      'proviso-accounts.json': accounts,
      'src/b.ts': seats().replace('if', `${allow}if`),
    }).root;
    const known = await runProviso(['scan', '--format', 'sarif'], { folder: root });
    expect(known.exitCode).toBe(0);
    expect(JSON.parse(known.stdout).runs[0].results).toMatchObject([
      { suppressions: [{ kind: 'external', status: 'accepted' }] },
    ]);
    expect((await sarifOf(excused)).results).toMatchObject([
      { suppressions: [{ kind: 'inSource', justification: 'EX-1, team-a until 2026-12-31: they move' }] },
    ]);
  });
});
