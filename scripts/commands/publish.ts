import { defineCommand } from '../command.ts';

export const command = defineCommand({
  summary: 'publish a commit to the store',
  arguments: {},
  options: {
    commit: { type: 'string', value: 'ref', summary: 'the commit to publish (default: HEAD)' },
    approvals: { type: 'string', value: 'file', summary: 'with `verify: file`: approvals that were written down' },
    expect: {
      type: 'string',
      value: 'checksum',
      summary: 'publish only what `diff` from the release in force showed with this checksum',
    },
    'dry-run': { type: 'boolean', summary: 'say what would be published and who approved it, and write nothing' },
  },
  examples: ['proviso publish', 'proviso publish --commit main --store file:/srv/terms', 'proviso publish --dry-run'],
  async run(context, _args, options) {
    const [{ compileCommit }, { pendingEdits, publishCommit }, { reportPublished }, { parseChecksum }] =
      await Promise.all([
        import('../compile-commit.ts'),
        import('../publish-commit.ts'),
        import('../report-published.ts'),
        import('../parse-checksum.ts'),
      ]);
    const { gitHubOf } = await import('../github/pull-requests.ts');
    const attempt = await publishCommit(context, await compileCommit(context, options.commit ?? 'HEAD'), {
      dryRun: options['dry-run'],
      expect: options.expect === undefined ? undefined : parseChecksum('expect', options.expect),
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
