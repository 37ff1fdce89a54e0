/** A repository in which the doctor finds nothing, for tests to spoil. */
import { readWorkflows } from '../../../engine/doctor/read-workflows.ts';
import type { RepositorySettings } from '../../../engine/doctor/repository-settings.ts';
import type { KeyFacts, Setup } from '../../../engine/doctor/setup.ts';
import { firstKeyset } from '../../../engine/keys/first-keyset.ts';
import { loadModel } from '../../../engine/load-model.ts';
import { testKey } from '../../fixtures/signing/test-key.ts';
import { smallSettings, sourceFile } from '../../fixtures/small-repository.ts';

const CHECKOUT = 'actions/checkout@fbc6f3992d24b796d5a048ff273f7fcc4a7b6c09';
const NODE = 'actions/setup-node@a0853c24544627f65ddf259abe73b1d18a591444';

/** Reads what is proposed, with the default branch's code. */
const review = `name: review
on:
  pull_request_target:
  workflow_run: { workflows: [reviewed], types: [completed] }
permissions: {}
concurrency:
  group: review-\${{ github.event.pull_request.number || github.run_id }}
  cancel-in-progress: true
jobs:
  review:
    runs-on: ubuntu-24.04
    timeout-minutes: 10
    permissions:
      contents: read
      pull-requests: write
      checks: write
    steps:
      - uses: ${CHECKOUT} # v5
        with:
          fetch-depth: 0
          persist-credentials: false
      - uses: ${NODE} # v5
        with: { node-version: '20.19', package-manager-cache: false }
      - run: npm ci --ignore-scripts && npm run build
      - name: Review
        env:
          GITHUB_TOKEN: \${{ github.token }}
          HEAD: \${{ github.event.pull_request.head.sha }}
          TITLE: \${{ github.event.pull_request.title }}
        run: |
          git fetch --no-tags origin "$HEAD"
          git cat-file -e "$HEAD"
          npm run -s proviso -- review --head "$HEAD" --title "$TITLE"
`;

const publish = `name: publish
on:
  push: { branches: [main] }
  schedule: [{ cron: '7 * * * *' }]
permissions: {}
jobs:
  publish:
    runs-on: ubuntu-24.04
    timeout-minutes: 20
    environment: production
    concurrency: { group: deploy, cancel-in-progress: false }
    permissions:
      contents: write
      id-token: write
    steps:
      - uses: ${CHECKOUT} # v5
        with: { fetch-depth: 0, persist-credentials: false }
      - uses: ./.github/actions/install
      - name: Publish
        env:
          GITHUB_TOKEN: \${{ github.token }}
          PROVISO_KEY: \${{ secrets.PROVISO_KEY }}
        run: npm run -s proviso -- publish --env production
`;

const refresh = `name: refresh
on:
  schedule: [{ cron: '23 * * * *' }]
permissions: {}
jobs:
  refresh:
    runs-on: ubuntu-24.04
    timeout-minutes: 20
    environment: production
    concurrency: { group: refresh, cancel-in-progress: false }
    permissions:
      contents: write
    steps:
      - uses: ${CHECKOUT} # v5
        with: { persist-credentials: false }
      - uses: ./.github/actions/install
      - name: Refresh
        env:
          PROVISO_HEAD_KEY: \${{ secrets.PROVISO_HEAD_KEY }}
        run: npm run -s proviso -- refresh --env production
`;

const verify = `name: verify
on: [pull_request, merge_group]
permissions:
  contents: read
jobs:
  verify:
    strategy:
      matrix: { os: [ubuntu-24.04, windows-2025], node: ['20.19', '24'] }
    runs-on: \${{ matrix.os }}
    timeout-minutes: 30
    env: { COLOUR: 'no' }
    steps:
      - uses: ${CHECKOUT} # v5
        with: { persist-credentials: false }
      - uses: ${NODE} # v5
        with: { node-version: 20, cache: npm }
      - run: npm install && npm test -- --node \${{ matrix.node }} --colour \${{ env.COLOUR }} --run \${{ github.run_id }}
`;

const install = `name: install
runs:
  using: composite
  steps:
    - uses: ${NODE} # v5
      with: { node-version: '22', package-manager-cache: false }
    - run: npm ci --ignore-scripts
      shell: bash
`;

const keyset = await firstKeyset(
  'globex/terms',
  [testKey('root 1'), testKey('root 2')],
  1,
  [testKey('head')],
  '2030-01-01T00:00:00.000Z',
);

export const safeKeys: KeyFacts = { keysets: [keyset], now: Date.parse('2026-06-01T12:00:00Z') };

export const safeFiles: Readonly<Record<string, string>> = {
  '.github/workflows/review.yml': review,
  '.github/workflows/publish.yml': publish,
  '.github/workflows/refresh.yml': refresh,
  '.github/workflows/verify.yaml': verify,
  '.github/actions/install/action.yml': install,
  '.github/CODEOWNERS': '* @globex/terms\n# money\n/policies/ @globex/finance @ola\n',
  '.github/pull_request_template.md': 'What and why?\n',
  '.github/ISSUE_TEMPLATE/exception.yml': 'name: Exception\n',
  '.gitignore': 'node_modules/\ndist/\n.proviso/\n',
  '.gitattributes': '*.png binary\nschemas/generated/** linguist-generated=true\n* text=auto\n',
  '.npmrc': '//registry.npmjs.org/:_authToken=${NPM_TOKEN}\n',
  '.env.example': 'TOKEN=\n',
  'package.json': '{ "name": "terms", "engines": { "node": ">=20.19" } }',
  'package-lock.json': '{}',
  'customers/acme.yaml': 'name: Acme\nplan: studio@1\n',
  'plans/studio@1.yaml': 'name: Studio\nrank: 1\nsettings: {}\nprice: { free: true }\n',
  'schemas/generated/catalogue.json': '{}',
  'policies/approvals.yaml': `classes:
  finance: { needs: 1, code: true }
  machinery: { needs: 1, code: true }
  product: { needs: 1 }
lines:
  - { when: { term: billing.discount }, class: finance, because: margin }
  - { when: { setting: seats }, class: product, because: capacity }
  - { when: { machinery: true }, class: machinery, because: it judges the rest }
`,
  'policies/approvers.yaml': `people:
  - { id: 1, login: ola, classes: [finance, product] }
  - { id: 2, login: kim, classes: [machinery, product] }
  - { id: 3, login: jo, classes: [machinery, finance] }
`,
  'keys/1.json': Buffer.from(keyset.envelope).toString(),
  'policies/publish.yaml': `language: 1
environments:
  local: { verify: none }
  production: { store: 'https://store.example', verify: github }
`,
};

export const safeSettings: RepositorySettings = {
  repository: 'globex/terms',
  defaultBranch: 'main',
  branch: {
    value: {
      isWhole: true,
      forcePushes: false,
      deletion: false,
      pullRequest: { approvals: 1, dismissesStale: true, lastPushApproval: true },
      requiredChecks: ['proviso'],
      upToDate: false,
      mergeQueue: true,
    },
  },
  bypass: { value: [] },
  mergeMethods: { value: { merge: true, squash: true, rebase: false } },
  environments: {
    value: [{ name: 'production', branches: ['main'], hasReviewers: false, adminsMayBypass: true }],
  },
  actions: { value: { defaultToken: 'read', mayApprovePullRequests: false } },
  identityClaims: { value: ['repo', 'context', 'job_workflow_ref'] },
  codeOwnersErrors: { value: [] },
};

export type Changes = Readonly<Record<string, string | undefined>>;

/** The safe repository with files written over, or left out where they are undefined. */
export async function setupWith(changes: Changes = {}, more: Partial<Setup> = {}): Promise<Setup> {
  const texts = Object.entries({ ...safeFiles, ...changes }).flatMap(([path, text]) =>
    text === undefined ? [] : [[path, sourceFile(path, text)] as const],
  );
  const files = new Map(texts);
  const { workflows, actions } = readWorkflows(files);
  const { model } = await loadModel(files.values(), smallSettings);
  return {
    files,
    workflows,
    actions,
    model,
    git: { defaultBranch: 'main', isShallow: false, tracked: new Set(files.keys()) },
    keys: safeKeys,
    folder: '',
    settings: safeSettings,
    staleSchemas: [],
    ...more,
  };
}
