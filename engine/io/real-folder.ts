import { realpathSync } from 'node:fs';

/** Where a folder lies once links are followed: what is known of it is known under this name, because a link may lead elsewhere later. */
export function realFolder(folder: string): string {
  try {
    return realpathSync(folder);
  } catch {
    return folder;
  }
}
