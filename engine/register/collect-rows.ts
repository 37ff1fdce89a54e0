import type { Customer } from '../../schemas/customer.ts';
import type { Settings } from '../../schemas/setting.ts';
import type { Entry } from '../model.ts';
import { readEntry } from '../read-entry.ts';
import type { SourceFile } from '../source-file.ts';
import { customerKey, fileKey } from './card.ts';
import { type Claims, claimNames } from './claims.ts';
import { idIn } from './id-in.ts';
import { rowKey } from './question.ts';
import { questions } from './questions.ts';
import type { Row } from './row.ts';

/** Gathers what everybody's files say, of a repository that is gone through in parts. */
export interface RowCollector {
  /** Files below `customers/`, in the order of their paths, each given once. */
  add(files: readonly SourceFile[]): void;
  /** What only all files together show. */
  end(): Claims;
}

/** `keep` is handed every row, in no order. */
export function collectRows(settings: Settings, keep: (row: Row) => void): RowCollector {
  const claims = claimNames();
  return {
    add(files) {
      for (const file of files) {
        const read = readEntry(file, settings);
        if (!read) {
          claims.again.add(file.path);
          continue;
        }
        const { path, kind, isSound, diagnostics } = read;
        if (kind === 'customer') {
          keep({ key: fileKey(idIn(path)), path });
          claims.claim('file', idIn(path), path);
        }
        if (!isSound || diagnostics.length > 0) claims.again.add(path);
        if (!isSound || kind !== 'customer') continue;
        const entry = read.entry as Entry<Customer>;
        if (entry.data.account !== undefined) claims.claim('account', entry.data.account, path);
        for (const { id } of entry.data.exceptions ?? []) claims.claim('exception', id, path);
        claims.customers += 1;
        keep({ key: customerKey(entry.id), path, value: entry.oid });
        for (const question of questions)
          for (const [key, value] of question.answers(entry)) keep({ key: rowKey(question, key), path, value });
      }
    },
    end: () => claims,
  };
}
