/** `http-server <side> <customers>`: answers until its parent goes away, and tells it what CPU it took whenever it is asked. */
import { openTerms } from '../../../runtime/index.ts';
import { MemoryStore } from '../../fixtures/release/memory-store.ts';
import { crowdSnapshot, type Product, publishCrowd } from './crowd.ts';
import { httpSides } from './http-sides.ts';

const [side = '', customers = '1000'] = process.argv.slice(2);
const store = new MemoryStore();
await publishCrowd(store, 'c1', crowdSnapshot(Number(customers)));
const terms = await openTerms<Product>({ store, poll: 3_600_000 });
process.on('message', () => process.send?.(process.cpuUsage()));
process.on('disconnect', () => process.exit());
process.send?.({ url: (await httpSides[side]?.(terms)) ?? null });
