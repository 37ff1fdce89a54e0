import type { Rest } from '../load-model.ts';
import type { SourceFile } from '../source-file.ts';
import { fileKey } from './card.ts';
import { setOrigin } from './differing.ts';
import { idIn } from './id-in.ts';
import { KnownCustomers, type KnownFrom } from './known-customers.ts';
import { type Question, rowKey } from './question.ts';
import { accountName } from './questions/account-name.ts';
import { exceptionId } from './questions/exception-id.ts';
import { byFile, type Found, type Register, registerOf, setRegister } from './register.ts';
import type { JsonValue, Row } from './row.ts';

export interface RestFrom extends Omit<KnownFrom, 'own' | 'masked'> {
  /** Files that were read instead, or are not there any more. */
  changed: ReadonlySet<string>;
  /** Files of the rest by their paths. */
  open(paths: readonly string[]): Promise<readonly SourceFile[]>;
}

/** Everybody of whom rows are known, but for those who changed. */
export function restOf({ rows, count, changed, open, read }: RestFrom): Rest {
  return {
    async clashing(paths, customers) {
      const keys = new Set(
        paths.flatMap((path) => [fileKey(idIn(path)), rowKey(accountName, idIn(path).toLowerCase())]),
      );
      for (const customer of customers) {
        for (const [account] of accountName.answers(customer))
          keys.add(rowKey(accountName, account)).add(fileKey(account));
        for (const [id] of exceptionId.answers(customer)) keys.add(rowKey(exceptionId, id));
      }
      const found = new Set([...keys].flatMap((key) => rows.find(key).map(({ path }) => path)));
      for (const path of [...changed, ...paths]) found.delete(path);
      return found.size === 0 ? [] : open([...found]);
    },
    joined(own, paths) {
      const masked = new Set([...changed, ...paths]);
      const customers = new KnownCustomers({ rows, count, own, masked, read });
      setRegister(customers, registerOver(rows, masked, registerOf(own)));
      setOrigin(customers, {
        common: rows,
        changed: new Set([...own.keys(), ...[...masked].map(idIn)]),
        oids: () => customers.oids(),
      });
      return customers;
    },
  };
}

/** What rows say, and in the place of those that are masked what others say. */
function registerOver(
  rows: { find(key: string): readonly Row[] },
  masked: ReadonlySet<string>,
  own: Register,
): Register {
  return {
    find<V extends JsonValue>(question: Question<V>, key: string): readonly Found<V>[] {
      const known = rows
        .find(rowKey(question, key))
        .flatMap(({ path, value }): Found<V>[] =>
          masked.has(path) ? [] : [{ customer: idIn(path), path, value: value as V }],
        );
      const others = own.find(question, key);
      if (others.length === 0) return known;
      return [...known, ...others].sort(byFile);
    },
  };
}
