import type { Language } from '../syntax/language.ts';
import { envComments, readEnv } from '../syntax/read-env.ts';

/** Variables of the environment: `.env`, `.env.production`, `worker.env`. */
export const env: Language = {
  name: 'env',
  title: '.env',
  extensions: ['.env'],
  files: /^\.env(\.[\w.-]+)?$|\.env(\.[\w-]+)?$|^\.envrc$/,
  settings: true,
  strings: [],
  numbers: [],
  patterns: [],
  names: [],
  comments: [],
  shapes: {},
  read: readEnv,
  readComments: envComments,
};
