import { customer, exception } from '../../../oracle/sample-world.ts';
import type { Answered, CustomerData, Exception, World } from '../../../oracle/world.ts';
import { type Rule, state } from './prove.ts';

type Answers = Partial<Record<'onUpgrade' | 'onDowngrade' | 'onLapse', Answered>>;
export const all: Answers = { onUpgrade: 'drop', onDowngrade: 'drop', onLapse: 'drop' };

/** EX-1, which lasts through 2026 and drops only where it says so. */
export const asked = (answers: Answers, more: Partial<Exception> = {}) => [exception('EX-1', { ...answers, ...more })];

/** A rule that is seen in what becomes of EX-1 on an account of this base plan. */
export const becomes =
  (plan: string) =>
  (
    [says, not]: [says: string, not: string],
    more: Partial<CustomerData>,
    exceptions: Exception[],
    days: Record<string, string>,
    where?: World,
  ): Rule => ({ says, not, who: customer(plan, { ...more, exceptions }), see: state(), days, ...(where && { where }) });

export const gone = (day: string) => ({ [day]: 'dropped' });
export const kept = (day: string) => ({ [day]: 'active' });
