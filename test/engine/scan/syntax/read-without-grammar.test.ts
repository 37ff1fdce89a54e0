import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Reading } from '../../../../engine/scan/syntax/language.ts';
import { readEnv } from '../../../../engine/scan/syntax/read-env.ts';
import { readSql } from '../../../../engine/scan/syntax/read-sql.ts';
import { sqlComments } from '../../../../engine/scan/syntax/sql-tokens.ts';

/** Printed by fast-check where it fails. */
const SEED = Number(process.env.PROVISO_SEED ?? 20261127);

const told = (text: string, readings: readonly Reading[]) =>
  readings.map(({ start, end, said, scopes, statement }) => ({
    written: text.slice(start, end),
    said,
    scopes: scopes(),
    statement: text.slice(statement().start, statement().end),
  }));

describe('a language without a grammar', () => {
  it('places each text of SQL, with the condition and the function around it', () => {
    const text = `CREATE FUNCTION days(v text) RETURNS int AS $$\nBEGIN\n  IF v = 'it''s' AND a = 2 THEN RETURN 60; END IF;\nEND $$;`;
    expect(told(text, readSql(text)).slice(0, 2)).toEqual([
      { written: `'it''s'`, said: "it's", scopes: ['days'], statement: `v = 'it''s'` },
      { written: '2', said: '2', scopes: ['days'], statement: 'a = 2' },
    ]);
  });

  it('names the table a column is of, by its alias or because it is the only one', () => {
    const subjects = (text: string) => readSql(text).map(({ situations }) => situations()[0]?.subject);
    expect(subjects("SELECT 1 FROM orgs o JOIN usage u ON u.org = o.id WHERE o.slug = 'a'")).toEqual([
      undefined,
      'orgs.slug',
    ]);
    expect(subjects("DELETE FROM tenants WHERE id = 'a'")).toEqual(['tenants.id']);
    expect(subjects("DELETE FROM account_users WHERE id = 'a'")).toEqual(['users.id']);
  });

  it('finds the comments of SQL and none in its texts', () => {
    const text = "-- one\nSELECT '-- no' /* two\n three */ -- four";
    expect(sqlComments(text).map(({ start, end }) => text.slice(start, end))).toEqual([
      '-- one',
      '/* two\n three */',
      '-- four',
    ]);
  });

  it('reads each element of a list in a variable', () => {
    const text = "export A='x,y' # z\nB=1";
    expect(told(text, readEnv(text)).map(({ written }) => written)).toEqual(['A', 'x', 'y', 'B', '1']);
  });

  it('reads whatever a text is', () => {
    const piece = fc.constantFrom(
      ...`' " \` $$ ( ) [ ] { {{ }} {% %} , ; -- /* */ = := :: case when end in values select from where set a.b x 'y' 5 #`.split(
        ' ',
      ),
      '\n',
      '\\',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const text = pieces.join(' ');
        for (const read of [readSql, readEnv])
          for (const { start, end, situations, scopes, statement } of read(text)) {
            situations();
            scopes();
            const span = statement();
            expect(0 <= span.start && span.start <= start && end <= span.end && span.end <= text.length, text).toBe(
              true,
            );
          }
      }),
      { numRuns: 300, seed: SEED },
    );
  });
});
