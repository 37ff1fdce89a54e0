import { allJobs } from '../job-facts.ts';
import type { DoctorRule } from '../rule.ts';
import { placeOfJob } from '../workflow.ts';

export const inheritedSecrets: DoctorRule = {
  name: 'inherited-secrets',
  severity: 'error',
  fix: 'let the job of the called workflow name its environment, or pass the secrets it uses by name',
  why: 'the called workflow is given every secret there is, those it never uses and those of tomorrow too',
  *find(setup) {
    for (const job of allJobs(setup))
      if (job.data.secrets === 'inherit')
        yield { message: 'the called workflow inherits all secrets', at: placeOfJob(job, ['secrets']) };
  },
};
