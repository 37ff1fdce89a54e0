import type { Customer } from '../../schemas/customer.ts';
import { readDocument } from '../document.ts';
import type { Entry } from '../model.ts';
import type { SourceFile } from '../source-file.ts';
import { idIn } from './id-in.ts';

/** The customer of a file that was found sound before; `seen` is called when somebody asks for a place in it. */
export function soundEntryOf(file: SourceFile, seen?: () => void): Entry<Customer> {
  const { document } = readDocument(file);
  if (!document) throw new Error(`${file.path} was sound, and is not`);
  const { path, data } = document;
  const locate: typeof document.locate = (pointer, what) => {
    seen?.();
    return document.locate(pointer, what);
  };
  return { id: idIn(path), data: data as Customer, document: { path, data, locate }, oid: file.oid };
}
