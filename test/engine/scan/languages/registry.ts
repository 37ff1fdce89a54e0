import type { Idioms } from '../idioms.ts';
import { go } from './go.ts';
import { java } from './java.ts';
import { python } from './python.ts';

<<<<<<< HEAD

import { svelte } from './svelte.ts';

=======

import { ruby } from './ruby.ts';

>>>>>>> lang-a

import { typescript } from './typescript.ts';
import { vue } from './vue.ts';

/** By the language's name: how it writes each idiom. */
<<<<<<< HEAD
export const idioms: Readonly<Record<string, Idioms>> = { go, java, python, svelte, typescript, vue };
=======
export const idioms: Readonly<Record<string, Idioms>> = { go, java, python, ruby, typescript };
>>>>>>> lang-a
