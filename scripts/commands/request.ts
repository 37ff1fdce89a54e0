import { defineCommand } from '../command.ts';

export const command = defineCommand({
  summary: 'make a pull request of the issue that asks for an exception',
  arguments: {},
  options: {
    issue: { type: 'string', value: 'number', summary: 'the issue, filled in with the form', required: true },
    repository: {
      type: 'string',
      value: 'owner/name',
      summary: 'on GitHub (default: GITHUB_REPOSITORY, then origin’s)',
    },
    'dry-run': { type: 'boolean', summary: 'print what would be answered and write nothing' },
  },
  examples: ['GITHUB_TOKEN=$(gh auth token) proviso request --issue 7 --dry-run'],
  async run(context, _args, options) {
    const { answerRequest } = await import('../github/answer-request.ts');
    return answerRequest(context, { ...options, isDryRun: options['dry-run'] });
  },
});
