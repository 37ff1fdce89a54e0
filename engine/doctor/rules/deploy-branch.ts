import { allJobs, isDeployment } from '../job-facts.ts';
import type { DoctorRule } from '../rule.ts';
import { fieldsOf, type Job, placeOfJob, textOf } from '../workflow.ts';

/** The job's condition or its workflow's trigger says which branch. */
function namesBranch({ workflow, data }: Job): boolean {
  const on = fieldsOf(workflow.data.on ?? workflow.data.true);
  const push = fieldsOf(on.push);
  return 'branches' in push || 'tags' in push || /github\.(ref|ref_name)\s*==/.test(textOf(data.if));
}

export const deployBranch: DoctorRule = {
  name: 'deploy-branch',
  severity: 'error',
  fix: 'write `on: { push: { branches: [main] } }`',
  why: 'a push to any branch would deploy it, before anybody approved anything',
  *find(setup) {
    const { defaultBranch } = setup.git;
    for (const job of allJobs(setup)) {
      if (!job.workflow.triggers.has('push') || !isDeployment(job, setup)) continue;
      if (!namesBranch(job)) {
        yield { message: 'the job deploys from every branch', at: placeOfJob(job) };
        continue;
      }
      const { branches } = fieldsOf(fieldsOf(job.workflow.data.on ?? job.workflow.data.true).push);
      if (defaultBranch !== undefined && Array.isArray(branches))
        for (const [index, branch] of branches.entries())
          if (branch !== defaultBranch)
            yield {
              message: `the job deploys from ${textOf(branch)}, and the default branch is ${defaultBranch}`,
              at: job.workflow.document.locate(['on', 'push', 'branches', index]),
              severity: 'warning',
              fix: `name ${defaultBranch} alone`,
            };
    }
  },
};
