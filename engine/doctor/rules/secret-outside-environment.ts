import { allJobs, environmentOf, secretsIn } from '../job-facts.ts';
import type { DoctorRule } from '../rule.ts';
import { fieldsOf } from '../workflow.ts';

export const secretOutsideEnvironment: DoctorRule = {
  name: 'secret-outside-environment',
  severity: 'error',
  fix: 'keep the secret in an environment that only the default branch may deploy to, and name that environment in the job',
  why: 'a secret of the repository is there for a workflow on any branch, so whoever can push a branch can read it',
  *find(setup) {
    for (const { document, data } of setup.workflows)
      for (const { name, expression, pointer } of secretsIn(data.env))
        yield {
          message:
            name === '*' ? 'every job is given all secrets' : `every job is given the secret ${name.toUpperCase()}`,
          at: document.find(['env', ...pointer], expression),
        };
    for (const job of allJobs(setup)) {
      for (const { name, expression, pointer } of secretsIn(job.data)) {
        const at = job.workflow.document.find([...job.pointer, ...pointer], expression);
        if (name === '*')
          yield { message: 'all secrets are handed over at once', at, fix: 'name the one secret that is needed' };
        else if (environmentOf(job) === '')
          yield {
            message: `the secret ${name.toUpperCase()} is used in a job without an environment`,
            at,
            ...(fieldsOf(job.data).uses !== undefined && {
              fix: 'let the job of the called workflow name the environment and read the secret there',
            }),
          };
      }
    }
  },
};
