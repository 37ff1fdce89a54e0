import { defineCommand, type ExitCode } from '../command.ts';

export const command = defineCommand({
  summary: 'end the canary, for nobody to follow it',
  arguments: {},
  options: { 'dry-run': { type: 'boolean', summary: 'say what would end, and write nothing' } },
  examples: ['proviso abort --env production', 'proviso abort --env production --channel beta --dry-run'],
  async run(context, _args, options) {
    const [{ canaryTools }, { targetOf, withStore }, { abort }, { reportStopped }, { report }] = await Promise.all([
      import('../canary-tools.ts'),
      import('../release-tools.ts'),
      import('../../engine/publish/abort.ts'),
      import('../outcome.ts'),
      import('../report.ts'),
    ]);
    return withStore<ExitCode>(context, async (store) => {
      const { of, tools } = await canaryTools(context, store);
      const result = await abort(tools, { ...(await targetOf(of)), dryRun: options['dry-run'] });
      if (result.outcome === 'refused' || result.outcome === 'lost') return reportStopped(context, result);
      const { outcome, release, commit, canary } = result;
      const what = canary && `release ${canary.release} of ${of.channel}, commit ${canary.commit.slice(0, 12)}`;
      const everybody = `commit ${commit.slice(0, 12)}`;
      const texts = {
        published: `Release ${release} of ${of.channel} ends the canary, ${what}: its readers have ${everybody} again, as everybody.\n`,
        planned: `Nothing was written. The canary, ${what}, would end: its readers would have ${everybody} again.\n`,
        unchanged: `Nothing to do: release ${release} of ${of.channel} has ended the canary.\n`,
      };
      return report(context, { diagnostics: [], json: () => result, text: () => texts[outcome] });
    });
  },
});
