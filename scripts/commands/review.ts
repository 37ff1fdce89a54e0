import { defineCommand } from '../command.ts';

export const command = defineCommand({
  summary: 'check a pull request on GitHub, and say there what is due',
  arguments: {},
  options: {
    pull: { type: 'string', value: 'number', summary: 'the pull request' },
    head: {
      type: 'string',
      value: 'commit',
      summary: 'the open pull requests that end in this commit, instead of a number',
    },
    repository: {
      type: 'string',
      value: 'owner/name',
      summary: 'on GitHub (default: GITHUB_REPOSITORY, then origin’s)',
    },
    'dry-run': { type: 'boolean', summary: 'print the report and write nothing' },
  },
  examples: [
    'GITHUB_TOKEN=$(gh auth token) proviso review --pull 12 --dry-run',
    'proviso review --pull 12   # exit code 0 also while approvals are missing, which the check on GitHub says; 1: blocked',
  ],
  async run(context, _args, options) {
    const { reviewOnGitHub } = await import('../github/review-on-github.ts');
    return reviewOnGitHub(context, { ...options, isDryRun: options['dry-run'] });
  },
});
