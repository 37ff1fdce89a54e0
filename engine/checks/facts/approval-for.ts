import type { ApprovalWhen } from '../../../schemas/approvals.ts';
import type { CheckedChange } from '../checked-change.ts';

/**
 * The class that the policy of the base asks whenever that is so, whoever and whatever it concerns. Where there is one,
 * people look at it by name, and a check need not stand in their way.
 */
export const approvalFor = ({ base }: CheckedChange, ...about: readonly (keyof ApprovalWhen)[]): string | undefined =>
  base.model.world.approvals?.data.lines.find(({ when }) => {
    const keys = Object.keys(when);
    return (
      keys.length > 0 &&
      keys.every((key) => (about as readonly string[]).includes(key) || when[key as 'direction'] === 'takes')
    );
  })?.class;
