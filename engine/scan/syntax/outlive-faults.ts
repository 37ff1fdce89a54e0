import { UsageError } from '../../usage-error.ts';
import { nothing, type Scanner } from '../open-scanner.ts';

/** A scanner that goes on after a file it could not work through: that is a defect of ours, and one file must not hide all others. */
export function outliveFaults(scanner: Scanner, onFault: (path: string) => void): Scanner {
  const unless = <T>(path: string, read: () => T, unread: T): T => {
    try {
      return read();
    } catch (error) {
      if (error instanceof UsageError) throw error;
      onFault(path);
      return unread;
    }
  };
  return {
    scan: (source) => unless(source.path, () => scanner.scan(source), nothing),
    scanUses: (source, held) => unless(source.path, () => scanner.scanUses(source, held), new Map()),
  };
}
