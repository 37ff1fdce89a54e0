import { linux, NEW, PUBLISH, REVIEW, SHA, type Spoiled, spoil, VERIFY, workflow } from './spoil.ts';

const DIGEST = 'a'.repeat(64);

/** Edits that look like mistakes and are none. */
export const soundWorkflows: readonly Spoiled[] = [
  spoil(
    'an image by its digest',
    NEW,
    undefined,
    workflow('push', linux, 'steps:', `  - uses: docker://alpine@sha256:${DIGEST}`),
  ),
  spoil('a local workflow', NEW, undefined, workflow('push', 'uses: ./.github/workflows/verify.yaml')),
  spoil(
    'a workflow of others by its commit',
    NEW,
    undefined,
    workflow('push', `uses: other/repo/.github/workflows/x.yml@${SHA}`, 'with: { title: "${{ github.head_ref }}" }'),
  ),
  spoil(
    'the base checked out',
    REVIEW,
    '          fetch-depth: 0\n',
    '          ref: ${{ github.event.pull_request.base.sha }}\n',
  ),
  spoil('the default branch checked out', REVIEW, '          fetch-depth: 0\n', '          ref: main\n'),
  spoil(
    'the head merged without a checkout',
    REVIEW,
    'git cat-file -e "$HEAD"',
    'git merge-tree --write-tree HEAD "$HEAD"',
  ),
  spoil('the default branch checked out by a script', REVIEW, 'git cat-file -e "$HEAD"', 'git checkout main'),
  spoil(
    'the head checked out where there are no rights',
    VERIFY,
    'with: { persist-credentials: false }',
    'with: { persist-credentials: false, ref: "${{ github.event.pull_request.head.sha }}" }',
  ),
  spoil(
    'a question about a label in a script',
    VERIFY,
    'npm test',
    "echo ${{ contains(github.event.pull_request.labels.*.name, 'x') && 'a' || 'b' }} && npm test",
  ),
  spoil(
    'words that only look like a context',
    VERIFY,
    'npm test',
    "echo ${{ 'github.event.pull_request.title' }} $github_head_ref && npm test",
  ),
  spoil(
    'a title in a condition',
    REVIEW,
    '      - name: Review\n',
    "      - name: Review\n        if: contains(github.event.pull_request.title, 'x')\n",
  ),
  spoil(
    'the outcome of a step in a script',
    VERIFY,
    'npm test',
    'echo ${{ steps.a.outcome }} ${{ needs.b.result }} && npm test',
  ),
  spoil('false as text', PUBLISH, 'persist-credentials: false', "persist-credentials: 'false'"),
  spoil(
    'a cache turned off',
    PUBLISH,
    '      - uses: ./.github',
    `      - uses: actions/setup-go@${SHA}\n        with: { cache: false }\n      - uses: ./.github`,
  ),
  spoil(
    'an artifact of the same run',
    PUBLISH,
    '      - uses: ./.github',
    `      - uses: actions/download-artifact@${SHA}\n        with: { run-id: "\${{ github.run_id }}" }\n      - uses: ./.github`,
  ),
  spoil('the job’s own token by its old name', REVIEW, '${{ github.token }}', '${{ secrets.GITHUB_TOKEN }}'),
  spoil('a script that is only called ci', REVIEW, 'npm run build', 'npm run ci && npm run install-hooks'),
  spoil(
    'an install that is only spoken of',
    REVIEW,
    'npm run -s proviso --',
    '# after npm ci\n          npm run -s proviso --',
  ),
  spoil(
    'no scripts, at the end of a long line',
    REVIEW,
    'npm ci --ignore-scripts',
    'npm ci --no-audit \\\n          --ignore-scripts',
  ),
  spoil(
    'an own runner where nobody proposes',
    NEW,
    undefined,
    workflow('{ schedule: [{ cron: "1 1 * * *" }] }', 'runs-on: self-hosted', 'steps: []'),
  ),
  spoil(
    'findings of a scanner',
    NEW,
    undefined,
    workflow(
      'pull_request',
      linux,
      'permissions: { security-events: write }',
      'steps:',
      `  - uses: github/codeql-action/upload-sarif@${SHA}`,
    ),
  ),
  spoil(
    'a deployment kept away from what is proposed',
    PUBLISH,
    "  schedule: [{ cron: '7 * * * *' }]\npermissions: {}\njobs:\n  publish:\n",
    "  pull_request:\npermissions: {}\njobs:\n  publish:\n    if: github.event_name == 'push'\n",
  ),
  spoil(
    'one group for the whole workflow',
    PUBLISH,
    'permissions: {}\njobs:\n',
    'permissions: {}\nconcurrency: deploy\njobs:\n',
  ),
  spoil(
    'parts that are written once',
    NEW,
    undefined,
    `on: push\npermissions: {}\njobs:\n  one: &one\n    ${linux}\n    timeout-minutes: 5\n    steps:\n      - uses: &checkout actions/checkout@${SHA}\n        with: &off { persist-credentials: false }\n      - uses: *checkout\n        with: *off\n  two: *one\n`,
  ),
  spoil(
    'a long text over many lines',
    NEW,
    undefined,
    workflow(
      'push',
      linux,
      'steps:',
      '  - name: >-',
      '      one',
      '      two',
      '    run: |',
      '      cat <<EOF',
      '      key: "${NOT_AN_EXPRESSION}"',
      '      EOF',
    ),
  ),
];
