import { actionName, allJobs, releasesIn, stepsOf } from '../job-facts.ts';
import type { DoctorRule } from '../rule.ts';
import { placeOf, placeOfJob, textOf } from '../workflow.ts';

export const publishHistory: DoctorRule = {
  name: 'publish-history',
  severity: 'error',
  fix: 'write `fetch-depth: 0` under `with:` of actions/checkout',
  why: 'publishing looks at every commit since the last release, and a shallow clone does not have them',
  *find(setup) {
    for (const job of allJobs(setup)) {
      const steps = stepsOf(job, setup);
      if (!steps.some(({ run }) => releasesIn(run).includes('publish'))) continue;
      const checkouts = steps.filter((step) => actionName(step) === 'actions/checkout');
      if (checkouts.length === 0)
        yield { message: 'the job publishes and checks nothing out', at: placeOfJob(job, ['steps']) };
      for (const step of checkouts)
        if (textOf(step.with['fetch-depth']) !== '0')
          yield { message: 'the job publishes from a clone without history', at: placeOf(step, ['uses']) };
    }
  },
};
