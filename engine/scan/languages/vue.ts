import type { Language } from '../language.ts';
import { vueParts } from '../parts/vue-parts.ts';
import { ecmascript } from './ecmascript.ts';

export const vue: Language = {
  ...ecmascript,
  name: 'vue',
  title: 'Vue',
  extensions: ['.vue'],
  grammar: 'TypeScript',
  parts: vueParts,
};
