import { MERGED, setUp, type Way } from './job-steps.ts';

export const reviewWorkflow = (
  way: Way,
): string => `# Says on a pull request what it does to customers and who must approve it. It may write there, so it runs only code that has
# been merged; what is proposed is read as git objects, never checked out and never run.
name: review
on:
  pull_request_target:
    types: [opened, reopened, synchronize, edited, ready_for_review]
  workflow_run:
    workflows: [review-submitted]
    types: [completed]

permissions: {}

concurrency:
  group: review-\${{ github.event.pull_request.head.repo.full_name || github.event.workflow_run.head_repository.full_name }}-\${{ github.event.pull_request.head.ref || github.event.workflow_run.head_branch }}
  cancel-in-progress: true

jobs:
  review:
    runs-on: ubuntu-latest
    timeout-minutes: 15
    permissions:
      contents: read
      pull-requests: write # the report, labels, asking for reviews
      checks: write # the check \`proviso\`
    steps:
${setUp(way, MERGED)}      - name: Review
        env:
          GITHUB_TOKEN: \${{ github.token }}
          PULL: \${{ github.event.pull_request.number }}
          HEAD: \${{ github.event.workflow_run.head_sha }}
        run: |
          if [ -n "$PULL" ]; then
            ${way.proviso} review --pull "$PULL"
          else
            ${way.proviso} review --head "$HEAD"
          fi
`;
