/**
 * `notice-release <kind> [customers]`: another process moves the head of a store, or puts a value with the store's own means,
 * in turn, one at a time and with quiet between. Tells the milliseconds from what it sends the store until a client here has
 * verified the release and goes by it, and until the store's own client here is told of the value.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { openTerms } from '../../../runtime/index.ts';
import { openStore } from '../../../runtime/stores/registry.ts';
import { storePlaces } from '../../contract/places.ts';
import { median } from '../measure.ts';
import { bareNotices } from './bare-notices.ts';
import { tell } from './tell.ts';

const [kind = 'file', customers = '100'] = process.argv.slice(2);
const ROUNDS = 150;
const WARMING = 20;

const places = await storePlaces[kind]?.start();
const openBare = bareNotices[kind];
if (!places || !openBare) throw new Error(`there is no store of kind ${kind}`);
const url = await places.fresh();
const store = await openStore(url);
await store.init?.();
await store.close();

const writer = fork(fileURLToPath(new URL('notice-writer.js', import.meta.url)), [kind, url, customers]);
const [{ keys }] = (await once(writer, 'message')) as [{ keys: string }];
const terms = await openTerms({ store: url, keys: Buffer.from(keys, 'base64'), poll: 3_600_000 });
const heard: Record<'ours' | 'bare', (at: bigint) => void> = { ours: () => {}, bare: () => {} };
const told = (side: 'ours' | 'bare'): Promise<bigint> =>
  new Promise((resolve) => {
    heard[side] = resolve;
  });
terms.onRelease(() => heard.ours(process.hrtime.bigint()));
const bare = await openBare(url, () => heard.bare(process.hrtime.bigint()));
// Listeners connect, and look once when they have.
await wait(500);

const times = { ours: [] as number[], bare: [] as number[] };
for (let round = 0; round < WARMING + ROUNDS; round += 1)
  for (const side of round % 2 === 0 ? (['ours', 'bare'] as const) : (['bare', 'ours'] as const)) {
    const hears = told(side);
    const answer = once(writer, 'message');
    writer.send(side);
    const [[{ sent }], at] = (await Promise.all([answer, hears])) as [[{ sent: string }], bigint];
    if (round >= WARMING) times[side].push(Number(at - BigInt(sent)) / 1e6);
    await wait(10);
  }
writer.send('end');
await Promise.all([once(writer, 'exit'), terms.close(), bare.close()]);
await places.stop();
tell({ ours: median(times.ours), bare: median(times.bare) });
