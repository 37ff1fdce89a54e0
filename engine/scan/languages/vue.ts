import type { Language } from '../syntax/language.ts';
import { doubleBraces } from '../syntax/parts/markup.ts';
import { markupComments } from '../syntax/parts/markup-comments.ts';
import { vueParts } from '../syntax/parts/vue-parts.ts';
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
