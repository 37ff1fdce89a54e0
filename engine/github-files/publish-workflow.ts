import { setUp, type Way } from './job-steps.ts';

export const publishWorkflow = (
  way: Way,
): string => `# Publishes what was merged, if every commit since the last release was approved. Off until the variable PROVISO_PUBLISH of the
# repository is "true"; the address of the store is the secret PROVISO_STORE of the environment \`production\`.
name: publish
on:
  push:
    branches: [main]
  workflow_dispatch:

permissions: {}

# One after the other and never stopped half-way; each run covers everything since the last release.
concurrency:
  group: publish
  cancel-in-progress: false

jobs:
  publish:
    if: github.ref == 'refs/heads/main' && vars.PROVISO_PUBLISH == 'true'
    runs-on: ubuntu-latest
    timeout-minutes: 30
    environment: production
    permissions:
      contents: read
      pull-requests: write # reads reviews, and says in which release a change is
      deployments: write
      issues: write # says so where nothing may be published
    steps:
${setUp(way)}      - name: Publish
        env:
          GITHUB_TOKEN: \${{ github.token }}
          PROVISO_STORE: \${{ secrets.PROVISO_STORE }}
        run: ${way.proviso} publish --env production
`;
