import type { Language } from '../syntax/language.ts';
import { ecmascript } from './ecmascript.ts';

export const javascript: Language = {
  ...ecmascript,
  name: 'javascript',
  title: 'JavaScript',
  extensions: ['.js', '.jsx', '.mjs', '.cjs'],
  grammar: 'JavaScript',
};
