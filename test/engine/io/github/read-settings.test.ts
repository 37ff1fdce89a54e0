import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readSettings } from '../../../../engine/io/github/read-settings.ts';

type Answers = Readonly<Record<string, unknown>>;

/** Nobody waits in a test. */
const pace = { now: () => 0, sleep: async () => undefined };

/** A GitHub that answers these paths of one repository, a number as that status, and 404 for the rest. */
async function ask(answers: Answers, token = 'good') {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const path = (request.url ?? '').replace('/repos/globex/terms', '').replace(/\?.*$/, '');
    asked.push(`${request.method} ${path}`);
    const answer = request.headers.authorization === 'token good' ? (answers[path] ?? 404) : 401;
    const status = typeof answer === 'number' ? answer : 200;
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(status === 200 ? answer : { message: answers[`${path} says`] ?? 'Not Found' }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const settings = await readSettings({ repository: 'globex/terms', token, baseUrl: `http://127.0.0.1:${port}`, pace });
  return { settings, asked };
}

const strict = [
  { type: 'deletion', ruleset_id: 1 },
  { type: 'non_fast_forward', ruleset_id: 1 },
  { type: 'merge_queue', ruleset_id: 2 },
  {
    type: 'pull_request',
    ruleset_id: 1,
    parameters: {
      allowed_merge_methods: ['merge', 'squash'],
      dismiss_stale_reviews_on_push: true,
      require_last_push_approval: true,
      required_approving_review_count: 1,
    },
  },
  {
    type: 'required_status_checks',
    ruleset_id: 2,
    parameters: { required_status_checks: [{ context: 'proviso' }], strict_required_status_checks_policy: false },
  },
];

const all: Answers = {
  '': { default_branch: 'trunk', allow_merge_commit: true, allow_squash_merge: true, allow_rebase_merge: true },
  '/rules/branches/trunk': strict,
  '/branches/trunk/protection says': 'Branch not protected',
  '/rulesets/1': { name: 'one', bypass_actors: [] },
  '/rulesets/2': { name: 'two', bypass_actors: [{ actor_id: 5, actor_type: 'RepositoryRole', bypass_mode: 'always' }] },
  '/environments': {
    total_count: 2,
    environments: [
      {
        name: 'production',
        protection_rules: [{ type: 'required_reviewers' }, { type: 'branch_policy' }],
        deployment_branch_policy: { protected_branches: true, custom_branch_policies: false },
        can_admins_bypass: false,
      },
      { name: 'staging', protection_rules: [], deployment_branch_policy: null },
      {
        name: 'preview',
        protection_rules: [{ type: 'branch_policy' }],
        deployment_branch_policy: { protected_branches: false, custom_branch_policies: true },
        can_admins_bypass: true,
      },
    ],
  },
  '/environments/preview/deployment-branch-policies': {
    total_count: 2,
    branch_policies: [{ name: 'trunk' }, { name: 'release/*' }],
  },
  '/actions/oidc/customization/sub': {
    use_default: false,
    include_claim_keys: ['repo', 'context', 'job_workflow_ref'],
  },
  '/codeowners/errors': {
    errors: [
      {
        line: 3,
        column: 12,
        kind: 'Unknown owner',
        source: '/plans/ @nobody',
        message: 'x',
        path: '.github/CODEOWNERS',
      },
    ],
  },
  '/actions/permissions/workflow': { default_workflow_permissions: 'read', can_approve_pull_request_reviews: false },
};

describe('the settings of a repository', () => {
  it('are what GitHub says', async () => {
    const { settings, asked } = await ask(all);
    expect(settings).toEqual({
      repository: 'globex/terms',
      defaultBranch: 'trunk',
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
      bypass: { value: ['RepositoryRole 5 (always, ruleset two)'] },
      mergeMethods: { value: { merge: true, squash: true, rebase: false } },
      environments: {
        value: [
          { name: 'production', branches: 'protected', hasReviewers: true, adminsMayBypass: false },
          { name: 'staging', branches: 'any', hasReviewers: false, adminsMayBypass: true },
          { name: 'preview', branches: ['trunk', 'release/*'], hasReviewers: false, adminsMayBypass: true },
        ],
      },
      actions: { value: { defaultToken: 'read', mayApprovePullRequests: false } },
      identityClaims: { value: ['repo', 'context', 'job_workflow_ref'] },
      codeOwnersErrors: {
        value: [{ path: '.github/CODEOWNERS', line: 3, column: 12, message: 'Unknown owner' }],
      },
    });
    expect(asked.every((line) => line.startsWith('GET '))).toBe(true);
  });

  it('are what branch protection says, where that is used', async () => {
    const { settings } = await ask({
      ...all,
      '/rules/branches/trunk': [],
      '/branches/trunk/protection': {
        allow_force_pushes: { enabled: false },
        allow_deletions: { enabled: true },
        enforce_admins: { enabled: false },
        required_status_checks: { strict: true, contexts: ['proviso'] },
        required_pull_request_reviews: {
          dismiss_stale_reviews: true,
          required_approving_review_count: 2,
          bypass_pull_request_allowances: { users: [{ login: 'kim' }], teams: [{ slug: 'ops' }], apps: [] },
        },
      },
    });
    expect([settings.branch, settings.bypass, settings.mergeMethods]).toEqual([
      {
        value: {
          isWhole: true,
          forcePushes: false,
          deletion: true,
          pullRequest: { approvals: 2, dismissesStale: true, lastPushApproval: false },
          requiredChecks: ['proviso'],
          upToDate: true,
          mergeQueue: false,
        },
      },
      { value: ['every admin (branch protection)', 'kim (branch protection)', 'ops (branch protection)'] },
      { value: { merge: true, squash: true, rebase: true } },
    ]);
  });

  it('are what GitHub does by itself, where nothing is chosen and there is no CODEOWNERS', async () => {
    const { settings } = await ask({
      ...all,
      '/actions/oidc/customization/sub': { use_default: true },
      '/codeowners/errors': 404,
    });
    expect([settings.identityClaims, settings.codeOwnersErrors]).toEqual([
      { value: ['repo', 'context'] },
      { value: [] },
    ]);
  });

  it('of a branch nothing protects are all open', async () => {
    const { settings } = await ask({ ...all, '/rules/branches/trunk': [] });
    expect([settings.branch, settings.bypass]).toEqual([
      {
        value: {
          isWhole: true,
          forcePushes: true,
          deletion: true,
          requiredChecks: [],
          upToDate: false,
          mergeQueue: false,
        },
      },
      { value: [] },
    ]);
  });

  it('that are not shown are unread, never taken for safe', async () => {
    const { settings } = await ask({
      '': { default_branch: 'trunk' },
      '/rules/branches/trunk': strict.slice(0, 1),
      '/rulesets/1': { name: 'one' },
      '/environments': 403,
      '/actions/permissions/workflow': 502,
    });
    const { branch, ...rest } = settings;
    expect(branch).toMatchObject({ value: { isWhole: false, deletion: false, forcePushes: true } });
    expect(rest).toEqual({
      repository: 'globex/terms',
      defaultBranch: 'trunk',
      bypass: { unread: 'it is not shown to this token; needs admin' },
      mergeMethods: { unread: 'it is not shown to this token; needs admin' },
      environments: { unread: 'GitHub answers 403; needs admin' },
      actions: { unread: 'GitHub answers 502' },
      identityClaims: { unread: 'GitHub answers 404; needs admin' },
      codeOwnersErrors: { value: [] },
    });
  });

  it('are all unread with a token GitHub refuses', async () => {
    const { settings } = await ask(all, 'bad');
    const unread = { unread: 'GitHub refuses the token' };
    expect(settings).toMatchObject({
      branch: unread,
      bypass: unread,
      mergeMethods: unread,
      environments: unread,
      actions: unread,
    });
  });

  it('are all unread where GitHub cannot be reached', async () => {
    const settings = await readSettings({ repository: 'a/b', token: 'x', baseUrl: 'http://127.0.0.1:1', pace });
    const unread = { unread: 'GitHub cannot be reached' };
    expect(settings).toMatchObject({
      branch: unread,
      bypass: unread,
      mergeMethods: unread,
      environments: unread,
      actions: unread,
    });
  });
});
