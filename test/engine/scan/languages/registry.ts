import type { Idioms } from '../idioms.ts';
import { go } from './go.ts';
import { ruby } from './ruby.ts';
import { typescript } from './typescript.ts';

/** By the language's name: how it writes each idiom. */
export const idioms: Readonly<Record<string, Idioms>> = { typescript, go, ruby };
