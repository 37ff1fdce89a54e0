import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Writes files into a folder, made when missing; `folder` is relative to `root` or absolute. */
export function writeFolder(root: string, folder: string, files: readonly { name: string; text: string }[]): void {
  const target = resolve(root, folder);
  mkdirSync(target, { recursive: true });
  for (const { name, text } of files) writeFileSync(join(target, name), text);
}
