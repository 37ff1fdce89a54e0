import type { Language } from '../syntax/language.ts';
import { ecmascript } from './ecmascript.ts';

export const tsx: Language = {
  ...ecmascript,
  name: 'tsx',
  title: 'TypeScript with JSX',
  extensions: ['.tsx'],
  grammar: 'Tsx',
};
