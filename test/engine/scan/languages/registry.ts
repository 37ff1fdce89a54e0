import type { Idioms } from '../idioms.ts';
import { csharp } from './csharp.ts';
import { env } from './env.ts';
import { go } from './go.ts';
import { java } from './java.ts';
import { json } from './json.ts';
import { kotlin } from './kotlin.ts';
import { php } from './php.ts';
import { python } from './python.ts';
import { ruby } from './ruby.ts';
import { rust } from './rust.ts';
import { sql } from './sql.ts';
import { svelte } from './svelte.ts';
import { toml } from './toml.ts';
import { typescript } from './typescript.ts';
import { vue } from './vue.ts';
import { yaml } from './yaml.ts';

/** By the language's name: how it writes each idiom. */
export const idioms: Readonly<Record<string, Idioms>> = {
  csharp,
  env,
  go,
  java,
  json,
  kotlin,
  php,
  python,
  ruby,
  rust,
  sql,
  svelte,
  toml,
  typescript,
  vue,
  yaml,
};
