import { describe, expect, it } from 'vitest';
import { runProviso } from '../run-proviso.ts';
import { commitAll, temporaryRepository, writeFiles } from '../temporary-repository.ts';
import { tinyCompany } from './tiny-company.ts';

interface Told {
  diagnostics: { path: string; line: number; column: number; severity: string; rule: string; message: string }[];
}

async function told(root: string, ...argv: string[]): Promise<string[]> {
  const { stdout } = await runProviso([...argv, '--format', 'json', '--at', '2026-11-20'], { folder: root });
  const { diagnostics } = JSON.parse(stdout) as Told;
  return diagnostics.map(
    ({ severity, path, line, column, rule, message }) => `${severity} ${path}:${line}:${column} ${rule} ${message}`,
  );
}

describe('policies/checks.yaml on the command line', () => {
  it('is judged by validate, to the line', async () => {
    const { root } = temporaryRepository({ ...tinyCompany, 'policies/checks.yaml': 'expires-soon:\n  day: 10\n' });
    expect(await told(root, 'validate', '--no-code')).toEqual([
      'error policies/checks.yaml:2:3 unknown-option expires-soon has no option day; did you mean days?',
    ]);
  });

  it('judges a change as it was before it', async () => {
    const { root } = temporaryRepository(tinyCompany);
    commitAll(root, 'first');
    writeFiles(root, {
      'policies/checks.yaml': 'rules-with-customers: { severity: off }\n',
      'customers/acme.yaml': 'name: Acme\nplan: studio@1\nquantities: {}\n',
    });
    expect(await told(root, 'check')).toContain(
      'error policies/checks.yaml:1:1 rules-with-customers this changes policies/checks.yaml and the customers in customers/acme.yaml at once',
    );
    commitAll(root, 'the rules of the change');
    writeFiles(root, {
      'customers/acme.yaml': 'name: Acme Ltd\nplan: studio@1\n',
      'policies/roles.yaml': 'roles: {}\n',
    });
    expect(
      (await told(root, 'check', '--base', 'HEAD')).filter((line) => line.includes('rules-with-customers')),
    ).toEqual([]);
  });
});
