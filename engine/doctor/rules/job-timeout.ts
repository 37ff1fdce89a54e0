import { allJobs } from '../job-facts.ts';
import type { DoctorRule } from '../rule.ts';
import { placeOfJob } from '../workflow.ts';

export const jobTimeout: DoctorRule = {
  name: 'job-timeout',
  severity: 'note',
  fix: 'write `timeout-minutes:` with what the job takes at most',
  why: 'a job that hangs holds its place, and with it the next deployment, for six hours',
  *find(setup) {
    for (const job of allJobs(setup))
      if (job.data['timeout-minutes'] === undefined && job.data.uses === undefined)
        yield { message: `the job ${job.id} may run for six hours`, at: placeOfJob(job) };
  },
};
