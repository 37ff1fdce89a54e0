import { defineCommand } from '../command.ts';

export const command = defineCommand({
  summary: 'what a change does, what is wrong with it, who must approve',
  arguments: {},
  options: {
    base: {
      type: 'string',
      value: 'ref',
      summary: 'what it is merged into (default: HEAD when the folder holds edits, else the commit before)',
    },
    head: { type: 'string', value: 'ref', summary: 'this commit instead of the folder' },
    approvals: { type: 'string', value: 'file.json', summary: 'approvals given so far, where no GitHub tells' },
  },
  examples: [
    'proviso check',
    'proviso check --base main --approvals approvals.json',
    'proviso check --format markdown',
  ],
  async run(context, _args, options) {
    const { checkChange } = await import('../check-change.ts');
    return checkChange(context, options);
  },
});
