import type { Idioms } from '../idioms.ts';
import { go } from './go.ts';
import { java } from './java.ts';
import { python } from './python.ts';
import { sql } from './sql.ts';
import { typescript } from './typescript.ts';

/** By the language's name: how it writes each idiom. */
export const idioms: Readonly<Record<string, Idioms>> = { go, java, python, sql, typescript };
