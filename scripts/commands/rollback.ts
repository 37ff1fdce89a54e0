import { defineCommand, type ExitCode } from '../command.ts';

export const command = defineCommand({
  summary: 'bring a release back, or one customer of it',
  arguments: { release: { summary: 'its number (default: the one before the release in force)' } },
  options: {
    to: { type: 'string', value: 'n', summary: 'the same, as a flag' },
    customer: {
      type: 'string',
      value: 'id',
      summary: 'only write the edit that takes its file back (default: to before it was last changed)',
    },
    'dry-run': { type: 'boolean', summary: 'with --customer: print what would be written' },
  },
  examples: ['proviso rollback', 'proviso rollback 41', 'proviso rollback --customer acme --dry-run'],
  async run(context, args, options) {
    const [
      { releaseTools, targetOf, withStore },
      { rollback },
      { historyOf },
      { wayHere },
      { UsageError },
      { reportStopped },
    ] = await Promise.all([
      import('../release-tools.ts'),
      import('../../engine/publish/rollback.ts'),
      import('../../engine/publish/history.ts'),
      import('../../engine/publish/way-here.ts'),
      import('../../engine/usage-error.ts'),
      import('../outcome.ts'),
    ]);
    const named = options.to ?? args.release;
    if (named !== undefined && !/^[1-9]\d*$/.test(named))
      throw new UsageError(`"${named}" is not the number of a release`, '`proviso history` lists them');
    const { customer, 'dry-run': isDryRun } = options;
    if (customer !== undefined) {
      const { revertCustomer } = await import('../revert-customer.ts');
      return revertCustomer(context, {
        customer,
        toRelease: named === undefined ? undefined : Number(named),
        isDryRun,
      });
    }
    if (isDryRun) throw new UsageError('--dry-run goes with --customer', '`proviso history` lists the releases');
    return withStore<ExitCode>(context, async (store) => {
      const toRelease = named === undefined ? await releaseBefore() : Number(named);
      const result = await rollback(await releaseTools(context, store), {
        ...(await targetOf(context)),
        toRelease,
        evidence: 'none',
      });
      if (result.outcome === 'refused' || result.outcome === 'lost') return reportStopped(context, result);
      const { outcome, ...done } = result;
      if (context.format === 'json') context.writeOut(`${JSON.stringify({ ...done, outcome, diagnostics: [] })}\n`);
      else if (outcome === 'unchanged') context.writeOut(`Nothing to do: release ${toRelease} is in force.\n`);
      else {
        context.writeOut(
          `Release ${result.release} brings back release ${toRelease}, commit ${result.commit.slice(0, 12)}.\n`,
        );
        if ('hold' in result)
          context.writeOut(`Publishing is held until a commit builds on ${result.hold.slice(0, 12)}.\n`);
      }
      return 0;

      async function releaseBefore(): Promise<number> {
        let root: string | undefined;
        for await (const release of wayHere(historyOf(store, context.environment, context.channel))) {
          root ??= release.root;
          if (release.root !== root) return release.n;
        }
        throw new UsageError('there is no earlier release to bring back', '`proviso history` lists the releases');
      }
    });
  },
});
