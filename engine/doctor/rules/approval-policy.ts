import { topOf } from '../../diagnostic.ts';
import type { DoctorRule } from '../rule.ts';

export const approvalPolicy: DoctorRule = {
  name: 'approval-policy',
  severity: 'error',
  fix: 'write policies/approvals.yaml (what needs whose approval) and policies/approvers.yaml (who that is)',
  why: 'without them no change needs anybody’s approval',
  *find({ model: { world } }) {
    const { approvals, approvers, publish, unread } = world;
    // Trying out needs no approvals; an environment that verifies them does.
    const verifies = Object.values(publish?.data.environments ?? {}).some(({ verify }) => verify && verify !== 'none');
    const severity = verifies ? 'error' : 'warning';
    for (const [name, entry] of [
      ['approvals', approvals],
      ['approvers', approvers],
    ] as const) {
      const path = `policies/${name}.yaml`;
      if (!entry && !unread.has(path)) yield { message: `there is no ${path}`, at: topOf(path), severity };
    }
    if (approvals && approvals.data.lines.length === 0)
      yield { message: 'no line asks for an approval', at: approvals.document.locate(['lines'], 'key'), severity };
  },
};
