/**
 * `notice-release <kind>`: swaps the head of a store and waits until a client has gone on to it, and puts a value with the
 * store's own means and waits until it is told of, in turn; tells milliseconds of each.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { openTerms } from '../../../runtime/index.ts';
import { openStore } from '../../../runtime/stores/registry.ts';
import type { WriteStore } from '../../../runtime/stores/store.ts';
import { storePlaces } from '../../contract/places.ts';
import { median } from '../measure.ts';
import { bareNotices } from './bare-notices.ts';
import { crowdSnapshot, publishCrowd } from './crowd.ts';
import { tell } from './tell.ts';

const [kind = 'file'] = process.argv.slice(2);
const ROUNDS = 40;
const CUSTOMERS = 100;

const places = await storePlaces[kind]?.start();
const openBare = bareNotices[kind];
if (!places || !openBare) throw new Error(`there is no store of kind ${kind}`);
const url = await places.fresh();
const store = await openStore(url);
await store.init?.();

let swapped = 0;
/** The time is taken from the swap on: what is put before it is no part of a notice. */
const timed: WriteStore = Object.assign(Object.create(store) as WriteStore, {
  casHead(...args: Parameters<WriteStore['casHead']>) {
    swapped = performance.now();
    return store.casHead(...args);
  },
});
let onTold: () => void = () => {};
const told = (): Promise<number> => {
  const { promise, resolve } = resolvable();
  onTold = () => resolve(performance.now());
  return promise;
};
function resolvable(): { promise: Promise<number>; resolve: (time: number) => void } {
  let resolve: (time: number) => void = () => {};
  const promise = new Promise<number>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

await publishCrowd(timed, 'c0', crowdSnapshot(CUSTOMERS));
const terms = await openTerms({ store: url, poll: 3_600_000 });
terms.onRelease(() => onTold());
const bare = await openBare(url, () => onTold());
await wait(300);

const times = { ours: [] as number[], bare: [] as number[] };
for (let round = 1; round <= ROUNDS; round += 1) {
  const applied = told();
  await publishCrowd(timed, `c${round}`, crowdSnapshot(CUSTOMERS, 1, round));
  const ours = (await applied) - swapped;
  await wait(10);
  const heard = told();
  const begun = performance.now();
  await bare.put(`${round}`);
  const theirs = (await heard) - begun;
  await wait(10);
  // The first ones warm both sides.
  if (round <= 5) continue;
  times.ours.push(ours);
  times.bare.push(theirs);
}
await Promise.all([terms.close(), bare.close(), store.close()]);
await places.stop();
tell({ ours: median(times.ours), bare: median(times.bare) });
