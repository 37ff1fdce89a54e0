import { plural } from '../../report/plural.ts';
import type { DoctorRule } from '../rule.ts';

export const classStaffing: DoctorRule = {
  name: 'class-staffing',
  severity: 'error',
  fix: 'add people to the class in policies/approvers.yaml',
  why: 'nobody approves what they wrote or asked for themselves, so a class needs one person more than it asks for',
  *find({ model: { world } }) {
    const { approvals, approvers } = world;
    if (!approvals || !approvers) return;
    const asked = new Set(approvals.data.lines.map((line) => line.class));
    for (const [name, { needs }] of Object.entries(approvals.data.classes)) {
      const people = new Set(approvers.data.people.filter(({ classes }) => classes.includes(name)).map(({ id }) => id))
        .size;
      const at = approvals.document.locate(['classes', name], 'key');
      const has = people === 0 ? 'has nobody' : `has ${plural(people, 'person', 'people')}`;
      if (people < needs && asked.has(name)) yield { message: `the class ${name} needs ${needs} and ${has}`, at };
      else if (people === needs && asked.has(name))
        yield {
          message: `the class ${name} needs ${needs} and ${has}: a change one of them writes cannot be approved`,
          at,
          severity: 'warning',
        };
    }
  },
};
