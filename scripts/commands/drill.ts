import { defineCommand } from '../command.ts';

export const command = defineCommand({
  summary: 'rehearse releases, backup and rollback in the store',
  arguments: {},
  options: { commit: { type: 'string', value: 'ref', summary: 'whose terms to rehearse with (default: HEAD)' } },
  examples: ['proviso drill --env production', 'proviso drill --store redis://127.0.0.1:6379'],
  async run(context, _args, options) {
    const [{ runDrill }, { drillMarkdown, drillText }, { report }] = await Promise.all([
      import('../run-drill.ts'),
      import('../../engine/report/drill-text.ts'),
      import('../report.ts'),
    ]);
    const drill = await runDrill(context, options.commit ?? 'HEAD');
    report(context, {
      diagnostics: [],
      json: () => drill,
      text: () => drillText(drill),
      markdown: () => drillMarkdown(drill),
    });
    return drill.steps.every(({ result }) => result === 'ok') ? 0 : 1;
  },
});
