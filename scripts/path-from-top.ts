import { realpathSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';

/**
 * How a file or folder is called from the top of a scanned repository, with `/`: `customers/acme.yaml`, `../terms`, `''` for the top itself.
 * `top` is free of links, and so is what comes out; what is not there yet has a name too.
 */
export const pathFromTop = (top: string, path: string): string =>
  relative(top, real(path) ?? join(real(dirname(path)) ?? dirname(path), basename(path)))
    .split(sep)
    .join('/');

function real(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}
