import { readFileSync } from 'node:fs';

/** The version of the installed package. */
export function version(): string {
  // Compiled, this file is one folder deeper than in the source.
  for (const place of ['../package.json', '../../package.json']) {
    try {
      return JSON.parse(readFileSync(new URL(place, import.meta.url), 'utf8')).version;
    } catch {}
  }
  return 'unknown';
}
