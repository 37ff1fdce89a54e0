import { readFileSync } from 'node:fs';

interface OwnPackage {
  version?: string;
  peerDependencies?: Readonly<Record<string, string>>;
}

/** What the installed package says of itself. */
export function ownPackage(): OwnPackage {
  // Built, this is one folder deeper than in the source.
  for (const place of ['../package.json', '../../package.json']) {
    try {
      return JSON.parse(readFileSync(new URL(place, import.meta.url), 'utf8')) as OwnPackage;
    } catch {}
  }
  return {};
}
