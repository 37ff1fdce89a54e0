import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { WrittenApproval } from '../engine/approve/provenance-from-file.ts';
import { isTracked } from '../engine/io/is-tracked.ts';
import { UsageError } from '../engine/usage-error.ts';

/**
 * Approvals that were written down, one a line: `<class> <subject> <login>`; what follows a `#` is a remark. The file
 * counts for as much as the place it lies in: one that whoever changes terms can also write proves nothing.
 */
export async function readApprovals(root: string, path: string | undefined): Promise<WrittenApproval[]> {
  const help =
    'name a file that only those who collect approvals can write: --approvals, or `approvals` of the environment';
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
  return text.split(/\r\n|\r|\n/).flatMap((line, index): WrittenApproval[] => {
    const written = line.replace(/#.*$/, '').trim();
    if (written === '') return [];
    const [name = '', subject = '', by = '', ...more] = written.split(/\s+/);
    if (!/^[0-9a-f]{64}$/.test(subject) || by === '' || more.length > 0)
      throw new UsageError(
        `${path}:${index + 1}:1 is no approval`,
        'write <class> <subject, 64 digits> <login>, as the check tells them',
      );
    return [{ class: name, subject, by }];
  });
}
