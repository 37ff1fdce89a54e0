import type { RepositorySettings } from '../../../engine/doctor/repository-settings.ts';
import type { Setup } from '../../../engine/doctor/setup.ts';
import { type Changes, safeFiles, safeKeys, safeSettings } from './safe-setup.ts';

export interface SpoiledRepository {
  title: string;
  changes?: Changes;
  more?: Partial<Setup>;
  found: readonly string[];
}

const owners = '.github/CODEOWNERS';
const approvals = 'policies/approvals.yaml';
const approvers = 'policies/approvers.yaml';
const release = 'policies/publish.yaml';

/** What every private key of Ed25519 looks like; this one was made up. */
const pem = `-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEI${'AbC4'.repeat(10)}AbC\n-----END PRIVATE KEY-----`;

const swap = (path: string, from: string, to: string): Changes => ({
  [path]: (safeFiles[path] ?? '').replace(from, () => to),
});

export const spoiledFiles: readonly SpoiledRepository[] = [
  { title: 'no CODEOWNERS', changes: { [owners]: undefined }, found: ['warning .github/CODEOWNERS:1:1 code-owners'] },
  {
    title: 'a pattern GitHub does not know',
    changes: { [owners]: '* @globex/terms\n!/docs/ @ola\n/plans/[a-z]* @ola\n' },
    found: ['warning .github/CODEOWNERS:2:1 code-owners', 'warning .github/CODEOWNERS:3:1 code-owners'],
  },
  {
    title: 'owners that are none',
    changes: { [owners]: '* @globex/terms\n/plans/ globex @your-team\n' },
    found: ['warning .github/CODEOWNERS:2:1 code-owners', 'warning .github/CODEOWNERS:2:1 code-owners'],
  },
  {
    title: 'a folder nobody owns',
    changes: { [owners]: '/customers/ @a\n/plans/ @a\n/policies/*.yaml @a\n/.github/ @a\n' },
    found: ['warning .github/CODEOWNERS:1:1 owned-folders'],
  },
  {
    title: 'a folder that a later line takes from its owner',
    changes: { [owners]: '* @globex/terms\n  /policies/\n' },
    found: ['warning .github/CODEOWNERS:2:3 owned-folders'],
  },
  {
    title: 'a folder of which only what lies in it now is owned',
    changes: { [owners]: '* @globex/terms\n/customers/\n/customers/acme.yaml @ola\n' },
    found: ['warning .github/CODEOWNERS:2:1 owned-folders'],
  },
  {
    title: 'no template and no form',
    changes: { '.github/pull_request_template.md': undefined, '.github/ISSUE_TEMPLATE/exception.yml': undefined },
    found: [
      'note .github/pull_request_template.md:1:1 contribution-forms',
      'note .github/ISSUE_TEMPLATE:1:1 contribution-forms',
    ],
  },
  {
    title: 'no policy of approvals where they are verified',
    changes: { [approvals]: undefined, [approvers]: undefined },
    found: ['error policies/approvals.yaml:1:1 approval-policy', 'error policies/approvers.yaml:1:1 approval-policy'],
  },
  {
    title: 'no policy of approvals where nothing is released yet',
    changes: {
      [approvers]: undefined,
      ...swap(release, "  production: { store: 'https://store.example', verify: github }\n", ''),
    },
    found: ['warning policies/approvers.yaml:1:1 approval-policy'],
  },
  {
    title: 'no line for what judges the rest',
    changes: swap(approvals, '{ machinery: true }', '{ access: true }'),
    found: ['error policies/approvals.yaml:5:1 machinery-line'],
  },
  {
    title: 'a class without people',
    changes: swap(approvals, 'product: { needs: 1 }', 'product: { needs: 3 }'),
    found: ['error policies/approvals.yaml:4:3 class-staffing'],
  },
  {
    title: 'a class with just enough people',
    changes: swap(approvals, 'product: { needs: 1 }', 'product: { needs: 2 }'),
    found: ['warning policies/approvals.yaml:4:3 class-staffing'],
  },
  {
    title: 'one person twice is one person',
    changes: swap(approvers, '  - { id: 3, login: jo, classes', '  - { id: 1, login: jo, classes'),
    found: ['warning policies/approvals.yaml:2:3 class-staffing'],
  },
  {
    title: 'one person for everything',
    changes: swap(approvers, 'classes: [machinery, product]', 'classes: [machinery, product, finance]'),
    found: ['note policies/approvers.yaml:3:21 one-approver'],
  },
  {
    title: 'a production nobody verifies',
    changes: swap(release, 'verify: github', 'verify: none'),
    found: ['error policies/publish.yaml:4:49 production-verified'],
  },
  {
    title: 'a production that says nothing of approvals',
    changes: swap(release, ', verify: github', ''),
    found: ['error policies/publish.yaml:4:3 production-verified'],
  },
  {
    title: 'a store of others nobody verifies',
    changes: swap(
      release,
      '  local: { verify: none }',
      '  local: { verify: none }\n  staging: { store: "redis://u:p@cache:6379", verify: none }',
    ),
    found: [
      'warning policies/publish.yaml:4:47 production-verified',
      'warning policies/publish.yaml:4:3 refresh-schedule',
    ],
  },
  {
    title: 'customers that git rewrites',
    changes: { '.gitattributes': '*.yaml filter=clean\n' },
    found: ['error .gitattributes:1:1 hidden-diff'],
  },
  {
    title: 'plans that are folded away in reviews',
    changes: { '.gitattributes': '# a comment\n  /plans/** linguist-generated\n' },
    found: ['warning .gitattributes:2:3 hidden-diff'],
  },
  {
    title: 'folders that are not ignored',
    changes: { '.gitignore': 'node_modules\n!node_modules\n' },
    found: ['warning .gitignore:1:1 ignored-folders', 'warning .gitignore:1:1 ignored-folders'],
  },
  {
    title: 'a store that is committed',
    changes: { '.proviso/store/head': 'x' },
    found: ['error .proviso/:1:1 ignored-folders'],
  },
  { title: 'no lock file', changes: { 'package-lock.json': undefined }, found: ['error package.json:1:1 lock-file'] },
  {
    title: 'no word of Node',
    changes: { 'package.json': '{ "name": "terms" }' },
    found: ['note package.json:1:1 node-version'],
  },
  {
    title: 'no keys where releases are signed',
    more: { keys: { ...safeKeys, keysets: [] } },
    found: ['warning policies/publish.yaml:4:3 signing-keys'],
  },
  {
    title: 'no keys, and no environment that takes signed releases',
    changes: swap(release, 'verify: github', 'verify: github, signed: false'),
    more: { keys: { ...safeKeys, keysets: [] } },
    found: [],
  },
  {
    title: 'no refresh where releases are signed',
    changes: { '.github/workflows/refresh.yml': undefined },
    found: ['warning policies/publish.yaml:4:3 refresh-schedule'],
  },
  {
    title: 'no refresh, and no environment that takes signed releases',
    changes: {
      '.github/workflows/refresh.yml': undefined,
      ...swap(release, 'verify: github', 'verify: github, signed: false'),
    },
    found: [],
  },
  {
    title: 'the key in a workflow for pull requests, and no environment that takes signed releases',
    changes: {
      ...swap(release, 'verify: github', 'verify: github, signed: false'),
      ...swap('.github/workflows/refresh.yml', '  schedule:', '  issue_comment:\n  schedule:'),
    },
    found: [],
  },
  {
    title: 'keys that end soon',
    more: { keys: { ...safeKeys, now: Date.parse('2029-12-02T00:00:01Z') } },
    found: ['warning keys/1.json:1:1 signing-keys'],
  },
  {
    title: 'keys that do not end soon yet',
    more: { keys: { ...safeKeys, now: Date.parse('2029-12-02T00:00:00Z') } },
    found: [],
  },
  {
    title: 'keys that have ended',
    more: { keys: { ...safeKeys, now: Date.parse('2030-01-01T00:00:01Z') } },
    found: ['error keys/1.json:1:1 signing-keys'],
  },
  {
    title: 'keys nobody should trust',
    more: { keys: { ...safeKeys, keysets: [], trouble: { message: 'keys/1.json is not a keyset to trust' } } },
    found: ['error keys:1:1 signing-keys'],
  },
  {
    title: 'private keys in files that are called something else',
    changes: {
      'docs/how-to.md': `Run it with\n\n${pem}\n`,
      'schemas/generated/key.json': JSON.stringify({ key: pem }),
      'notes.txt': `the key:\n${pem.split('\n')[1]}\n`,
      'README.md': 'A file that begins with -----BEGIN PRIVATE KEY----- is never committed.\n',
    },
    found: [
      'error docs/how-to.md:3:1 committed-secret',
      'error schemas/generated/key.json:1:1 committed-secret',
      'error notes.txt:2:1 committed-secret',
    ],
  },
  {
    title: 'secrets in files',
    changes: {
      '.env': 'A=1\n',
      'deploy/.env.production': 'A=1\n',
      '.git-credentials': 'x\n',
      '.npmrc': 'save=true\n//registry.npmjs.org/:_authToken=npm_abc\n',
      'keys/head.pem': '-----BEGIN PRIVATE KEY-----\n',
      'test/key.pem': '-----BEGIN RSA PRIVATE KEY-----\n',
      'keys/public.pem': '-----BEGIN PUBLIC KEY-----\n',
    },
    found: [
      'error .env:1:1 committed-secret',
      'error deploy/.env.production:1:1 committed-secret',
      'error .git-credentials:1:1 committed-secret',
      'error .npmrc:2:1 committed-secret',
      'error keys/head.pem:1:1 committed-secret',
      'note test/key.pem:1:1 committed-secret',
    ],
  },
];

const settings = (change: Partial<RepositorySettings>): Partial<Setup> => ({
  settings: { ...safeSettings, ...change },
});

const branch = (change: object): Partial<Setup> =>
  settings({
    branch: {
      value: { ...('value' in safeSettings.branch ? safeSettings.branch.value : undefined), ...change } as never,
    },
  });

const rules = 'github.com/globex/terms/settings/rules:1:1';
const environments = 'github.com/globex/terms/settings/environments:1:1';
const unread = { unread: 'GitHub answers 403; needs admin' };

export const spoiledSettings: readonly SpoiledRepository[] = [
  { title: 'force pushes', more: branch({ forcePushes: true }), found: [`error ${rules} branch-protection`] },
  { title: 'deletion', more: branch({ deletion: true }), found: [`error ${rules} branch-protection`] },
  { title: 'no pull request', more: branch({ pullRequest: undefined }), found: [`error ${rules} branch-protection`] },
  {
    title: 'reviews that prove little',
    more: branch({ pullRequest: { approvals: 0, dismissesStale: false, lastPushApproval: false } }),
    found: [1, 2, 3].map(() => `warning ${rules} branch-protection`),
  },
  { title: 'no check', more: branch({ requiredChecks: [] }), found: [`error ${rules} branch-protection`] },
  { title: 'an old base', more: branch({ mergeQueue: false }), found: [`warning ${rules} branch-protection`] },
  {
    title: 'half of the answers',
    more: branch({ isWhole: false, deletion: true }),
    found: [`note ${rules} branch-protection`],
  },
  {
    title: 'somebody who is let past',
    more: settings({ bypass: { value: ['Team 7 (always)'] } }),
    found: [`error ${rules} bypass-actors`],
  },
  {
    title: 'merging by rebase',
    more: settings({ mergeMethods: { value: { merge: true, squash: true, rebase: true } } }),
    found: ['error github.com/globex/terms/settings/:1:1 merge-methods'],
  },
  {
    title: 'an environment that is not there',
    more: settings({ environments: { value: [] } }),
    found: ['error .github/workflows/publish.yml:10:5 environment-protection'],
  },
  {
    title: 'an environment for any branch, with admins let past its reviewers',
    more: settings({
      environments: {
        value: [{ name: 'production', branches: 'any', hasReviewers: true, adminsMayBypass: true }],
      },
    }),
    found: [`error ${environments} environment-protection`, `warning ${environments} environment-protection`],
  },
  {
    title: 'an environment for branches of many names',
    more: settings({
      environments: {
        value: [{ name: 'Production', branches: ['main', 'release/*'], hasReviewers: false, adminsMayBypass: true }],
      },
    }),
    found: [`error ${environments} environment-protection`],
  },
  {
    title: 'an identity that any workflow has',
    more: settings({ identityClaims: { value: ['repo'] } }),
    found: [1, 2].map(() => 'warning github.com/globex/terms/settings/actions:1:1 identity-claims'),
  },
  {
    title: 'an owner who does not exist',
    more: settings({
      codeOwnersErrors: { value: [{ path: owners, line: 3, column: 12, message: 'Unknown owner' }] },
    }),
    found: ['warning .github/CODEOWNERS:3:12 owners-errors'],
  },
  {
    title: 'workflows that may write and approve',
    more: settings({ actions: { value: { defaultToken: 'write', mayApprovePullRequests: true } } }),
    found: ['error', 'warning'].map(
      (severity) => `${severity} github.com/globex/terms/settings/actions:1:1 actions-settings`,
    ),
  },
  {
    title: 'nothing that could be read',
    more: settings({
      branch: unread,
      bypass: unread,
      mergeMethods: unread,
      environments: unread,
      actions: unread,
      identityClaims: unread,
      codeOwnersErrors: unread,
    }),
    found: [
      'note github.com/globex/terms/settings/:1:1 owners-errors',
      `note ${rules} branch-protection`,
      `note ${rules} bypass-actors`,
      'note github.com/globex/terms/settings/:1:1 merge-methods',
      `note ${environments} environment-protection`,
      'note github.com/globex/terms/settings/actions:1:1 identity-claims',
      'note github.com/globex/terms/settings/actions:1:1 actions-settings',
    ],
  },
  { title: 'nobody asked GitHub', more: { settings: undefined }, found: ['note .github:1:1 unasked-settings'] },
  {
    title: 'a shallow clone',
    more: { git: { isShallow: true, tracked: new Set(Object.keys(safeFiles)) } },
    found: ['note .git:1:1 whole-clone'],
  },
  {
    title: 'generated files that are stale',
    more: {
      staleSchemas: [
        {
          rule: 'stale',
          severity: 'error',
          message: 'x',
          at: { path: 'schemas/generated/a.json', start: { line: 1, column: 1 } },
        },
      ],
    },
    found: ['error schemas/generated/a.json:1:1 generated-schemas'],
  },
  {
    title: 'settings whose code was not run',
    changes: { 'schemas/settings.ts': '' },
    more: { staleSchemas: undefined },
    found: ['note schemas/settings.ts:1:1 generated-schemas'],
  },
];
