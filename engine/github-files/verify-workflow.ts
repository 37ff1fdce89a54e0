import { setUp, type Way } from './job-steps.ts';

/** `steps`: what the repository tests beside its terms, as YAML of the job's steps. */
export const verifyWorkflow = (
  way: Way,
  steps = '',
): string => `# Runs on what is proposed, so it holds no secret and may write nothing.
name: verify
on:
  pull_request:
  merge_group:

permissions: {}

concurrency:
  group: verify-\${{ github.ref }}
  cancel-in-progress: true

jobs:
  verify:
    runs-on: ubuntu-latest
    timeout-minutes: 30
    permissions:
      contents: read
    steps:
${setUp(way)}      - name: Validate every file, date and reference
        run: ${way.proviso} validate
${steps}`;
