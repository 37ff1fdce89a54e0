import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** Loads a package that whoever scans has installed, when a file needs it. Throws where it is not there. */
export const loadInstalled = (name: string): unknown => require(name);
