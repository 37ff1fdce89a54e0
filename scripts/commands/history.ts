import { defineCommand, type ExitCode } from '../command.ts';

export const command = defineCommand({
  summary: 'every release that was in force, newest first',
  arguments: {},
  options: {
    limit: { type: 'string', value: 'n', summary: 'how many (default: 20)' },
    all: { type: 'boolean', summary: 'every refresh on a line of its own' },
  },
  async run(context, _args, options) {
    const [
      { targetOf, withStore },
      { openSigning },
      { listReleases },
      { UsageError },
      { historyText },
      { report },
      { refuseUnpublished },
    ] = await Promise.all([
      import('../release-tools.ts'),
      import('../open-signing.ts'),
      import('../../engine/publish/list-releases.ts'),
      import('../../engine/usage-error.ts'),
      import('../../engine/report/history-text.ts'),
      import('../report.ts'),
      import('../refuse-unpublished.ts'),
    ]);
    const limit = Number(options.limit ?? 20);
    if (!Number.isSafeInteger(limit) || limit < 1)
      throw new UsageError(`--limit ${options.limit} is not a number of releases`);
    return withStore<ExitCode>(context, async (store) => {
      const signing = await openSigning({ ...context, variables: {} });
      const releases = await listReleases(store, await targetOf(context), signing, { limit, folds: !options.all });
      if (releases.length === 0) await refuseUnpublished(context);
      const nothing = `Nothing is published for ${context.environment}/${context.channel} yet.\n`;
      const text = () => (releases.length === 0 ? nothing : historyText(releases));
      return report(context, { diagnostics: [], json: () => ({ releases }), text });
    });
  },
});
