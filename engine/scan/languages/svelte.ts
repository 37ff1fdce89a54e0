import type { Language } from '../language.ts';
import { svelteParts } from '../parts/svelte-parts.ts';
import { ecmascript } from './ecmascript.ts';

export const svelte: Language = {
  ...ecmascript,
  name: 'svelte',
  title: 'Svelte',
  extensions: ['.svelte'],
  grammar: 'TypeScript',
  parts: svelteParts,
};
