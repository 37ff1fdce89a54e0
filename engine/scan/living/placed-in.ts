import type { Diagnostic, Place } from '../../diagnostic.ts';

/** A path of another folder, from the one that is scanned: `../terms/customers/acme.yaml`. */
export function pathIn(folder: string, path: string): string {
  if (folder === '' || path.startsWith('/')) return path;
  const names = folder.split('/');
  const rest = path.split('/');
  while (rest[0] === '..' && names.length > 0 && names.at(-1) !== '..') {
    rest.shift();
    names.pop();
  }
  return [...names, ...rest].join('/');
}

/** Places of another folder, named from the one that is scanned. */
export function placedIn(folder: string, diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const moved = (at: Place): Place => ({ ...at, path: pathIn(folder, at.path) });
  return diagnostics.map((one) => ({
    ...one,
    at: moved(one.at),
    ...(one.related && { related: one.related.map((other) => ({ ...other, at: moved(other.at) })) }),
  }));
}
