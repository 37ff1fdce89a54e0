import { createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { keyIdOf, type Signer } from '../../runtime/snapshot/envelope.ts';
import { UsageError } from '../usage-error.ts';

/** Whoever else may read the file, may sign. */
const OTHERS = 0o077;

/**
 * The signer of a private key in a file: PEM (PKCS 8), Ed25519, readable by its owner alone.
 *
 * @param called how people name it, for messages: `PROVISO_HEAD_KEY_FILE`. No message holds anything of the key.
 * @throws UsageError
 */
export function readKeyFile(path: string, called: string): Signer {
  let text: string;
  try {
    const { mode } = statSync(path);
    if (process.platform !== 'win32' && (mode & OTHERS) !== 0)
      throw new UsageError(`${called}: others may read ${path}`, `take that from them: chmod 600 ${path}`);
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${called}: ${path} cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
  return readKeyText(text, called);
}

/** The signer of a private key as text: PEM, or the base64 that stands in PEM without its first and last line. @throws UsageError */
export function readKeyText(text: string, called: string): Signer {
  const key = parse(text);
  if (key?.asymmetricKeyType !== 'ed25519')
    throw new UsageError(`${called} is not a private key of Ed25519 in PEM`, 'give it as `proviso keys` wrote it');
  return signerOf(key);
}

/** @throws TypeError unless it is of Ed25519. */
export const signerOf = (key: KeyObject): Signer => ({
  keyid: keyIdOf(publicBytesOf(key)),
  sign: (bytes) => sign(null, bytes, key),
});

/** The 32 bytes of the public key. */
export function publicBytesOf(key: KeyObject): Uint8Array {
  const { x } = createPublicKey(key).export({ format: 'jwk' });
  if (x === undefined) throw new TypeError('not a key of Ed25519');
  return Buffer.from(x, 'base64url');
}

function parse(text: string): KeyObject | undefined {
  // A secret that went through a form of one line may have lost its line ends.
  const body = text.replace(/-----[A-Z ]+-----/g, '').replace(/\\n|\s/g, '');
  try {
    return createPrivateKey({ key: Buffer.from(body, 'base64'), format: 'der', type: 'pkcs8' });
  } catch {
    return undefined;
  }
}
