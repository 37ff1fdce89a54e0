import { defineCommand, type ExitCode } from '../command.ts';

export const command = defineCommand({
  summary: 'put the canary in force for everybody',
  arguments: {},
  options: { 'dry-run': { type: 'boolean', summary: 'say what would come into force, and write nothing' } },
  examples: ['proviso promote --env production', 'proviso promote --env production --channel beta --dry-run'],
  async run(context, _args, options) {
    const [{ canaryTools }, { targetOf, withStore }, { promote }, { reportStopped }, { report }, { plural }] =
      await Promise.all([
        import('../canary-tools.ts'),
        import('../release-tools.ts'),
        import('../../engine/publish/promote.ts'),
        import('../outcome.ts'),
        import('../report.ts'),
        import('../../engine/report/plural.ts'),
      ]);
    return withStore<ExitCode>(context, async (store) => {
      const { of, tools } = await canaryTools(context, store);
      const result = await promote(tools, { ...(await targetOf(of)), dryRun: options['dry-run'] });
      if (result.outcome === 'refused' || result.outcome === 'lost') return reportStopped(context, result);
      const { outcome, release, commit, customers, canary } = result;
      const what = `release ${canary} of ${of.channel}, commit ${commit.slice(0, 12)}: ${plural(customers, 'customer')}`;
      const texts = {
        published: `Release ${release} is ${what}, for everybody from now on.\n`,
        planned: `Nothing was written. Release ${release} would be ${what}, for everybody.\n`,
        unchanged: `Nothing to do: everybody has commit ${commit.slice(0, 12)} with release ${release}.\n`,
      };
      return report(context, { diagnostics: [], json: () => result, text: () => texts[outcome] });
    });
  },
});
