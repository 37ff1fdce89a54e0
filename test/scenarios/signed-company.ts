import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { type SignedKeys, signedKeys } from '../fixtures/release/signed-keys.ts';
import { plan, withSeats } from '../fixtures/verify/published-files.ts';
import { type Ran, runProviso } from '../run-proviso.ts';
import { commitAll, type Files, temporaryFolder, temporaryRepository, writeFiles } from '../temporary-repository.ts';
import { tinyCompany } from './tiny-company.ts';

export interface SignedCompany {
  root: string;
  keys: SignedKeys;
  /** Runs a command in production. */
  run(words: string, now?: string, variables?: Readonly<Record<string, string>>): Promise<Ran>;
  json(words: string, now?: string): Promise<Record<string, unknown> & { exitCode: number }>;
  /** Commits acme with so many seats, has kim approve it where that is needed, and publishes. */
  publishSeats(seats: number, now?: string): Promise<string>;
  /** Has kim approve what a command that would publish is refused for. */
  approveAll(variables?: Readonly<Record<string, string>>, words?: string): Promise<void>;
  /** What was said by approvers, as the file of approvals has it. */
  setApprovals(reviews: readonly object[]): void;
  approvals: object[];
}

const acme = 'customers/acme.yaml';

/** A company whose production is signed and takes what is approved in a file; its first release is in force. */
export async function signedCompany(files: Files = {}): Promise<SignedCompany> {
  const file = join(temporaryFolder(), 'approvals.json');
  writeFileSync(file, '[]');
  const keys = await signedKeys('acme/terms');
  const { root } = temporaryRepository({
    '.gitignore': '.proviso/\n',
    ...tinyCompany,
    ...keys.files,
    'policies/approvals.yaml': `classes:
  product: { label: Product, needs: 1 }
  machinery: { needs: 1, code: true }
lines:
  - { when: { setting: seats, above: 10 }, class: product, because: capacity }
  - { when: { machinery: true }, class: machinery, because: it decides over everything }
`,
    'policies/approvers.yaml': `people:
  - { id: 1002, login: kim, emails: [kim@product.example], classes: [product, machinery] }
`,
    'plans/studio@1.yaml': plan,
    [acme]: withSeats(6),
    'policies/publish.yaml': `language: 1
environments:
  local: { verify: none }
  production: { store: "file:./.proviso/production", verify: file, approvals: ${file} }
`,
    ...files,
  });
  const company: SignedCompany = {
    root,
    keys,
    approvals: [],
    run: (words, now = '2026-06-01T12:00:00Z', variables = keys.variables) =>
      runProviso([...words.split(' '), '--env', 'production'], { folder: root, now, variables }),
    async json(words, now) {
      const { exitCode, stdout } = await company.run(`${words} --format json`, now);
      return { exitCode, ...(JSON.parse(stdout) as object) };
    },
    setApprovals: (reviews) => writeFileSync(file, JSON.stringify(reviews)),
    async publishSeats(seats, now) {
      writeFiles(root, { [acme]: withSeats(seats) });
      const commit = commitAll(root);
      const tried = await company.json('publish', now);
      if (tried.outcome !== 'refused') return commit;
      approve(tried);
      expect(await company.json('publish', now)).toMatchObject({ exitCode: 0, outcome: 'published' });
      return commit;
    },
    async approveAll(variables, words = 'takeover --because test --dry-run') {
      const { stdout } = await company.run(`${words} --format json`, undefined, variables);
      approve(JSON.parse(stdout) as Record<string, unknown>);
    },
  };
  function approve(tried: Record<string, unknown>): void {
    for (const { subjects } of tried.commits as { subjects: Record<string, string> }[])
      for (const [name, subject] of Object.entries(subjects))
        company.approvals.push({
          login: 'kim',
          id: 1002,
          class: name,
          subject,
          at: '2026-06-01T12:00:00Z',
          state: 'APPROVED',
        });
    company.setApprovals(company.approvals);
  }
  expect(await company.json('publish')).toMatchObject({ exitCode: 0, release: 1 });
  return company;
}
