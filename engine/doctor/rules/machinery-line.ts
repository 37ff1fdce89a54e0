import type { DoctorRule } from '../rule.ts';

export const machineryLine: DoctorRule = {
  name: 'machinery-line',
  severity: 'error',
  fix: 'add the line `{ when: { machinery: true }, class: machinery, because: … }`, and the class',
  why: 'who may change policies, schemas, code and workflows without an approval can change what needs one',
  *find({ model: { world } }) {
    const { approvals } = world;
    if (approvals && !approvals.data.lines.some(({ when }) => when.machinery))
      yield {
        message: 'a change of policies, code or workflows needs nobody’s approval',
        at: approvals.document.locate(['lines'], 'key'),
      };
  },
};
