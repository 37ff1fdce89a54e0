import type { Language } from '../syntax/language.ts';
import { ecmascript } from './ecmascript.ts';

export const typescript: Language = {
  ...ecmascript,
  name: 'typescript',
  title: 'TypeScript',
  extensions: ['.ts', '.mts', '.cts'],
  grammar: 'TypeScript',
};
