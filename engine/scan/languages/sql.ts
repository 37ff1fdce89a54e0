import type { Language } from '../language.ts';
import { readSql } from '../read-sql.ts';
import { sqlComments } from '../sql-tokens.ts';

/** Migrations, views, functions and models with a template's marks in them; there is no grammar that reads all of its dialects. */
export const sql: Language = {
  name: 'sql',
  title: 'SQL',
  extensions: ['.sql', '.psql', '.pgsql', '.plpgsql', '.ddl'],
  strings: [],
  numbers: [],
  patterns: [],
  names: [],
  comments: [],
  shapes: {},
  read: readSql,
  readComments: sqlComments,
};
