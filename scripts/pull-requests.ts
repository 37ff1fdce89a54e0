import { UsageError } from '../engine/usage-error.ts';
import type { Context } from './command.ts';
import type { ApprovalPlaces } from './verify-tools.ts';

/** The pull requests of this repository on GitHub. */
export const gitHubOf = (_: Context): ApprovalPlaces => ({
  async pulls() {
    throw new UsageError('not wired');
  },
});
