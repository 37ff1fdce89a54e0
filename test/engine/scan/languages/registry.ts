import type { Idioms } from '../idioms.ts';
import { csharp } from './csharp.ts';
import { go } from './go.ts';
import { java } from './java.ts';
import { kotlin } from './kotlin.ts';
import { php } from './php.ts';
import { python } from './python.ts';
import { ruby } from './ruby.ts';
import { rust } from './rust.ts';
import { sql } from './sql.ts';
import { typescript } from './typescript.ts';

/** By the language's name: how it writes each idiom. */
export const idioms: Readonly<Record<string, Idioms>> = {
  csharp,
  go,
  java,
  kotlin,
  php,
  python,
  ruby,
  rust,
  sql,
  typescript,
};
