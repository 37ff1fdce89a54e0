import { defineCommand } from '../command.ts';

export const command = defineCommand({
  summary: 'make a store ready, and prove that it can be trusted',
  arguments: {},
  options: {},
  examples: ['proviso store init', 'proviso store init --store postgres://terms@db.example/terms'],
  async run(context) {
    const { prepareStore } = await import('../prepare-store.ts');
    return prepareStore(context);
  },
});
