import type { Language } from '../language.ts';
import { singleBraces } from '../parts/markup.ts';
import { markupComments } from '../parts/markup-comments.ts';
import { svelteParts } from '../parts/svelte-parts.ts';
import { ecmascript } from './ecmascript.ts';

export const svelte: Language = {
  ...ecmascript,
  name: 'svelte',
  title: 'Svelte',
  extensions: ['.svelte'],
  grammar: 'TypeScript',
  parts: svelteParts,
  readComments: (text) => markupComments(text, { bracesAt: singleBraces(), inTags: true }),
};
