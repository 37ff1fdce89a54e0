import { hash, timingSafeEqual } from 'node:crypto';
import { dayOf } from '../terms/days.ts';
import type { Day } from '../terms/timeline.ts';
import { type Scope, scopes } from './route.ts';
import { ServerError } from './server-error.ts';

/** A token as it is kept: whoever reads the file cannot ask with it. One name may have several, while one replaces another. */
export interface TokenLine {
  /** Who asks with it, such as `web`; it is in the log. */
  name: string;
  scopes: readonly Scope[];
  /** Of the token, as hex. */
  sha256: string;
  /** The last day it counts, UTC. Default: it goes on. */
  expires?: Day;
}

/** Who asks, and what he may ask. */
export interface Holder {
  name: string;
  scopes: ReadonlySet<Scope>;
}

/** Finds whose a token is; undefined for one that is unknown or over. Takes as long for any that is unknown. */
export type FindHolder = (token: string) => Holder | undefined;

/** What holders may ask is one of these, so that holders who may ask the same share what was answered. */
const everything: ReadonlySet<Scope> = new Set(scopes);
const settingsAlone: ReadonlySet<Scope> = new Set(['settings:read']);
/** Nobody sends a longer one, and hashing it would take time. */
const LONGEST = 512;
/** Milliseconds. */
const DAY = 86_400_000;

/** @param now milliseconds since 1970. */
export function holdersOf(lines: readonly TokenLine[], now: () => number): FindHolder {
  const known = lines.map(({ name, scopes: given, sha256, expires }) => ({
    holder: { name, scopes: given.includes('terms:read') ? everything : settingsAlone },
    digest: Buffer.from(sha256, 'hex'),
    until: expires === undefined ? Number.POSITIVE_INFINITY : Date.parse(`${expires}T00:00:00Z`) + DAY,
  }));
  const presented = Buffer.alloc(32);
  // Only what was found to be a token: there are no more of them than lines, and whoever guesses is never looked up faster.
  const met = new Map<string, (typeof known)[number]>();
  const seek = (token: string): (typeof known)[number] | undefined => {
    presented.write(hash('sha256', token, 'hex'), 'hex');
    let found: (typeof known)[number] | undefined;
    // All of them, whichever it is.
    for (const each of known) if (timingSafeEqual(each.digest, presented)) found = each;
    if (found) met.set(token, found);
    return found;
  };
  return (token) => {
    if (token.length > LONGEST) return undefined;
    const found = met.get(token) ?? seek(token);
    return found && now() < found.until ? found.holder : undefined;
  };
}

/** The lines of a file of tokens: one JSON object each; empty ones and those that begin with `#` say nothing. @throws ServerError */
export function parseTokens(text: string): TokenLine[] {
  const lines = text.split('\n').flatMap((line, index) => {
    const said = line.trim();
    return said === '' || said.startsWith('#') ? [] : [checkLine(parseLine(said, index + 1), `line ${index + 1}`)];
  });
  return checkTokens(lines);
}

/** @throws ServerError for what is no token, and where there is none. */
export function checkTokens(lines: readonly TokenLine[]): TokenLine[] {
  for (const [index, line] of lines.entries()) checkLine(line, `token ${index + 1}`);
  if (lines.length === 0) throw bad('there is no token');
  if (new Set(lines.map(({ sha256 }) => sha256)).size < lines.length) throw bad('two lines are of one token');
  return [...lines];
}

function parseLine(text: string, number: number): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw bad(`line ${number} is not JSON`);
  }
}

const KEYS: readonly string[] = ['name', 'scopes', 'sha256', 'expires'];
const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/;

function checkLine(line: unknown, where: string): TokenLine {
  if (typeof line !== 'object' || line === null || Array.isArray(line)) throw bad(`${where} is not an object`);
  const { name, scopes: given, sha256, expires } = line as Record<string, unknown>;
  const other = Object.keys(line).find((key) => !KEYS.includes(key));
  if (other !== undefined) throw bad(`${where} says something else than ${KEYS.join(', ')}`);
  if (typeof name !== 'string' || !NAME.test(name)) throw bad(`${where} has no name such as web`);
  if (!Array.isArray(given) || given.length === 0 || !given.every((each) => everything.has(each)))
    throw bad(`${where}: scopes are a list of ${scopes.join(', ')}`);
  if (typeof sha256 !== 'string' || !/^[0-9a-f]{64}$/.test(sha256)) throw bad(`${where} has no sha256 of a token`);
  if (expires !== undefined && !isDay(expires)) throw bad(`${where}: expires is a day like 2027-06-30`);
  return line as TokenLine;
}

const isDay = (value: unknown): boolean => {
  if (typeof value !== 'string') return false;
  const midnight = Date.parse(`${value}T00:00:00Z`);
  return !Number.isNaN(midnight) && dayOf(midnight) === value;
};

const bad = (message: string): ServerError =>
  new ServerError('badTokens', message, 'each line is what `proviso tokens new` prints');
