import { list } from '../../report/list.ts';
import { actionName, allJobs, stepsOf } from '../job-facts.ts';
import type { DoctorRule } from '../rule.ts';
import { fieldsOf, type Job, placeOfJob, type Step, textOf, textsIn } from '../workflow.ts';

/** Taken from the environment of the job, without anybody passing a token. */
const withoutToken = ['id-token', 'attestations'];

const mentionsToken = (value: unknown): boolean =>
  [...textsIn(value)].some(([text]) => /\bsecrets\s*[.[]|\bgithub\s*(\.\s*token|\[\s*'token'\s*\])/i.test(text));

/** A token is passed on, kept by checkout for later, or taken by an action by default. */
function usesToken(step: Step): boolean {
  if (mentionsToken(step.data)) return true;
  const name = actionName(step);
  if (name === 'actions/checkout') return textOf(step.with['persist-credentials']) !== 'false';
  return name !== '' && !name.startsWith('./') && !/^actions\/(setup-[\w-]+|cache(\/\w+)?|upload-artifact)$/.test(name);
}

function grantedTo({ data }: Job): string[] {
  return Object.entries(fieldsOf(data.permissions))
    .filter(([scope, access]) => access === 'write' && !withoutToken.includes(scope))
    .map(([scope]) => scope);
}

export const jobPermissions: DoctorRule = {
  name: 'job-permissions',
  severity: 'error',
  fix: 'name the scopes the job uses and no more',
  why: 'whatever runs in the job, a package it installs too, may do all its token may do',
  *find(setup) {
    for (const job of allJobs(setup)) {
      const at = placeOfJob(job, ['permissions']);
      if (job.data.permissions === 'write-all') yield { message: 'the job may write everything', at };
      if (job.data.permissions === 'read-all')
        yield { message: 'the job may read everything', at, severity: 'warning' };
      const granted = grantedTo(job);
      const isUsed = mentionsToken([job.data.env, job.workflow.data.env]) || stepsOf(job, setup).some(usesToken);
      if (granted.length > 0 && !isUsed && job.data.uses === undefined)
        yield {
          message: `the job may write ${list(granted)}, and no step of it uses the token`,
          at,
          severity: 'warning',
          fix: 'remove the scope',
        };
    }
  },
};
