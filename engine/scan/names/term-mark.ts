import { hash } from 'node:crypto';
import type { Spelling } from './dictionary.ts';
import { markOf } from './mark.ts';

/** The salt of the marks of a dictionary with this salt. */
export const markSaltOf = (salt: string): number =>
  Number.parseInt(hash('sha256', `${salt}\nmarks`).slice(0, 8), 16) | 0;

/** Under which mark a dictionary without names notes a term itself, so that most look-ups need no slow hash. No token has a space. */
export const termMark = (salt: number, spelling: Spelling, text: string): number => markOf(salt, `${spelling} ${text}`);
