import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { openTerms, type Terms } from '../../../runtime/index.ts';
import { type ScriptedStore, steadyStore } from '../../fixtures/client/scripted-store.ts';
import { customersOf, START, seatsOf, signedLine } from '../../fixtures/client/signed-line.ts';
import { drawFrom, seed } from '../../fixtures/release/counts.ts';

/** `PROVISO_SWAPS=10000000x1000`: so many reads, and so many swaps under them. */
const [reads = 1_000_000, swaps = 100] = (process.env.PROVISO_SWAPS ?? '1000000x100').split('x').map(Number);
const line = await signedLine(swaps + 1);

beforeEach(() => {
  vi.useFakeTimers({ now: START, toFake: ['Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

const openOver = async (store: ScriptedStore): Promise<Terms> =>
  openTerms({ store, keys: line.pinned.envelope, follow: false });
const storeOf = (): ScriptedStore => steadyStore(line);

test(`${reads} reads under ${swaps} swaps never mix two releases, and what was handed out stays what it was`, async () => {
  const store = storeOf();
  const terms = await openOver(store);
  const draw = drawFrom(seed);
  const names = [...customersOf, ...customersOf.map((id) => `acc_${id}`)];
  let mixed = 0;
  let done = 0;
  const held: { snapshot: ReturnType<Terms['snapshot']>; n: number; text: string }[] = [];
  while (done < reads) {
    store.published = Math.min(swaps + 1, store.published + 1);
    const swap = terms.refresh();
    const snapshot = terms.snapshot();
    const { n } = snapshot.release;
    const share = Math.ceil(reads / swaps / 4);
    // A request that takes its time: it begins before a swap, and asks on while others come into force.
    for (let part = 0; part < 4; part += 1) {
      for (let read = 0; read < share; read += 1) {
        const view = snapshot.customer(names[Math.floor(draw() * names.length)] as string);
        if (view?.release !== n || view.value('seats') !== seatsOf(n)) mixed += 1;
      }
      done += share;
      await Promise.resolve();
    }
    await swap;
    const own = terms.customer('mill');
    if (own?.release !== terms.release.n || own.value('seats') !== seatsOf(terms.release.n)) mixed += 1;
    const text = JSON.stringify(customersOf.map((id) => snapshot.customer(id)?.values));
    held.push({ snapshot, n, text });
  }
  expect(mixed).toBe(0);
  for (const { snapshot, n, text } of held) {
    expect(snapshot.release.n).toBe(n);
    expect(JSON.stringify(customersOf.map((id) => snapshot.customer(id)?.values))).toBe(text);
  }
  expect(terms.release.n).toBe(swaps + 1);
  await terms.close();
});

describe('what one part of a product is answered, another cannot change', () => {
  test.each<[string, (terms: Terms) => unknown]>([
    ['settings', (terms) => Object.assign(terms.customer('mill')?.settings ?? {}, { seats: 1 })],
    ['values', (terms) => Object.assign(terms.customer('mill')?.values ?? {}, { seats: 1 })],
    ['terms', (terms) => Object.assign(terms.customer('mill')?.terms.billing ?? {}, { method: 'none' })],
    ['access', (terms) => Object.assign(terms.customer('mill')?.access.groups ?? [], [{ name: 'all' }])],
    ['the catalogue', (terms) => Object.assign(terms.settings.seats ?? {}, { default: 1 })],
  ])('%s', async (_, change) => {
    const terms = await openOver(storeOf());
    expect(() => change(terms)).toThrow(TypeError);
    expect(terms.customer('mill')?.value('seats')).toBe(seatsOf(1));
    await terms.close();
  });
});
