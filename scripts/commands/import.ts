import { resolve } from 'node:path';
import { defineCommand, type ExitCode } from '../command.ts';

export const command = defineCommand({
  summary: 'bring a backup back into the store',
  arguments: { file: { summary: 'what `proviso export` wrote', required: true } },
  options: { 'dry-run': { type: 'boolean', summary: 'check all of it, and write nothing' } },
  examples: ['proviso import terms.backup --env production --dry-run'],
  async run(context, args, options) {
    const [{ withStore }, { importStore }, { reportStopped }, { report }, { plural }, { plain }] = await Promise.all([
      import('../release-tools.ts'),
      import('../import-store.ts'),
      import('../outcome.ts'),
      import('../report.ts'),
      import('../../engine/report/plural.ts'),
      import('../../engine/report/plain.ts'),
    ]);
    return withStore<ExitCode>(context, async (store) => {
      const result = await importStore(context, store, resolve(context.folder, args.file), options['dry-run']);
      if (result.outcome === 'refused' || result.outcome === 'lost') return reportStopped(context, result);
      const { outcome, places, written } = result;
      const lines = places.map(
        ({ env, channel, before, heads, release }) =>
          `${env}/${channel}: release ${release}, ${plural(heads, 'head')} ${outcome === 'planned' ? 'to come' : 'brought back'}, ${before} were there.\n`,
      );
      const note =
        'Readers that have read newer releases keep them and take none of these; run `proviso publish` for each environment now: its release comes after all that are known, and is taken.';
      const what = outcome === 'planned' ? 'Nothing was written. The backup is whole' : 'Wrote what was missing';
      return report(context, {
        diagnostics: [],
        json: () => ({ ...result, note }),
        text: () =>
          plain(`${what}: ${plural(written.objects, 'object')}, ${plural(written.bytes, 'byte')}.`) +
          `\n${lines.join('')}${note}\n`,
      });
    });
  },
});
