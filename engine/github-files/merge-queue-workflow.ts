import { setUp, type Way } from './job-steps.ts';

/** A merge queue waits for every check that is demanded, by its name, at a commit of its own. */
export const mergeQueueWorkflow = (
  way: Way,
): string => `# Answers for the check \`proviso\` in a merge queue: what comes together must be valid. It runs what is proposed and holds no
# authority; who approved is looked at once more before anything is published.
name: merge-queue
on:
  merge_group:

permissions: {}

jobs:
  proviso:
    name: proviso
    runs-on: ubuntu-latest
    timeout-minutes: 15
    permissions:
      contents: read
    steps:
${setUp(way)}      - name: Validate what comes together
        run: ${way.proviso} validate
`;
