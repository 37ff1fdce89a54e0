import { ownPackage } from './own-package.ts';

/** The version of the installed package. */
export const version = (): string => ownPackage().version ?? 'unknown';
