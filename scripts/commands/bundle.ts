import { resolve } from 'node:path';
import { defineCommand } from '../command.ts';

export const command = defineCommand({
  summary: 'copy the release in force into a folder, for an image',
  arguments: { folder: { summary: 'one that is empty, not there yet, or holds an older bundle', required: true } },
  options: {},
  examples: ['proviso bundle terms --env production', 'proviso bundle terms --env production --channel canary'],
  async run(context, args) {
    const [{ writeBundle }, { bundleText }, { report }] = await Promise.all([
      import('../write-bundle.ts'),
      import('../../engine/report/bundle-text.ts'),
      import('../report.ts'),
    ]);
    const bundle = resolve(context.folder, args.folder);
    const { head, holds, added } = await writeBundle(context, bundle);
    const { env: environment, channel, n: release, epoch, root, commit, issuedAt, staleAfter, count, keyset } = head;
    const written = {
      bundle,
      environment,
      channel,
      release,
      epoch,
      root,
      commit,
      issuedAt,
      ...(keyset !== undefined && { staleAfter }),
      customers: count,
      holds,
      added,
    };
    return report(context, { diagnostics: [], json: () => written, text: () => bundleText(written) });
  },
});
