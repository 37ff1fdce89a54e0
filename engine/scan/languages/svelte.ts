import type { Language } from '../syntax/language.ts';
import { singleBraces } from '../syntax/parts/markup.ts';
import { markupComments } from '../syntax/parts/markup-comments.ts';
import { svelteParts } from '../syntax/parts/svelte-parts.ts';
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
