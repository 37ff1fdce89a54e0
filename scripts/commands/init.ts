import { defineCommand } from '../command.ts';

export const command = defineCommand({
  summary: 'start a company’s own repository of terms',
  arguments: { dir: { summary: 'the folder, made where it is missing (default: this one)' } },
  options: {},
  examples: ['proviso init', 'proviso init customer-terms'],
  async run(context, args) {
    const { startRepository } = await import('../start-repository.ts');
    return startRepository(context, args.dir);
  },
});
