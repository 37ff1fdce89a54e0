import type { Language } from '../language.ts';
import { envComments, readEnv } from '../read-env.ts';

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
