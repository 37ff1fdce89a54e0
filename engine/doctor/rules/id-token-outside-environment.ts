import { allJobs, environmentOf, writeScopes } from '../job-facts.ts';
import type { DoctorRule } from '../rule.ts';
import { fieldsOf, placeOfJob } from '../workflow.ts';

export const idTokenOutsideEnvironment: DoctorRule = {
  name: 'id-token-outside-environment',
  severity: 'error',
  fix: 'name the environment in the job, and have the cloud accept only the subject of that environment and this workflow (job_workflow_ref)',
  why: 'the identity would be that of a branch, which whoever pushes branches can take',
  *find(setup) {
    for (const job of allJobs(setup)) {
      const isOwn = 'id-token' in fieldsOf(job.data.permissions);
      if (writeScopes(job).includes('id-token') && environmentOf(job) === '')
        yield {
          message: 'a job without an environment may sign in elsewhere (id-token: write)',
          at: isOwn
            ? placeOfJob(job, ['permissions', 'id-token'])
            : job.workflow.document.locate(['permissions', 'id-token'], 'key'),
        };
    }
  },
};
