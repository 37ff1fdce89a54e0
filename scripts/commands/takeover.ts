import { defineCommand } from '../command.ts';

export const command = defineCommand({
  summary: 'go on from a release that is ours, whatever the store holds',
  arguments: {},
  options: {
    from: {
      type: 'string',
      value: 'n|hash',
      summary: 'the release to go on from (default: what the witness knows, else the newest that is ours)',
    },
    because: { type: 'string', value: 'text', summary: 'why; said to whoever reads the log', required: true },
    commit: { type: 'string', value: 'ref', summary: 'the commit to publish on top (default: HEAD)' },
    approvals: { type: 'string', value: 'file', summary: 'with `verify: file`: approvals that were written down' },
    'dry-run': { type: 'boolean', summary: 'say what would be passed over and published, and write nothing' },
  },
  examples: [
    'proviso takeover --env production --because "the head key was stolen" --dry-run',
    'proviso takeover --env production --from 41 --because "a store was copied from staging"',
  ],
  async run(context, _args, options) {
    const { takeOver } = await import('../take-over.ts');
    return takeOver(context, { ...options, isDryRun: options['dry-run'] });
  },
});
