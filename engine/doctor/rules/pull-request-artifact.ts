import { actionName, allJobs, hasTrigger, isPrivileged, stepsOf } from '../job-facts.ts';
import type { DoctorRule } from '../rule.ts';
import { type Job, placeOf, type Step, textOf } from '../workflow.ts';

/** Takes what another run left, which may have been a pull request's. */
function isOfAnotherRun(step: Step, job: Job): boolean {
  const name = actionName(step);
  if (name === 'actions/download-artifact') {
    const run = textOf(step.with['run-id']);
    return hasTrigger(job, ['workflow_run']) || (run !== '' && !/^\$\{\{\s*github\.run_id\s*\}\}$/.test(run));
  }
  return /\/(action-)?download-(workflow-)?artifacts?$/.test(name);
}

const DOWNLOAD = /\bgh[ \t]+run[ \t]+download\b|actions\/artifacts\/|\bartifact_id\b|downloadArtifact\b/;

export const pullRequestArtifact: DoctorRule = {
  name: 'pull-request-artifact',
  severity: 'error',
  fix: 'work the content out again in this job, from git',
  why: 'a run of a pull request can leave anything there, files that are run or overwritten too',
  *find(setup) {
    for (const job of allJobs(setup)) {
      if (!isPrivileged(job)) continue;
      for (const step of stepsOf(job, setup)) {
        const message = 'a job with rights takes what another run left';
        if (isOfAnotherRun(step, job)) yield { message, at: placeOf(step, ['uses']) };
        for (const [part, script] of [
          ['run', step.run],
          ['with', textOf(step.with.script)],
        ] as const) {
          const found = DOWNLOAD.exec(script)?.[0];
          const pointer = part === 'run' ? ['run'] : ['with', 'script'];
          if (found) yield { message, at: step.document.find([...step.pointer, ...pointer], found) };
        }
      }
    }
  },
};
