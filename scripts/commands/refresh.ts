import { defineCommand, type ExitCode } from '../command.ts';

export const command = defineCommand({
  summary: 'say of the release in force that it still is (hourly)',
  arguments: {},
  options: { 'dry-run': { type: 'boolean', summary: 'say what would be written, and write nothing' } },
  examples: ['proviso refresh --env production', 'proviso refresh --env production --channel canary'],
  async run(context, _args, options) {
    const [{ releaseTools, targetOf, withStore }, { refresh }, { reportStopped }, { report }, { refuseUnpublished }] =
      await Promise.all([
        import('../release-tools.ts'),
        import('../../engine/publish/refresh.ts'),
        import('../outcome.ts'),
        import('../report.ts'),
        import('../refuse-unpublished.ts'),
      ]);
    return withStore<ExitCode>(context, async (store) => {
      const request = { ...(await targetOf(context)), dryRun: options['dry-run'] };
      const result = await refresh(await releaseTools(context, store), request);
      if (result.outcome === 'refused' && result.reason === 'noSuchRelease') await refuseUnpublished(context);
      if (result.outcome === 'refused' || result.outcome === 'lost') return reportStopped(context, result);
      const { outcome, release, commit, staleAfter, hold } = result;
      const is = outcome === 'planned' ? 'Nothing was written. It would be release' : 'Release';
      const held = hold ? `Publishing is held until a commit builds on ${hold.slice(0, 12)}.\n` : '';
      return report(context, {
        diagnostics: [],
        json: () => result,
        text: () => `${is} ${release}: still commit ${commit.slice(0, 12)}, fresh until ${staleAfter}.\n${held}`,
      });
    });
  },
});
