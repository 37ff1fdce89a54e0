import type { Idioms } from '../idioms.ts';
import { csharp } from './csharp.ts';
import { java } from './java.ts';
import { typescript } from './typescript.ts';

/** By the language's name: how it writes each idiom. */
export const idioms: Readonly<Record<string, Idioms>> = { csharp, java, typescript };
