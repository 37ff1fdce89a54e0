import { defineCommand } from '../command.ts';

export const command = defineCommand({
  summary: 'check every file, every reference and every future day',
  arguments: {},
  options: {
    'no-code': { type: 'boolean', summary: 'do not run schemas/settings.ts to see whether the catalogue is stale' },
  },
  examples: ['proviso validate', 'proviso validate --format json'],
  async run(context, _args, options) {
    const { openRepository } = await import('../open-repository.ts');
    const { findStaleSchemas } = await import('../find-stale-schemas.ts');
    const { judge } = await import('../judge.ts');
    const { report } = await import('../report.ts');
    const { countInWords } = await import('../../engine/report/format-diagnostics.ts');
    const { plural } = await import('../../engine/report/plural.ts');
    // The code starts first: it runs in a process of its own while the files are read here.
    const [stale, repository] = await Promise.all([
      options['no-code'] ? [] : findStaleSchemas(context.root),
      openRepository(context),
    ]);
    const { files, model } = repository;
    const diagnostics = [...(await judge(repository, context.at.day)), ...stale];
    const customers = model.customers.size;
    return report(context, {
      diagnostics,
      sources: files,
      json: () => ({ files: files.length, customers }),
      text: () => `${plural(files.length, 'file')}, ${plural(customers, 'customer')}: ${countInWords(diagnostics)}\n`,
    });
  },
});
