import { defineCommand } from '../command.ts';

export const command = defineCommand({
  summary: 'is this repository set up safely?',
  arguments: {},
  options: {
    repository: {
      type: 'string',
      value: 'owner/name',
      summary: 'the repository on GitHub whose settings are looked at',
    },
    'no-code': { type: 'boolean', summary: 'do not run schemas/settings.ts to see whether the catalogue is stale' },
  },
  examples: ['proviso doctor', 'GITHUB_TOKEN=… proviso doctor --repository acme/terms'],
  async run(context, _args, options) {
    const [{ openSetup }, { examine }, { report }, { countInWords }, { plural }] = await Promise.all([
      import('../open-setup.ts'),
      import('../../engine/doctor/examine.ts'),
      import('../report.ts'),
      import('../../engine/report/format-diagnostics.ts'),
      import('../../engine/report/plural.ts'),
    ]);
    const { setup, diagnostics, sources } = await openSetup(context, {
      repository: options.repository,
      runsCode: !options['no-code'],
    });
    const found = [...diagnostics, ...examine(setup)];
    const { workflows, settings } = setup;
    return report(context, {
      diagnostics: found,
      sources,
      json: () => ({ workflows: workflows.length, repository: settings?.repository ?? null }),
      text: () =>
        `${plural(workflows.length, 'workflow')}${settings ? ` and the settings of ${settings.repository}` : ''}: ${countInWords(found)}\n`,
    });
  },
});
