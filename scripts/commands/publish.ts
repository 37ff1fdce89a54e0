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

    share: { type: 'string', value: 'percent', summary: 'with --channel: publish a canary for this share of readers' },
    readers: { type: 'string', value: 'names', summary: 'with --channel: for these readers, with commas between' },
    'dry-run': { type: 'boolean', summary: 'say what would be published and who approved it, and write nothing' },
  },
  examples: [
    'proviso publish',
    'proviso publish --commit main --store file:/srv/terms',
    'proviso publish --dry-run',
    'proviso publish --env production --channel canary --share 5 --readers web-1,web-2',
  ],
  async run(context, _args, options) {
    const { pendingEdits } = await import('../pending-edits.ts');
    const pending = pendingEdits(context);
    const [{ parseShare }, { openForRelease }, { publishCommit }, { reportPublished }, { parseChecksum }] =
      await Promise.all([
        import('../parse-share.ts'),
        import('../open-for-release.ts'),
        import('../publish-commit.ts'),
        import('../report-published.ts'),
        import('../parse-checksum.ts'),
      ]);
    const share = parseShare(context.channel, options);
    const { gitHubOf } = await import('../github/pull-requests.ts');
    const attempt = await publishCommit(context, await openForRelease(context, options.commit ?? 'HEAD'), {
      dryRun: options['dry-run'],
      expect: options.expect === undefined ? undefined : parseChecksum('expect', options.expect),
      share,
      places: { ...gitHubOf(context), approvals: options.approvals },
    });
    const exitCode = reportPublished(context, attempt, await pending());
    // GitHub hears of what everybody has: a canary is none of the states of an environment.
    if (attempt.isOnGitHub && !options['dry-run'] && !share) {
      const { announceAttempt } = await import('../github/announce-attempt.ts');
      await announceAttempt(context, attempt);
    }
    return exitCode;
  },
});
