import { generateKeyPairSync } from 'node:crypto';
import { signKeyset } from '../../runtime/snapshot/keyset.ts';
import type { Signing } from '../publish/signing.ts';
import { publicBytesOf, signerOf } from './read-private-key.ts';

/** Keys for trying out: a root key and a head key that nobody keeps, with the keyset that names them. */
export async function makeThrowAwayKeys(repo: string, expires: Date): Promise<Signing> {
  const [root, head] = [generateKeyPairSync('ed25519').privateKey, generateKeyPairSync('ed25519').privateKey];
  const [rootSigner, headSigner] = [signerOf(root), signerOf(head)];
  const keyset = await signKeyset(
    {
      v: 1,
      repo,
      version: 1,
      prev: null,
      expires: expires.toISOString(),
      rootKeys: { [rootSigner.keyid]: Buffer.from(publicBytesOf(root)).toString('base64') },
      rootThreshold: 1,
      headKeys: { [headSigner.keyid]: Buffer.from(publicBytesOf(head)).toString('base64') },
    },
    [rootSigner],
  );
  return { keysets: [keyset], signers: [headSigner] };
}
