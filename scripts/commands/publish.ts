import { defineCommand } from '../command.ts';

export const command = defineCommand({
  summary: 'publish a commit to the store',
  arguments: {},
  options: { commit: { type: 'string', value: 'ref', summary: 'the commit to publish (default: HEAD)' } },
  examples: ['proviso publish', 'proviso publish --commit main --store file:/srv/terms'],
  async run(context, _args, options) {
    const [{ compileCommit }, { pendingEdits, publishCommit }, { reportPublished }] = await Promise.all([
      import('../compile-commit.ts'),
      import('../publish-commit.ts'),
      import('../report-published.ts'),
    ]);
    const attempt = await publishCommit(context, await compileCommit(context, options.commit ?? 'HEAD'));
    return reportPublished(context, attempt, await pendingEdits(context));
  },
});
