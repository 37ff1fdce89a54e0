import { nothing, type Scanner } from '../open-scanner.ts';
import { MissingParser } from './missing-parser.ts';

/**
 * A scanner that goes on where a parser is missing, so that all there are to install can be said at once. Whoever asks it must not call what it
 * gives clean while `missing` says something.
 */
export function gatherMissing(scanner: Scanner): { scanner: Scanner; missing(): MissingParser | undefined } {
  const titles = new Set<string>();
  const install = new Set<string>();
  const rebuild = new Set<string>();
  const unless = <T>(read: () => T, unread: T): T => {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof MissingParser)) throw error;
      for (const title of error.titles) titles.add(title);
      for (const name of error.remedies.install) install.add(name);
      for (const name of error.remedies.rebuild) rebuild.add(name);
      return unread;
    }
  };
  return {
    scanner: {
      scan: (source) => unless(() => scanner.scan(source), nothing),
      scanUses: (source, held) => unless(() => scanner.scanUses(source, held), new Map()),
    },
    missing: () =>
      titles.size === 0
        ? undefined
        : new MissingParser([...titles].sort(), { install: [...install].sort(), rebuild: [...rebuild].sort() }),
  };
}
