import type { ApprovalClass, Approvals } from '../../schemas/approvals.ts';
import { kinds } from '../../schemas/kinds.ts';
import type { World } from '../model.ts';

/** The class of what is made in an emergency. */
export const BREAK_GLASS = 'breakGlass';

/**
 * Whether a repository says what needs approval. `missing`: nothing needs one, and whoever publishes from it should be
 * told; `unreadable`: the file is there and nobody knows what it asks for, so nothing may pass.
 */
export function approvalPolicy(world: World): 'there' | 'missing' | 'unreadable' {
  if (world.approvals) return 'there';
  return world.unread.has(kinds.approvals.files.path) ? 'unreadable' : 'missing';
}

/** A class as the policy has it. One that a line names and nobody describes asks for the most: one person, with the code. */
export function classOf(policy: Approvals | undefined, name: string): ApprovalClass {
  const said = Object.hasOwn(policy?.classes ?? {}, name) ? policy?.classes[name] : undefined;
  const known = said ?? { needs: 1, code: true };
  return name === BREAK_GLASS ? { ...known, code: true } : known;
}
