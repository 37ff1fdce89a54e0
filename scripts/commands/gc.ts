import { defineCommand, type ExitCode } from '../command.ts';

export const command = defineCommand({
  summary: 'remove what no release needs that may come back',
  arguments: {},
  options: {
    keep: { type: 'strings', value: 'n', summary: 'keep this release, too, however old it is' },
    'dry-run': { type: 'boolean', summary: 'say what would go, and remove nothing' },
  },
  examples: ['proviso gc --env production --dry-run', 'proviso gc --env production --keep 41'],
  async run(context, _args, options) {
    const [{ releaseTools, targetOf, withStore }, { collectGarbage }, { parseRelease }, { readEnvironments }, garbage] =
      await Promise.all([
        import('../release-tools.ts'),
        import('../../engine/publish/collect-garbage.ts'),
        import('../parse-release.ts'),
        import('../read-environments.ts'),
        import('../../engine/report/garbage-text.ts'),
      ]);
    const [{ report }, { reportStopped }] = await Promise.all([import('../report.ts'), import('../outcome.ts')]);
    const pinned = new Set(options.keep.map(parseRelease));
    const { environment, channel } = context;
    const named = new Set([environment, ...Object.keys((await readEnvironments(context.root)) ?? {})]);
    const known = [...named].flatMap((env) =>
      [...new Set([channel, 'stable', 'canary'])].map((each) => ({ env, channel: each })),
    );
    return withStore<ExitCode>(context, async (store) => {
      const tools = { ...(await releaseTools(context, store)), progress: context.progress };
      const dryRun = options['dry-run'];
      const result = await collectGarbage(tools, { ...(await targetOf(context)), known, pinned, dryRun });
      if (result.outcome === 'refused') return reportStopped(context, result);
      return report(context, { diagnostics: [], json: () => result, text: () => garbage.garbageText(result) });
    });
  },
});
