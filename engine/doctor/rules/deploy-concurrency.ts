import { allJobs, isDeployment } from '../job-facts.ts';
import type { DoctorRule } from '../rule.ts';
import { fieldsOf, placeOfJob, textOf } from '../workflow.ts';

export const deployConcurrency: DoctorRule = {
  name: 'deploy-concurrency',
  severity: 'error',
  fix: 'write `concurrency: { group: deploy, cancel-in-progress: false }` in the job or the workflow',
  why: 'two deployments at once, or one cut short, leave it to chance which release is in force',
  *find(setup) {
    for (const job of allJobs(setup)) {
      if (!isDeployment(job, setup)) continue;
      const isOwn = job.data.concurrency !== undefined;
      const said = isOwn ? job.data.concurrency : job.workflow.data.concurrency;
      const { document } = job.workflow;
      if (said === undefined) {
        yield { message: 'the job deploys and may run twice at once', at: placeOfJob(job) };
        continue;
      }
      const at = isOwn ? placeOfJob(job, ['concurrency']) : document.locate(['concurrency'], 'key');
      const stop = fieldsOf(said)['cancel-in-progress'];
      if (stop !== undefined && textOf(stop).toLowerCase() !== 'false')
        yield { message: 'a deployment may be cancelled in the middle', at };
      if (/github\s*\.\s*(run_id|run_number|sha|head_ref|event\.)/.test(textOf(said) || textOf(fieldsOf(said).group)))
        yield { message: 'the group is another one for each run, so deployments may still run at once', at };
    }
  },
};
