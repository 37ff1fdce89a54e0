import {
  allJobs,
  environmentOf,
  hasTrigger,
  outsideTriggers,
  proposedTriggers,
  secretsIn,
  type UsedSecret,
} from '../job-facts.ts';
import { isKeptAway } from '../kept-away.ts';
import type { DoctorRule } from '../rule.ts';
import { signedEnvironments } from '../signed-environments.ts';
import type { Job } from '../workflow.ts';

const HEAD_KEY = /^proviso_head_key(_file)?$/i;

/** By the name of the secret, or of the variable it is given in. */
const isHeadKey = ({ name, pointer }: UsedSecret): boolean =>
  HEAD_KEY.test(name) || HEAD_KEY.test(String(pointer.at(-1)));

/** Somebody who proposes something, or only says something about it, can start it. */
const isStartedByProposal = (job: Job): boolean =>
  hasTrigger(job, outsideTriggers) || (hasTrigger(job, proposedTriggers) && !isKeptAway(job));

export const headKeyReach: DoctorRule = {
  name: 'head-key-reach',
  severity: 'error',
  fix: 'sign in a workflow that only pushes to the default branch, a schedule or people start, with the key as a secret of its environment',
  why: 'whoever gets at the key signs releases that every reader takes, whatever was approved',
  *find(setup) {
    if (signedEnvironments(setup).length === 0) return;
    for (const { document, data } of setup.workflows)
      for (const { expression, pointer } of secretsIn(data.env).filter(isHeadKey))
        yield {
          message: 'the key that signs releases is given to every job',
          at: document.find(['env', ...pointer], expression),
        };
    for (const job of allJobs(setup))
      for (const { expression, pointer } of secretsIn(job.data).filter(isHeadKey)) {
        const at = job.workflow.document.find([...job.pointer, ...pointer], expression);
        if (isStartedByProposal(job))
          yield { message: 'the key that signs releases is used in a job that pull requests can start', at };
        else if (environmentOf(job) === '')
          yield { message: 'the key that signs releases is used in a job without an environment', at };
      }
  },
};
