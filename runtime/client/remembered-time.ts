import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isInstant } from '../snapshot/is-instant.ts';

/** How often it is written, in milliseconds. */
const HOUR = 3_600_000;
/** A clock that was further ahead than this was wrong then, or is now: nobody can tell which. */
const MOST_BEHIND = 2 * 24 * HOUR;

/** How late it was when this machine last looked: what had ended does not begin again because it started with a wrong clock. */
export interface RememberedTime {
  /** Milliseconds since 1970; undefined where nothing is known, or what is known cannot be relied on. */
  read(wall: number): number | undefined;
  /** Written once an hour; what could not be written is tried again with the next. @throws what the disk says */
  reached(instant: number): void;
}

/** `folder` is that of the cache. */
export function rememberedTime(folder: string): RememberedTime {
  const path = join(folder, 'reached');
  let written: number | undefined;
  return {
    read(wall) {
      try {
        const text = readFileSync(path, 'utf8');
        const instant = isInstant(text) ? Date.parse(text) : undefined;
        return instant !== undefined && instant <= wall + MOST_BEHIND ? instant : undefined;
      } catch {
        return undefined;
      }
    },
    reached(instant) {
      // The hour that begins with a day is written as soon as it begins.
      const hour = Math.floor(instant / HOUR);
      if (hour === written) return;
      written = hour;
      mkdirSync(folder, { recursive: true });
      const draft = `${path}-${process.pid}`;
      writeFileSync(draft, new Date(instant).toISOString());
      // Half a file is no instant, and without one it is as if nothing had been written.
      renameSync(draft, path);
    },
  };
}
