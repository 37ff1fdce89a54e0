import type { DoctorRule } from '../rule.ts';
import { fieldsOf } from '../workflow.ts';

export const workflowPermissions: DoctorRule = {
  name: 'workflow-permissions',
  severity: 'error',
  fix: 'write `permissions: {}` at the top and give each job the scopes it uses',
  why: 'every job, one added later too, begins with what stands at the top',
  *find({ workflows }) {
    for (const { document, data } of workflows) {
      const said = data.permissions;
      const at = document.locate(said === undefined ? ['jobs'] : ['permissions'], 'key');
      if (said === undefined) {
        yield { message: 'the workflow does not say what its token may do', at };
        continue;
      }
      if (said === 'write-all') {
        yield { message: 'every job may write everything', at };
        continue;
      }
      if (said === 'read-all') {
        yield { message: 'every job may read everything', at, severity: 'warning' };
        continue;
      }
      for (const [scope, access] of Object.entries(fieldsOf(said)))
        if (access === 'write')
          yield {
            message: `every job may write ${scope}`,
            at: document.locate(['permissions', scope], 'key'),
          };
    }
  },
};
