import {
  allJobs,
  environmentOf,
  hasTrigger,
  outsideTriggers,
  proposedTriggers,
  secretsIn,
  writeScopes,
} from '../job-facts.ts';
import { isKeptAway } from '../kept-away.ts';
import type { DoctorRule } from '../rule.ts';
import { placeOfJob } from '../workflow.ts';

/** What a job may write without harm to anything that is trusted: findings of scanners. */
const harmless = ['security-events'];

export const pullRequestAuthority: DoctorRule = {
  name: 'pull-request-authority',
  severity: 'error',
  fix: 'let this workflow only read; what needs rights goes into one on pull_request_target or workflow_run that runs the default branch’s code',
  why: 'on this event the workflow is the one the pull request proposes, so whoever proposes decides what is done with the rights',
  *find(setup) {
    for (const job of allJobs(setup)) {
      if (!hasTrigger(job, proposedTriggers) || isKeptAway(job)) continue;
      const scopes = writeScopes(job).filter((scope) => !harmless.includes(scope));
      const at = placeOfJob(job, job.data.permissions === undefined ? [] : ['permissions']);
      if (scopes.length > 0 && !hasTrigger(job, outsideTriggers))
        yield { message: `the job may write ${scopes.join(', ')} for what a pull request proposes`, at };
      const secret = secretsIn(job.data)[0];
      if (secret)
        yield {
          message: 'the job holds a secret while it runs what a pull request proposes',
          at: job.workflow.document.find([...job.pointer, ...secret.pointer], secret.expression),
        };
      else if (environmentOf(job) !== '')
        yield { message: 'the job deploys what a pull request proposes', at: placeOfJob(job, ['environment']) };
    }
  },
};
