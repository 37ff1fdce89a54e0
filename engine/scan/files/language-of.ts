import { languages } from '../languages/registry.ts';
import type { Language } from '../syntax/language.ts';

/** The language a file is written in, by its name; nothing where no language reads it. */
export function languageOf(path: string): Language | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  const dot = name.lastIndexOf('.');
  const extension = dot >= 0 ? name.slice(dot) : '';
  return (
    languages.find(({ files }) => files?.test(name)) ??
    languages.find(({ extensions }) => extension !== '' && extensions.includes(extension))
  );
}
