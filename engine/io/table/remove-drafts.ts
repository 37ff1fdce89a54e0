import { lstatSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const hour = 3_600_000;
const draft = /\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.draft$/;

/** Removes what writers that were killed left in a folder. One at work writes within the hour. */
export function removeDrafts(folder: string): void {
  for (const name of readdirSync(folder)) {
    if (!draft.test(name)) continue;
    const found = lstatSync(join(folder, name), { throwIfNoEntry: false });
    if (found?.isFile() && Date.now() - found.mtimeMs > hour) rmSync(join(folder, name), { force: true });
  }
}
