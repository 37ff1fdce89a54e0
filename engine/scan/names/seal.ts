import { hash } from 'node:crypto';
import type { Certainty, Match, Naming, Spelling } from './dictionary.ts';

/**
 * What a dictionary without names holds of a term. The term itself is a salted hash. Whom it names is sealed with a key that is made of
 * the term: only who holds the text that stands in the source can open it, and learns no more than that text names.
 */
export interface Sealer {
  /** 32 hexadecimal digits. */
  hashOf(spelling: Spelling, text: string): string;
  /** `size`: of the sealed bytes, the same for all. */
  seal(spelling: Spelling, text: string, match: Match, size: number): string;
  /** Nothing for what this term did not seal. */
  unseal(spelling: Spelling, text: string, sealed: string): Match | undefined;
}

const certainties: readonly Certainty[] = ['unique', 'name', 'ordinary', 'number'];
const namings: readonly Naming[] = ['id', 'name', 'alias', 'domain', 'external id', 'person'];
const HEAD = 4;
const STEP = 64;
const NONCE = 8;

/** How many bytes an id takes: enough for the longest of them, in steps, so that their lengths do not show. */
export const sealedSize = (ids: Iterable<string>): number => {
  let longest = 1;
  for (const id of ids) longest = Math.max(longest, Buffer.byteLength(id));
  return HEAD + STEP * Math.ceil(longest / STEP);
};

export function sealerOf(salt: string): Sealer {
  const nonceOf = (spelling: Spelling, text: string, plain: Buffer): string =>
    hash('sha256', `${salt}\n${plain.toString('base64')}\nnonce\n${spelling}\n${text}`).slice(0, NONCE * 2);
  // Of what is sealed too, so that another account under the same term never has the same key.
  const mask = (spelling: Spelling, text: string, nonce: string, bytes: Buffer): Buffer => {
    const masked = Buffer.from(bytes);
    for (let at = 0; at < masked.length; at += 32) {
      const key = Buffer.from(hash('sha256', `${salt}\n${nonce}\n${at}\nseal\n${spelling}\n${text}`), 'hex');
      for (let i = at; i < Math.min(at + 32, masked.length); i++) masked[i] = (masked[i] ?? 0) ^ (key[i - at] ?? 0);
    }
    return masked;
  };
  return {
    hashOf: (spelling, text) => hash('sha256', `${salt}\nterm\n${spelling}\n${text}`).slice(0, 32),
    seal(spelling, text, match, size) {
      const plain = pack(match, size);
      const nonce = nonceOf(spelling, text, plain);
      return Buffer.concat([Buffer.from(nonce, 'hex'), mask(spelling, text, nonce, plain)]).toString('base64');
    },
    unseal(spelling, text, sealed) {
      const bytes = Buffer.from(sealed, 'base64');
      const nonce = bytes.subarray(0, NONCE).toString('hex');
      const plain = mask(spelling, text, nonce, bytes.subarray(NONCE));
      return nonceOf(spelling, text, plain) === nonce ? unpack(plain) : undefined;
    },
  };
}

function pack({ account, certainty, naming }: Match, size: number): Buffer {
  const plain = Buffer.alloc(size);
  plain[0] = certainties.indexOf(certainty);
  plain[1] = namings.indexOf(naming);
  plain.writeUInt16BE(Buffer.byteLength(account), 2);
  plain.write(account, HEAD);
  return plain;
}

function unpack(plain: Buffer): Match | undefined {
  const [certainty, naming] = [certainties[plain[0] ?? -1], namings[plain[1] ?? -1]];
  if (certainty === undefined || naming === undefined) return undefined;
  return { account: plain.toString('utf8', HEAD, HEAD + plain.readUInt16BE(2)), certainty, naming };
}
