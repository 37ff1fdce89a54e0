import { languages } from '../languages/registry.ts';
import type { Language } from '../syntax/language.ts';

const byName = languages.filter(({ files }) => files);
const byExtension = new Map(
  [...languages].reverse().flatMap((language) => language.extensions.map((extension) => [extension, language])),
);

/** The language a file is written in, by its name; nothing where no language reads it. */
export function languageOf(path: string): Language | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  for (const language of byName) if (language.files?.test(name)) return language;
  const dot = name.lastIndexOf('.');
  return dot >= 0 ? byExtension.get(name.slice(dot)) : undefined;
}
