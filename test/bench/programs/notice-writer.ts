/**
 * `notice-writer <kind> <url> <customers>`: for each message of its parent publishes a release of which one customer is
 * another, or puts a bare value, and says when that went out.
 */
import { generateKeyPairSync } from 'node:crypto';
import { publicBytesOf, signerOf } from '../../../engine/io/read-private-key.ts';
import { signKeyset } from '../../../runtime/snapshot/keyset.ts';
import { openStore } from '../../../runtime/stores/registry.ts';
import { type BareNotice, bareNotices } from './bare-notices.ts';
import { crowdSnapshot, publishCrowd } from './crowd.ts';
import { watchSending } from './watch-sending.ts';

const [kind = 'file', url = '', customers = '100'] = process.argv.slice(2);
const sentAt = watchSending(kind);
const store = await openStore(url);
const bare = (await bareNotices[kind]?.(url)) as BareNotice;

const pair = generateKeyPairSync('ed25519');
const signer = signerOf(pair.privateKey);
const publicKeys = { [signer.keyid]: Buffer.from(publicBytesOf(pair.privateKey)).toString('base64') };
const keyset = await signKeyset(
  {
    v: 1,
    repo: 'bench',
    version: 1,
    prev: null,
    expires: '2100-01-01T00:00:00.000Z',
    rootKeys: publicKeys,
    rootThreshold: 1,
    headKeys: publicKeys,
  },
  [signer],
);
const signing = { keysets: [keyset], signers: [signer] };
const release = (number: number): Promise<void> =>
  publishCrowd(store, `c${number}`, crowdSnapshot(Number(customers), 1, number), signing);

process.on('message', async (asked: 'ours' | 'bare' | 'end') => {
  if (asked === 'end') {
    await Promise.all([bare.close(), store.close()]);
    process.disconnect();
    return;
  }
  number += 1;
  if (asked === 'ours') await release(number);
  else await bare.put(String(number));
  process.send?.({ sent: String(sentAt(asked)) });
});
let number = 0;
await release(number);
process.send?.({ keys: Buffer.from(keyset.envelope).toString('base64') });
