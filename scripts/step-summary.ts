import { appendFileSync, statSync } from 'node:fs';

/** GitHub refuses a summary that is larger, all of it. */
const MOST_BYTES = 1_048_576;
const CUT = '\n\n… what follows had no room in this summary\n';

/**
 * Appends Markdown to the summary of a step of GitHub Actions, a file that all of the step's commands share; what would
 * make it too large is left out, and said to be. A summary that cannot be written keeps no command from its work.
 */
export const stepSummary =
  (path: string) =>
  (markdown: string): void => {
    const bytes = Buffer.from(`${markdown}\n`);
    try {
      const left = MOST_BYTES - (statSync(path, { throwIfNoEntry: false })?.size ?? 0);
      appendFileSync(path, bytes.length <= left ? bytes : cutTo(bytes, left));
    } catch {}
  };

/** Whole lines, and the sentence that says there were more. */
function cutTo(bytes: Buffer, most: number): Buffer {
  const room = most - Buffer.byteLength(CUT);
  const end = bytes.lastIndexOf('\n', Math.max(0, room));
  return room < 0 || end < 0 ? Buffer.alloc(0) : Buffer.concat([bytes.subarray(0, end), Buffer.from(CUT)]);
}
