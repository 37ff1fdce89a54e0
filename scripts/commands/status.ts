import { defineCommand } from '../command.ts';

export const command = defineCommand({
  summary: 'the release in force, and whether git says something else',
  arguments: {},
  options: {
    commit: { type: 'string', value: 'ref', summary: 'the commit to compare with (default: HEAD)' },
    'expect-no-drift': { type: 'boolean', summary: 'fail on drift, and where it is stale or does not verify' },
    clients: { type: 'boolean', summary: 'also what clients report that they serve' },
    issue: { type: 'boolean', summary: 'keep one issue for it open on GitHub until all is well' },
  },
  examples: [
    'proviso status --env production',
    'proviso status --env production --expect-no-drift',
    'proviso status --clients',
  ],
  async run(context, _args, options) {
    const [{ readStatus }, { statusText }, { isAsExpected }, { report }] = await Promise.all([
      import('../read-status.ts'),
      import('../../engine/report/status-text.ts'),
      import('../../engine/report/drift-markdown.ts'),
      import('../report.ts'),
    ]);
    const read = () => readStatus(context, options.commit ?? 'HEAD', options.clients);
    const { status, repository } = await (options.issue
      ? (await import('../github/report-drift.ts')).reportDrift(context, read)
      : read());
    const exitCode = report(context, {
      diagnostics: repository.diagnostics,
      sources: repository,
      json: () => status,
      text: () => statusText(status),
    });
    return options['expect-no-drift'] && !isAsExpected(status) ? 1 : exitCode;
  },
});
