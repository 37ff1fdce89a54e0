import { defineCommand } from '../command.ts';

export const command = defineCommand({
  summary: 'write the catalogue and JSON Schemas of the settings',
  arguments: {},
  options: {},
  async run(context) {
    const { writeSchemas } = await import('../../engine/io/generated-schemas.ts');
    const { report } = await import('../report.ts');
    const { plural } = await import('../../engine/report/plural.ts');
    const { written, files, diagnostics } = await writeSchemas(context.root);
    return report(context, {
      diagnostics,
      json: () => ({ written, files }),
      text: () => {
        if (files.length === 0) return 'Nothing was written.\n';
        if (written.length === 0) return `${plural(files.length, 'file')} as they should be.\n`;
        return `${written.map((path) => `wrote ${path}\n`).join('')}Commit them with the change of schemas/settings.ts.\n`;
      },
    });
  },
});
