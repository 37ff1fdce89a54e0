import type { Customer } from '../../schemas/customer.ts';
import { readDocument } from '../document.ts';
import type { Entry } from '../model.ts';
import type { SourceFile } from '../source-file.ts';
import { idIn } from './id-in.ts';

/** The customer of a file that was found sound before. */
export function soundEntryOf(file: SourceFile): Entry<Customer> {
  const { document } = readDocument(file);
  if (!document) throw new Error(`${file.path} was sound, and is not`);
  return {
    id: idIn(file.path),
    data: document.data as Customer,
    document: document as Entry<Customer>['document'],
    oid: file.oid,
  };
}
