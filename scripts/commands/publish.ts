import { defineCommand } from '../command.ts';

export const command = defineCommand({
  summary: 'publish a commit to the store',
  arguments: {},
  options: { commit: { type: 'string', value: 'ref', summary: 'the commit to publish (default: HEAD)' } },
  examples: ['proviso publish', 'proviso publish --commit main --store file:/srv/terms'],
  async run(context, _args, options) {
    const [{ publishCommit }, { reportPublished }] = await Promise.all([
      import('../publish-commit.ts'),
      import('../report-published.ts'),
    ]);
    return reportPublished(context, await publishCommit(context, options.commit ?? 'HEAD'));
  },
});
