import type { DoctorRule } from '../rule.ts';

export const oneApprover: DoctorRule = {
  name: 'one-approver',
  severity: 'note',
  fix: 'share the classes between people',
  why: 'when this person is away nothing can be approved, and when the account is taken everything can',
  *find({ model: { world } }) {
    const { approvals, approvers } = world;
    if (!approvals || !approvers) return;
    const names = Object.keys(approvals.data.classes);
    if (names.length < 2) return;
    for (const [index, { login, classes }] of approvers.data.people.entries())
      if (names.every((name) => classes.includes(name)))
        yield {
          message: `${login} alone may approve everything`,
          at: approvers.document.locate(['people', index, 'login']),
        };
  },
};
