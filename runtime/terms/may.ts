import type { Rules } from './rules.ts';
import type { Access, AccessRule } from './timeline.ts';

/** Somebody at a customer: the base roles they have, and the customer's own groups they are in. */
export interface User {
  roles: readonly string[];
  groups?: readonly string[];
}

/** `needsApproval`: once somebody with each of the roles in `by` has agreed. `exception` is what tightened it. */
export type Permission =
  | { answer: 'allowed' }
  | { answer: 'denied'; because: 'role' }
  | { answer: 'denied'; because: 'rule'; only: readonly string[]; exception: string }
  | { answer: 'needsApproval'; by: readonly string[]; exceptions: readonly string[] };

/**
 * Whether a user may do something: base roles and groups give, the customer's rules tighten and never give. A rule of a
 * group is for those in it, and for what is done in its name (`group`); one without is for all. Who may approve it needs
 * nobody else's approval. A role or group nobody defined is none.
 */
export function may(
  { roles }: Pick<Rules, 'roles'>,
  access: Access,
  user: User,
  action: string,
  group?: string,
): Permission {
  const groups = new Set([...(user.groups ?? []), ...(group === undefined ? [] : [group])]);
  const own = access.groups.filter(({ name }) => user.groups?.includes(name));
  const named = [...user.roles, ...own.flatMap((each) => each.roles ?? [])];
  const held = new Set(named.filter((role) => Object.hasOwn(roles, role)));
  const isGiven =
    own.some((each) => each.may?.includes(action)) || [...held].some((role) => roles[role]?.may.includes(action));
  if (!isGiven) return { answer: 'denied', because: 'role' };

  const rules = access.rules.filter((rule) => rule.action === action && isFor(rule, groups));
  for (const { only, exception } of rules)
    if (only && !only.some((role) => held.has(role))) return { answer: 'denied', because: 'rule', only, exception };
  const asking = rules.filter(({ approver }) => approver !== undefined && !held.has(approver));
  if (asking.length === 0) return { answer: 'allowed' };
  return {
    answer: 'needsApproval',
    by: [...new Set(asking.flatMap(({ approver = [] }) => approver))],
    exceptions: asking.map(({ exception }) => exception),
  };
}

const isFor = ({ group }: AccessRule, groups: ReadonlySet<string>): boolean => group === undefined || groups.has(group);
