/** `provider-side <side> <customers>`: asks through one provider of the OpenFeature SDK whenever its parent says how often, and tells nanoseconds a question. */
import { openWorld } from './open-world.ts';
import { providerSides } from './reading-sides.ts';

const [side = '', customers = '1000'] = process.argv.slice(2);

const { world, ask } = await openWorld(Number(customers));
const pass = await providerSides[side]?.(world);
process.on('message', async (count: number) => process.send?.(pass ? await ask(pass, count) : null));
process.on('disconnect', () => process.exit());
process.send?.('ready');
