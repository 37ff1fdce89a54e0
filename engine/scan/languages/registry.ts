import type { Language } from '../language.ts';
import { go } from './go.ts';
import { java } from './java.ts';
import { javascript } from './javascript.ts';
import { python } from './python.ts';
import { sql } from './sql.ts';
import { tsx } from './tsx.ts';
import { typescript } from './typescript.ts';

/** Every language the scanner reads. */
export const languages: readonly Language[] = [go, java, javascript, python, sql, tsx, typescript];
