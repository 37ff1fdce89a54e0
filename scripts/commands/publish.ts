import { defineCommand } from '../command.ts';

export const command = defineCommand({
  summary: 'publish a commit to the store',
  arguments: {},
  options: {
    commit: { type: 'string', value: 'ref', summary: 'the commit to publish (default: HEAD)' },
    approvals: { type: 'string', value: 'file', summary: 'with `verify: file`: approvals that were written down' },
    'dry-run': { type: 'boolean', summary: 'say what would be published and who approved it, and write nothing' },
  },
  examples: ['proviso publish', 'proviso publish --commit main --store file:/srv/terms', 'proviso publish --dry-run'],
  async run(context, _args, options) {
    const [{ compileCommit }, { pendingEdits, publishCommit }, { reportPublished }] = await Promise.all([
      import('../compile-commit.ts'),
      import('../publish-commit.ts'),
      import('../report-published.ts'),
    ]);
    const { gitHubOf } = await import('../github/pull-requests.ts');
    const attempt = await publishCommit(context, await compileCommit(context, options.commit ?? 'HEAD'), {
      dryRun: options['dry-run'],
      places: { ...gitHubOf(context), approvals: options.approvals },
    });
    const exitCode = reportPublished(context, attempt, await pendingEdits(context));
    if (attempt.isOnGitHub && !options['dry-run']) {
      const { announceAttempt } = await import('../github/announce-attempt.ts');
      await announceAttempt(context, attempt);
    }
    return exitCode;
  },
});
