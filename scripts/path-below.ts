import { relative, sep } from 'node:path';

/** The path of a file from a folder, with `/`; nothing for the folder itself and for one elsewhere. Links are not followed. */
export function pathBelow(top: string, path: string): string | undefined {
  const place = relative(top, path).split(sep).join('/');
  return place === '' || /^\.\.(\/|$)|^\/|^[A-Za-z]:/.test(place) ? undefined : place;
}
