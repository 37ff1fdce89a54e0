import { setUp, type Way } from './job-steps.ts';

export const agendaWorkflow = (
  way: Way,
): string => `# Once a week: what ends, what is due and what was asked, in one issue.
name: agenda
on:
  schedule:
    - cron: '17 6 * * 1'
  workflow_dispatch:

permissions: {}

concurrency:
  group: agenda
  cancel-in-progress: true

jobs:
  agenda:
    runs-on: ubuntu-latest
    timeout-minutes: 15
    permissions:
      contents: read
      issues: write
    steps:
${setUp(way)}      - name: Agenda
        env:
          GITHUB_TOKEN: \${{ github.token }}
        run: ${way.proviso} agenda --issue
`;
