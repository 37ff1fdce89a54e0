import type { Language } from '../language.ts';
import { doubleBraces } from '../parts/markup.ts';
import { markupComments } from '../parts/markup-comments.ts';
import { vueParts } from '../parts/vue-parts.ts';
import { ecmascript } from './ecmascript.ts';

export const vue: Language = {
  ...ecmascript,
  name: 'vue',
  title: 'Vue',
  extensions: ['.vue'],
  grammar: 'TypeScript',
  parts: vueParts,
  readComments: (text) => markupComments(text, { bracesAt: doubleBraces(), inTags: false }),
};
