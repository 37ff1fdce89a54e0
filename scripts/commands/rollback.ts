import { defineCommand, type ExitCode } from '../command.ts';

export const command = defineCommand({
  summary: 'bring a release back, or one customer of it',
  arguments: { release: { summary: 'its number (default: the one before the release in force)' } },
  options: {
    to: { type: 'string', value: 'n', summary: 'the same, as a flag' },
    because: { type: 'string', value: 'text', summary: 'why; kept with the release' },
    customer: {
      type: 'string',
      value: 'id',
      summary: 'only write the edit that takes its file back (default: to before it was last changed)',
    },
    'dry-run': { type: 'boolean', summary: 'with --customer: print what would be written' },
  },
  examples: [
    'proviso rollback',
    'proviso rollback 41 --because "seats were counted twice"',
    'proviso rollback --customer acme --dry-run',
  ],
  async run(context, args, options) {
    const [
      { lineOf, releaseTools, targetOf, withStore },
      { rollback },
      { releaseBefore },
      { UsageError },
      { reportStopped },
      { parseRelease },
      { plain },
      { parseReason },
    ] = await Promise.all([
      import('../release-tools.ts'),
      import('../../engine/publish/rollback.ts'),
      import('../../engine/publish/release-before.ts'),
      import('../../engine/usage-error.ts'),
      import('../outcome.ts'),
      import('../parse-release.ts'),
      import('../../engine/report/plain.ts'),
      import('../parse-reason.ts'),
    ]);
    const named = options.to ?? args.release;
    const asked = named === undefined ? undefined : parseRelease(named);
    const { customer, 'dry-run': isDryRun } = options;
    if (customer !== undefined) {
      const { revertCustomer } = await import('../revert-customer.ts');
      return revertCustomer(context, { customer, toRelease: asked, isDryRun });
    }
    if (isDryRun) throw new UsageError('--dry-run goes with --customer', '`proviso history` lists the releases');
    const because = options.because === undefined ? undefined : parseReason(options.because);
    const by = context.variables.GITHUB_ACTOR;
    return withStore<ExitCode>(context, async (store) => {
      const toRelease = asked ?? (await releaseBefore(store, await lineOf(context)));
      if (toRelease === undefined)
        throw new UsageError('there is no earlier release to bring back', '`proviso history` lists the releases');
      const result = await rollback(await releaseTools(context, store), {
        ...(await targetOf(context)),
        toRelease,
        ...(because !== undefined && { reason: { because, ...(by && { by }) } }),
      });
      if (result.outcome === 'refused' || result.outcome === 'lost') return reportStopped(context, result);
      const { outcome, ...done } = result;
      const said = outcome === 'published' && because !== undefined ? { because, ...(by && { by }) } : {};
      if (context.format === 'json')
        context.writeOut(`${JSON.stringify({ ...done, ...said, outcome, diagnostics: [] })}\n`);
      else if (outcome === 'unchanged') context.writeOut(`Nothing to do: release ${toRelease} is in force.\n`);
      else {
        context.writeOut(
          `Release ${result.release} brings back release ${toRelease}, commit ${result.commit.slice(0, 12)}.\n`,
        );
        if (because !== undefined) context.writeOut(`Because: ${plain(because)}${by ? ` (${plain(by)})` : ''}\n`);
        if ('hold' in result)
          context.writeOut(`Publishing is held until a commit builds on ${result.hold.slice(0, 12)}.\n`);
      }
      return 0;
    });
  },
});
