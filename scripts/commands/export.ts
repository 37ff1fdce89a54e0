import { resolve } from 'node:path';
import { defineCommand, type ExitCode } from '../command.ts';

export const command = defineCommand({
  summary: 'write what the store holds into one file, as a backup',
  arguments: { file: { summary: 'a file that is not there yet', required: true } },
  options: { all: { type: 'boolean', summary: 'every environment and channel of the store' } },
  examples: ['proviso export terms.backup --env production', 'proviso export all.backup --all'],
  async run(context, args, options) {
    const [{ withStore }, { exportStore }, { UsageError }, { report }, { refuseUnpublished }, { plural }] =
      await Promise.all([
        import('../release-tools.ts'),
        import('../export-store.ts'),
        import('../../engine/usage-error.ts'),
        import('../report.ts'),
        import('../refuse-unpublished.ts'),
        import('../../engine/report/plural.ts'),
      ]);
    const path = resolve(context.folder, args.file);
    const { environment: env, channel } = context;
    return withStore<ExitCode>(context, async (store) => {
      const places = options.all ? await store.places() : [{ env, channel }];
      const heads = await Promise.all(places.map((place) => store.getHead(place.env, place.channel)));
      if (heads.every((head) => head === undefined)) {
        await refuseUnpublished(context);
        throw new UsageError(`nothing is published for ${env}/${channel} yet`, 'publish first: `proviso publish`');
      }
      const counted = await exportStore(context, store, places, path);
      const says = 'It holds contacts and other private data of customers: only its owner may read it; keep it so.';
      return report(context, {
        diagnostics: [],
        json: () => ({ file: path, ...counted, private: true, mode: '0600' }),
        text: () =>
          `Wrote ${path}: ${plural(counted.releases, 'release')}, ${plural(counted.heads, 'head')}, ${plural(counted.objects, 'object')}.\n${says}\n`,
      });
    });
  },
});
