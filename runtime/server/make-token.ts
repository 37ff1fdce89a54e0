import { hash, randomBytes } from 'node:crypto';
import type { TokenLine } from './tokens.ts';

/** A new token, which is nowhere else, and the line by which a server knows it. */
export function makeToken(of: Omit<TokenLine, 'sha256'>): { token: string; line: TokenLine } {
  // What it begins with lets scanners of secrets find one that was left lying about.
  const token = `proviso_${randomBytes(32).toString('base64url')}`;
  const { name, scopes, expires } = of;
  return { token, line: { name, scopes, sha256: hash('sha256', token), ...(expires !== undefined && { expires }) } };
}
