/** `http-server <side> <customers>`: answers until its parent goes away, and tells it what CPU it took whenever it is asked. */
import { openTerms } from '../../../runtime/index.ts';
import type { Terms } from '../../../runtime/terms/timeline.ts';
import { MemoryStore } from '../../fixtures/release/memory-store.ts';
import { crowdSnapshot, type Product, publishCrowd } from './crowd.ts';
import { httpSides } from './http-sides.ts';

const [side = '', customers = '1000'] = process.argv.slice(2);

/** As long as a contract with some promises, so that an answer about a customer has 2 kB. */
const terms: Terms = {
  billing: { method: 'invoice', paymentDays: 30 },
  support: { firstResponseHours: 8 },
  contract: {
    id: 'C-2026-001',
    starts: '2026-01-01',
    ends: '2028-12-31',
    promises: Array.from({ length: 12 }, (_, index) => ({
      promise: `what was promised to the customer under number ${index + 1} of the contract`,
      until: '2028-12-31',
      owner: 'accounts@company.example',
    })),
  },
};
const store = new MemoryStore();
await publishCrowd(store, 'c1', crowdSnapshot(Number(customers), 0, 0, terms));
const opened = await openTerms<Product>({ store, poll: 3_600_000 });
process.on('message', () => process.send?.(process.cpuUsage()));
process.on('disconnect', () => process.exit());
process.send?.({ url: (await httpSides[side]?.(opened)) ?? null });
