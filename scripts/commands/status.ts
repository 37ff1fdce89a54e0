import { defineCommand } from '../command.ts';

export const command = defineCommand({
  summary: 'the release in force, and whether git says something else',
  arguments: {},
  options: {
    commit: { type: 'string', value: 'ref', summary: 'the commit to compare with (default: HEAD)' },
    'expect-no-drift': { type: 'boolean', summary: 'fail on drift, and where it is stale or does not verify' },
  },
  examples: ['proviso status --env production', 'proviso status --env production --expect-no-drift'],
  async run(context, _args, options) {
    const [{ readStatus }, { statusText }, { report }] = await Promise.all([
      import('../read-status.ts'),
      import('../../engine/report/status-text.ts'),
      import('../report.ts'),
    ]);
    const { status, repository } = await readStatus(context, options.commit ?? 'HEAD');
    const exitCode = report(context, {
      diagnostics: repository.diagnostics,
      sources: repository.files,
      json: () => status,
      text: () => statusText(status),
    });
    const { drift, stale, unverifiable, behind } = status;
    const isAsked = options['expect-no-drift'];
    return isAsked && (drift || stale || unverifiable !== undefined || behind !== undefined) ? 1 : exitCode;
  },
});
