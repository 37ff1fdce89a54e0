import type { Language } from '../syntax/language.ts';
import { readSql } from '../syntax/read-sql.ts';
import { sqlComments } from '../syntax/sql-tokens.ts';

/** What people write is smaller; what is larger is a dump of data. */
const LARGEST = 2_000_000;

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
  isForeign: (text) => text.length > LARGEST,
  read: readSql,
  readComments: sqlComments,
};
