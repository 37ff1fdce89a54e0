import { defineCommand } from '../command.ts';

export const command = defineCommand({
  summary: 'the keys that sign releases, and how long they count',
  arguments: {},
  options: {},
  examples: ['proviso keys show', 'PROVISO_HEAD_KEY_FILE=head.pem proviso keys show --format json'],
  async run(context) {
    const [{ readKeysets }, { headKeyGiven }, { describeKeysets }, { keysText }, { UsageError }] = await Promise.all([
      import('../../engine/io/read-keysets.ts'),
      import('../head-key-given.ts'),
      import('../../engine/keys/describe-keysets.ts'),
      import('../../engine/report/keys-text.ts'),
      import('../../engine/usage-error.ts'),
    ]);
    const keysets = readKeysets(context.root);
    if (keysets.length === 0)
      throw new UsageError('this repository has no keys yet', 'make them with `proviso keys init`');
    const shown = describeKeysets(keysets, context.at.instant, headKeyGiven(context.variables));
    context.writeOut(
      context.format === 'json' ? `${JSON.stringify({ ...shown, diagnostics: [] })}\n` : keysText(shown),
    );
    return 0;
  },
});
