/** Runs on the branch of the pull request, whose author may rewrite it: so it can do nothing, and nothing of it is believed. */
export const reviewSubmittedWorkflow =
  (): string => `# Tells that somebody reviewed, so that \`review\` looks again. Its author may be anybody: it holds no authority, and nothing it says
# is believed.
name: review-submitted
on:
  pull_request_review:
    types: [submitted, edited, dismissed]

permissions: {}

jobs:
  submitted:
    runs-on: ubuntu-latest
    timeout-minutes: 1
    permissions: {}
    steps:
      - run: 'true'
`;
