import type { Language } from '../syntax/language.ts';
import { csharp } from './csharp.ts';
import { env } from './env.ts';
import { go } from './go.ts';
import { java } from './java.ts';
import { javascript } from './javascript.ts';
import { json } from './json.ts';
import { kotlin } from './kotlin.ts';
import { php } from './php.ts';
import { python } from './python.ts';
import { ruby } from './ruby.ts';
import { rust } from './rust.ts';
import { sql } from './sql.ts';
import { svelte } from './svelte.ts';
import { toml } from './toml.ts';
import { tsx } from './tsx.ts';
import { typescript } from './typescript.ts';
import { vue } from './vue.ts';
import { yaml } from './yaml.ts';

/** Every language the scanner reads. */
export const languages: readonly Language[] = [
  csharp,
  env,
  go,
  java,
  javascript,
  json,
  kotlin,
  php,
  python,
  ruby,
  rust,
  sql,
  svelte,
  toml,
  tsx,
  typescript,
  vue,
  yaml,
];
