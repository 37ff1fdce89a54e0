import { isForeignSettings } from '../files/is-foreign-settings.ts';
import type { Language } from '../syntax/language.ts';
import { list, map, pair } from '../syntax/shapes.ts';

/** With comments and commas at the end too, as editors write settings. */
export const json: Language = {
  name: 'json',
  title: 'JSON',
  extensions: ['.json', '.jsonc', '.json5'],
  grammar: 'json',
  package: '@ast-grep/lang-json',
  settings: true,
  strings: ['string'],
  numbers: ['number'],
  patterns: [],
  names: [],
  comments: ['comment'],
  shapes: { object: map, array: list, pair: pair() },
  isForeign: isForeignSettings,
};
