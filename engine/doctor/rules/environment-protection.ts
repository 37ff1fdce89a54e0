import type { Place } from '../../diagnostic.ts';
import { allJobs, environmentOf, secretsIn, writeScopes } from '../job-facts.ts';
import type { DeploymentEnvironment } from '../repository-settings.ts';
import type { DoctorRule, Finding } from '../rule.ts';
import { judgeSettings } from '../settings-page.ts';
import { type Job, placeOfJob } from '../workflow.ts';

type Fault = Pick<Finding, 'message' | 'severity' | 'fix'>;

const holdsSomething = (job: Job): boolean => secretsIn(job.data).length > 0 || writeScopes(job).includes('id-token');

function* faultsOf(
  { name, jobs, defaultBranch }: { name: string; jobs: readonly Job[]; defaultBranch: string | undefined },
  found: DeploymentEnvironment | undefined,
): Generator<Fault> {
  if (!found) {
    yield {
      message: `the environment ${name} does not exist, and the first run makes one without any protection`,
      fix: 'make it, and let only the default branch deploy to it',
    };
    return;
  }
  const { branches } = found;
  if (branches === 'any')
    yield { message: `any branch may deploy to ${name}`, severity: jobs.some(holdsSomething) ? 'error' : 'warning' };
  else if (branches !== 'protected')
    for (const branch of branches)
      if (branch !== defaultBranch)
        yield {
          message: `${branch} may deploy to ${name}`,
          severity: /[*?[]/.test(branch) && jobs.some(holdsSomething) ? 'error' : 'warning',
        };
  if (/rollback/.test(name) && !found.hasReviewers)
    yield { message: `${name} needs nobody’s approval`, severity: 'warning', fix: 'name required reviewers' };
  if (found.hasReviewers && found.adminsMayBypass)
    yield {
      message: `admins are let past the reviewers of ${name}`,
      severity: 'warning',
      fix: 'turn off “Allow administrators to bypass configured protection rules”',
    };
}

export const environmentProtection: DoctorRule = {
  name: 'environment-protection',
  severity: 'error',
  fix: 'let only the default branch deploy to it',
  why: 'its secrets are handed to whatever a branch that may deploy to it runs',
  *find(setup) {
    const used = new Map<string, Job[]>();
    for (const job of allJobs(setup)) {
      const name = environmentOf(job);
      if (name !== '' && !name.includes('${{')) used.set(name, [...(used.get(name) ?? []), job]);
    }
    if (used.size === 0) return;
    yield* judgeSettings(
      setup,
      { of: ({ environments }) => environments, page: 'environments', what: 'how environments are protected' },
      function* (environments, page, { defaultBranch }) {
        for (const [name, jobs] of used) {
          const found = environments.find((one) => one.name.toLowerCase() === name.toLowerCase());
          const at: Place = jobs[0] && !found ? placeOfJob(jobs[0], ['environment']) : page;
          for (const fault of faultsOf({ name, jobs, defaultBranch }, found)) yield { ...fault, at };
        }
      },
    );
  },
};
