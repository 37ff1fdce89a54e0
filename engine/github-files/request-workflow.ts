import { MERGED, setUp, type Way } from './job-steps.ts';

export const requestWorkflow = (
  way: Way,
): string => `# Makes a pull request of the form "Ask for an exception". A pull request that GITHUB_TOKEN opens starts no workflow, so that takes an
# app of your own: its id is the variable PROVISO_APP_ID, its key the secret PROVISO_APP_KEY, both of the environment \`requests\`.
# Without one the answer is a comment with what to write into the file.
name: request
on:
  issues:
    types: [opened, edited, labeled]

permissions: {}

concurrency:
  group: request-\${{ github.event.issue.number }}
  cancel-in-progress: true

jobs:
  request:
    if: contains(github.event.issue.body, '### Customer') && contains(github.event.issue.body, '### Decision')
    runs-on: ubuntu-latest
    timeout-minutes: 15
    environment: requests
    permissions:
      contents: read
      issues: write
    steps:
${setUp(way, MERGED)}      - name: Answer
        env:
          GITHUB_TOKEN: \${{ github.token }}
          PROVISO_APP_ID: \${{ vars.PROVISO_APP_ID }}
          PROVISO_APP_KEY: \${{ secrets.PROVISO_APP_KEY }}
          ISSUE: \${{ github.event.issue.number }}
        run: ${way.proviso} request --issue "$ISSUE"
`;
