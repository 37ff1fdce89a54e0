import type { AccessRule } from '../../runtime/terms/timeline.ts';

/** What a rule of access says: `only admin; needs approval by manager`. */
export const ruleText = ({ only, approver }: Pick<AccessRule, 'only' | 'approver'>): string =>
  [only ? `only ${only.join(', ')}` : '', approver ? `needs approval by ${approver}` : ''].filter(Boolean).join('; ');
