import { generateKeyPairSync } from 'node:crypto';
import type { HeldKey } from '../keys/key-change.ts';
import { publicBytesOf, signerOf } from './read-private-key.ts';

/** A fresh key; `pem` is its private half (PKCS 8), to be written to a file and nowhere else. */
export interface FreshKey extends HeldKey {
  pem: string;
}

export function makeKey(): FreshKey {
  const { privateKey } = generateKeyPairSync('ed25519');
  return {
    ...signerOf(privateKey),
    publicKey: Buffer.from(publicBytesOf(privateKey)).toString('base64'),
    pem: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
  };
}
