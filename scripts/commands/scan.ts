import { defineCommand } from '../command.ts';

export const command = defineCommand({
  summary: 'find rules about single customers in product source',
  arguments: { dir: { summary: 'folders with product source (default: this one)', many: true } },
  options: {
    accounts: {
      type: 'string',
      value: 'file',
      summary: 'a list of accounts, or the dictionary of `accounts --hashed`',
    },
    base: { type: 'string', value: 'ref', summary: 'judge only what is added since then, as a pull request does' },
    staged: { type: 'boolean', summary: 'judge only what is about to be committed' },
    baseline: {
      type: 'string',
      value: 'file',
      summary: 'what was there before (default: proviso-baseline.json at the top)',
    },
    'update-baseline': { type: 'boolean', summary: 'write down what is there now' },
    'prune-baseline': { type: 'boolean', summary: 'take out of it what is gone' },
  },
  examples: [
    'proviso scan src --root ../customer-terms',
    'proviso scan . --accounts proviso-accounts.json --base origin/main',
    'proviso scan . --accounts proviso-accounts.json --format sarif > scan.sarif',
  ],
  async run(context, args, options) {
    const [
      { scanProduct },
      { report },
      { trackedFindings },
      { scanResultText },
      { scanResultJson },
      { scanResultMarkdown },
      { ruleWords },
      { UsageError },
      { paintFor },
    ] = await Promise.all([
      import('../scan-product.ts'),
      import('../report.ts'),
      import('../../engine/scan/scan-result.ts'),
      import('../../engine/report/scan-result-text.ts'),
      import('../../engine/report/scan-result-json.ts'),
      import('../../engine/report/scan-result-markdown.ts'),
      import('../../engine/scan/judge/rule-words.ts'),
      import('../../engine/usage-error.ts'),
      import('../paint.ts'),
    ]);
    const [update, prune] = [options['update-baseline'], options['prune-baseline']];
    if (update && prune) throw new UsageError('--update-baseline and --prune-baseline exclude each other');
    const { result, diagnostics, sources, top, written } = await scanProduct(context, {
      folders: args.dir.length > 0 ? args.dir : ['.'],
      accounts: options.accounts,
      base: options.base,
      staged: options.staged,
      baseline: options.baseline,
      write: update ? 'update' : prune ? 'prune' : undefined,
    });
    if (written) context.writeError(`${written} written\n`);
    if (!result) return report(context, { diagnostics, sources, from: top });
    const textOf = new Map(sources.map(({ path, bytes }) => [path, bytes]));
    const look = {
      paint: paintFor(context),
      textOf: (path: string) => {
        const bytes = textOf.get(path);
        return bytes && new TextDecoder().decode(bytes);
      },
    };
    return report(context, {
      diagnostics,
      sources,
      from: top,
      tracked: trackedFindings(result),
      rules: ruleWords,
      json: () => scanResultJson(result),
      text: () => scanResultText(result, look),
      markdown: () => scanResultMarkdown(result),
    });
  },
});
