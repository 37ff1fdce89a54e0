import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { GivenReview } from '../engine/approve/approval.ts';
import { readApprovalsFile } from '../engine/approve/read-approvals-file.ts';
import { isTracked } from '../engine/io/is-tracked.ts';
import { UsageError } from '../engine/usage-error.ts';

const help =
  'name a file that only those who collect approvals can write: --approvals, or `approvals` of the environment';

/**
 * Approvals that were written down, as publishing trusts them: in a file of its own. It counts for as much as the place it
 * lies in, so one that whoever changes terms can also commit is refused.
 */
export async function readApprovals(
  root: string,
  path: string | undefined,
  now: number,
): Promise<readonly GivenReview[]> {
  if (path === undefined) throw new UsageError('this environment verifies approvals from a file, and names none', help);
  if (await isTracked(root, path))
    throw new UsageError(
      `${path} is part of this repository, so whoever writes a change could also write its approval`,
      help,
    );
  let text: string;
  try {
    text = await readFile(resolve(root, path), 'utf8');
  } catch {
    throw new UsageError(`the file of approvals ${path} cannot be read`, help);
  }
  const { reviews, diagnostics } = readApprovalsFile(text, path, now);
  const [fault] = diagnostics;
  if (!fault) return reviews;
  const { line, column } = fault.at.start;
  throw new UsageError(`${path}:${line}:${column} ${fault.message}`, fault.help);
}
