import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Ran, type RunIn, runProviso } from '../run-proviso.ts';
import { tinyCompany } from '../scenarios/tiny-company.ts';
import { git, temporaryFolder } from '../temporary-repository.ts';
import { addAccount } from './fake/acts.ts';
import type { Token } from './fake/host.ts';
import type { Content } from './fake/objects.ts';
import { type FakeGitHub, openFakeGitHub } from './fake/open-fake-github.ts';

export const policies = {
  'policies/approvals.yaml': `classes:
  product: { label: Product, needs: 1 }
  finance: { label: Finance, needs: 1, code: true }
  machinery: { needs: 1, code: true }
lines:
  - { when: { setting: seats, above: 10 }, class: product, because: capacity }
  - { when: { term: billing.paymentTerms }, class: finance, because: cash }
  - { when: { machinery: true }, class: machinery, because: it decides over everything }
`,
  'policies/approvers.yaml': `people:
  - { id: 1002, login: kim, classes: [product, machinery] }
  - { id: 1003, login: ola, classes: [finance, product] }
`,
} as const;

/** An exception that gives Acme more seats than product lets pass. */
export const moreSeats = (seats: number): string => `name: Acme
plan: studio@1
exceptions:
  - id: EX-0001
    need: Everybody of the workshop signs in for a month.
    kind: commercial
    askedBy: lee@acme.example
    askedOn: 2026-05-20
    neededBy: 2026-07-01
    worth: { amount: "500.00", currency: USD, per: year }
    demand: []
    usedBy: the workshop, daily
    decision: configuration
    because: They pay for it.
    set: { seats: ${seats} }
    starts: 2026-07-01
    expires: 2026-07-31
    onUpgrade: drop
    onDowngrade: drop
    onLapse: drop
    owner: team-sales
    handledBy: support
    livesIn: config
    buildHours: 0
    hoursPerMonth: 0
`;

export interface OnGitHub {
  fake: FakeGitHub;
  /** A clone of `main`, as the job of a workflow has it. */
  clone: string;
  /** Runs a command as a workflow does, with the token of an account. */
  run(argv: readonly string[], as?: string, more?: Partial<RunIn>): Promise<Ran>;
  variablesOf(login?: string, kind?: Token['kind']): Record<string, string>;
}

const address = 'https://github.example/acme/terms.git';

/** The tiny company with rules, on a GitHub of its own: sam writes, kim and ola approve. */
export async function companyOnGitHub(files: Readonly<Record<string, Content>> = {}): Promise<OnGitHub> {
  const fake = await openFakeGitHub({ '.gitignore': '.proviso/\n', ...tinyCompany, ...policies, ...files });
  ['sam', 'kim', 'ola'].forEach((login, index) => addAccount(fake, { id: 1001 + index, login }));
  const clone = temporaryFolder();
  git(clone, 'clone', '--quiet', fake.git, '.');
  // By its address the repository is known; git reads from where it really lies.
  const config = join(clone, '.git/config');
  const known = readFileSync(config, 'utf8').replace(/url = .*/, `url = ${address}`);
  writeFileSync(config, `${known}[url "${fake.git}"]\n\tinsteadOf = ${address}\n[protocol "file"]\n\tallow = always\n`);
  const variablesOf = (login = 'github-actions[bot]', kind?: Token['kind']) => ({
    GITHUB_TOKEN: fake.tokenFor(login, kind),
    GITHUB_API_URL: fake.url,
    GITHUB_SERVER_URL: 'https://github.example',
    GITHUB_REPOSITORY: 'acme/terms',
  });
  return {
    fake,
    clone,
    variablesOf,
    run: (argv, as, more) => runProviso(argv, { folder: clone, variables: variablesOf(as), ...more }),
  };
}
