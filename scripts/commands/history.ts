import { defineCommand, type ExitCode } from '../command.ts';

interface Listed {
  release: number;
  kind: string;
  root: string;
  commit: string;
  customers: number;
  issuedAt: string;
  releaseHold?: string;
}

export const command = defineCommand({
  summary: 'every release that was in force, newest first',
  arguments: {},
  options: { limit: { type: 'string', value: 'n', summary: 'how many (default: 20)' } },
  async run(context, _args, options) {
    const [{ withStore }, { historyOf }, { UsageError }, { table }, { report }, { refuseUnpublished }] =
      await Promise.all([
        import('../release-tools.ts'),
        import('../../engine/publish/history.ts'),
        import('../../engine/usage-error.ts'),
        import('../../engine/report/table.ts'),
        import('../report.ts'),
        import('../refuse-unpublished.ts'),
      ]);
    const limit = Number(options.limit ?? 20);
    if (!Number.isSafeInteger(limit) || limit < 1)
      throw new UsageError(`--limit ${options.limit} is not a number of releases`);
    return withStore<ExitCode>(context, async (store) => {
      const releases: Listed[] = [];
      for await (const { payload } of historyOf(store, context.environment, context.channel)) {
        const { n: release, kind, root, commit, count: customers, issuedAt, releaseHold } = payload;
        releases.push({ release, kind, root, commit, customers, issuedAt, ...(releaseHold && { releaseHold }) });
        if (releases.length === limit) break;
      }
      if (releases.length === 0) await refuseUnpublished(context);
      const text = () =>
        releases.length === 0
          ? `Nothing is published for ${context.environment}/${context.channel} yet.\n`
          : table(
              [
                { title: 'release', align: 'right' },
                { title: 'kind' },
                { title: 'commit' },
                { title: 'customers', align: 'right' },
                { title: 'issued' },
                { title: 'root' },
              ],
              releases.map((each) => [
                String(each.release),
                each.kind,
                each.commit.slice(0, 12),
                String(each.customers),
                each.issuedAt,
                each.root.slice(0, 16),
              ]),
            );
      return report(context, { diagnostics: [], json: () => ({ releases }), text });
    });
  },
});
