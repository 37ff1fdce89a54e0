import { allJobs, writeScopes } from '../job-facts.ts';
import type { DoctorRule } from '../rule.ts';
import { judgeSettings } from '../settings-page.ts';

/** Each of these says which environment a job deploys to. */
const environmentClaims = ['context', 'environment', 'environment_node_id', 'sub'];

export const identityClaims: DoctorRule = {
  name: 'identity-claims',
  severity: 'warning',
  fix: 'have the subject made of repo, context and job_workflow_ref (GitHub: “Customizing the token claims”), and accept exactly that in the cloud',
  why: 'the cloud cannot tell this workflow from another one that names the same environment',
  *find(setup) {
    if (!allJobs(setup).some((job) => writeScopes(job).includes('id-token'))) return;
    yield* judgeSettings(
      setup,
      { of: (settings) => settings.identityClaims, page: 'actions', what: 'what the identity of a job is made of' },
      function* (claims, at) {
        if (!claims.includes('job_workflow_ref'))
          yield { message: 'the identity of a job does not name its workflow', at };
        if (!claims.some((claim) => environmentClaims.includes(claim)))
          yield { message: 'the identity of a job does not name its environment', at };
      },
    );
  },
};
