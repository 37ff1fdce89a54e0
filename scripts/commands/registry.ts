/** Every command by the words a user types. A command is loaded when it is run, or for help. */
import type { Command } from '../command.ts';

export const commands: Readonly<Record<string, () => Promise<{ command: Command }>>> = {
  agenda: () => import('./agenda.ts'),
  check: () => import('./check.ts'),
  compile: () => import('./compile.ts'),
  diff: () => import('./diff.ts'),
  doctor: () => import('./doctor.ts'),
  exceptions: () => import('./exceptions.ts'),
  explain: () => import('./explain.ts'),
  get: () => import('./get.ts'),
  history: () => import('./history.ts'),
  init: () => import('./init.ts'),
  'new customer': () => import('./new-customer.ts'),
  'new exception': () => import('./new-exception.ts'),
  'new plan': () => import('./new-plan.ts'),
  'new renewal': () => import('./new-renewal.ts'),
  publish: () => import('./publish.ts'),
  renewals: () => import('./renewals.ts'),
  request: () => import('./request.ts'),
  review: () => import('./review.ts'),
  rollback: () => import('./rollback.ts'),
  schemas: () => import('./schemas.ts'),
  simulate: () => import('./simulate.ts'),
  start: () => import('./start.ts'),
  status: () => import('./status.ts'),
  validate: () => import('./validate.ts'),
};
