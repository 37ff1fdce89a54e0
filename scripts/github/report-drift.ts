import { driftMarkdown, isAsExpected } from '../../engine/report/drift-markdown.ts';
import { markdownCodeBlock } from '../../engine/report/markdown-code.ts';
import { plain } from '../../engine/report/plain.ts';
import type { Status } from '../../engine/report/status-text.ts';
import { SnapshotError } from '../../runtime/snapshot/object.ts';
import { StoreError } from '../../runtime/stores/store.ts';
import type { Context } from '../command.ts';
import { closeIssue, postIssue } from './post-issue.ts';

/**
 * Keeps one issue on GitHub open while what is in force is not as expected, with what to do about it, and closes it when
 * all is well again. What `read` throws is thrown on; where that is of the store, the issue tells of it, too.
 */
export async function reportDrift<Read extends { status: Status }>(
  context: Context,
  read: () => Promise<Read>,
): Promise<Read> {
  const { environment, channel } = context;
  const place = channel === 'stable' ? environment : `${environment}/${channel}`;
  const kind = `drift-${place.replace('/', '-on-')}`;
  const post = async (body: string): Promise<void> => {
    const { url } = await postIssue(context, {
      kind,
      title: `What is in force in ${place} is not as it should be`,
      body,
    });
    context.writeError(`Issue: ${plain(url)}\n`);
  };
  let found: Read;
  try {
    found = await read();
  } catch (error) {
    if (error instanceof StoreError || error instanceof SnapshotError)
      await post(`It cannot be read from the store:\n\n${markdownCodeBlock(error.message)}`);
    throw error;
  }
  if (!isAsExpected(found.status)) await post(driftMarkdown(found.status, environment));
  else for (const url of await closeIssue(context, kind)) context.writeError(`Closed: ${plain(url)}\n`);
  return found;
}
