import type { Customer } from '../../schemas/customer.ts';
import type { Settings } from '../../schemas/setting.ts';
import type { Entry } from '../model.ts';
import { readEntry } from '../read-entry.ts';
import type { SourceFile } from '../source-file.ts';
import { AGAIN, customerKey, fileKey } from './card.ts';
import { idIn } from './id-in.ts';
import { rowKey } from './question.ts';
import { questions } from './questions.ts';
import type { Row } from './row.ts';

/** Gathers what everybody's files say, of a repository that is gone through in parts. */
export interface RowCollector {
  /** Files below `customers/`, in the order of their paths, each given once. */
  add(files: readonly SourceFile[]): void;
  /** A file that lies there and cannot be read. */
  addUnreadable(path: string): void;
  end(): { rows: Iterable<Row>; customers: number };
}

export function collectRows(settings: Settings): RowCollector {
  const rows: Row[] = [];
  const again = new Set<string>();
  let customers = 0;
  /** The first file that has each id, account and exception: the others clash with it. */
  const first = {
    file: new Map<string, string>(),
    account: new Map<string, string>(),
    exception: new Map<string, string>(),
  };
  const claim = (known: Map<string, string>, name: string, path: string): void => {
    const earlier = known.get(name.toLowerCase());
    if (earlier === undefined) known.set(name.toLowerCase(), path);
    else again.add(path).add(earlier);
  };
  return {
    add(files) {
      for (const file of files) {
        const read = readEntry(file, settings);
        if (!read) {
          again.add(file.path);
          continue;
        }
        const { path, kind, isSound, diagnostics } = read;
        if (kind === 'customer') {
          rows.push({ key: fileKey(idIn(path)), path });
          claim(first.file, idIn(path), path);
        }
        if (!isSound || diagnostics.length > 0) again.add(path);
        if (!isSound || kind !== 'customer') continue;
        const entry = read.entry as Entry<Customer>;
        if (entry.data.account !== undefined) claim(first.account, entry.data.account, path);
        for (const { id } of entry.data.exceptions ?? []) claim(first.exception, id, path);
        customers += 1;
        rows.push({ key: customerKey(entry.id), path, value: entry.oid });
        for (const question of questions)
          for (const [key, value] of question.answers(entry)) rows.push({ key: rowKey(question, key), path, value });
      }
    },
    addUnreadable: (path) => void again.add(path),
    end() {
      for (const [account, path] of first.account) {
        const namesake = first.file.get(account);
        if (namesake !== undefined && namesake !== path) again.add(path).add(namesake);
      }
      for (const path of again) rows.push({ key: AGAIN, path });
      return { rows, customers };
    },
  };
}
