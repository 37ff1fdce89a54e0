import { describe, expect, it } from 'vitest';
import { runProviso } from '../run-proviso.ts';
import { commitAll, temporaryRepository, writeFiles } from '../temporary-repository.ts';
import { tinyCompany } from './tiny-company.ts';

async function told(root: string, ...argv: string[]): Promise<string[]> {
  const { stdout } = await runProviso([...argv, '--format', 'json', '--at', '2026-11-20'], { folder: root });
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: Record<string, string | number>[] };
  return diagnostics.map(
    ({ severity, path, line, column, rule, message }) => `${severity} ${path}:${line}:${column} ${rule} ${message}`,
  );
}

describe('policies/scan.yaml on the command line', () => {
  it('is judged by validate, to the line', async () => {
    const { root } = temporaryRepository({
      ...tinyCompany,
      'policies/scan.yaml':
        'sentinel: [house]\nidentifiers: [Studio Id]\nseverity:\n  account-equalty: off\n  account-map: fatal\n',
    });
    expect(await told(root, 'validate', '--no-code')).toEqual([
      'error policies/scan.yaml:1:1 unknown-key unknown key `sentinel`; did you mean sentinels?',
      'error policies/scan.yaml:2:15 wrong-value `Studio Id` is not one word of lower-case letters, singular, like studio',
      'error policies/scan.yaml:4:3 unknown-key unknown key `account-equalty`; did you mean account-equality?',
      'error policies/scan.yaml:5:16 wrong-value `fatal` is none of `error`, `warning`, `note`, `off`',
    ]);
  });

  it('is a rule like the other policies: it is told in the diff, and does not come along with customers', async () => {
    const { root } = temporaryRepository(tinyCompany);
    commitAll(root, 'first');
    writeFiles(root, {
      'policies/scan.yaml': 'sentinels: [acme]\n',
      'customers/acme.yaml': 'name: Acme\nplan: studio@1\nquantities: {}\n',
    });
    expect(await told(root, 'check')).toContain(
      'error policies/scan.yaml:1:1 rules-with-customers this changes policies/scan.yaml and the customers in customers/acme.yaml at once',
    );
    const { stdout } = await runProviso(['diff', '--no-color'], { folder: root });
    expect(stdout).toContain('policies/scan.yaml sentinels');
  });

  it('says which ids in no list stand for no customer', async () => {
    const source = `export const isBot = (account: Account) => account.id === 19_864_447 || account.key === 'cus_R9s8T7u6V5w4X3';\n`;
    const { root } = temporaryRepository({ ...tinyCompany, 'src/a.ts': source });
    const found = async () =>
      JSON.parse((await runProviso(['scan', 'src', '--format', 'json'], { folder: root })).stdout);
    expect((await found()).findings).toMatchObject([{ literal: '19_864_447' }, { literal: "'cus_R9s8T7u6V5w4X3'" }]);
    writeFiles(root, { 'policies/scan.yaml': "sentinels: ['19864447', cus_R9s8T7u6V5w4X3]\n" });
    expect(await found()).toMatchObject({ findings: [], diagnostics: [] });
  });
});
