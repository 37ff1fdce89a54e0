import { defineCommand } from '../command.ts';

export const command = defineCommand({
  summary: 'validate, show what changes, publish, and read back',
  arguments: { customer: { summary: 'whom to read back (default: one that changed)' } },
  options: {},
  examples: ['proviso start', 'proviso start harbor-mutual'],
  async run(context, args) {
    const { walkThrough } = await import('../walk-through.ts');
    return walkThrough(context, args.customer);
  },
});
