import type { Language } from '../language.ts';
import { go } from './go.ts';
import { java } from './java.ts';
import { javascript } from './javascript.ts';
import { python } from './python.ts';

<<<<<<< HEAD

import { svelte } from './svelte.ts';

=======

import { ruby } from './ruby.ts';

>>>>>>> lang-a

import { tsx } from './tsx.ts';
import { typescript } from './typescript.ts';
import { vue } from './vue.ts';

/** Every language the scanner reads. */
<<<<<<< HEAD
export const languages: readonly Language[] = [go, java, javascript, python, svelte, tsx, typescript, vue];
=======
export const languages: readonly Language[] = [go, java, javascript, python, ruby, tsx, typescript];
>>>>>>> lang-a
