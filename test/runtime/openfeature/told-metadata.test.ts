import { expect, it } from 'vitest';
import type { CustomerView } from '../../../runtime/client/customer-view.ts';
import { type Evaluated, evaluate } from '../../../runtime/openfeature/evaluate.ts';
import type { Layer } from '../../../runtime/terms/timeline.ts';

const usual = {
  release: 7,
  plan: 'studio@2',
  stage: 'active',
  state: 'fresh',
  source: 'store',
  value: 5,
  kind: 'plan' as Layer['kind'] | undefined,
  until: undefined as string | undefined,
  isStale: undefined as true | undefined,
};

function metadataOf(differently: Partial<typeof usual> = {}): Evaluated['metadata'] {
  const { release, plan, stage, state, source, value, kind, until, isStale } = { ...usual, ...differently };
  const layer = kind && { kind, id: 'X', set: { seats: value }, ...(until !== undefined && { until }) };
  const view = { release, plan, stage, freshness: { state, source }, settings: { seats: value } };
  const explain = () => ({ value, layers: [], ...(layer && { layer }), ...(isStale && { isStale }) });
  return (evaluate({ ...view, explain } as unknown as CustomerView, 'seats') as Evaluated).metadata;
}

const plain = { release: 7, plan: 'studio@2', stage: 'active', source: 'plan', origin: 'store', stale: false };

it('tells with a value what belongs to it alone, whatever was told of others before', () => {
  const cases: [differently: Partial<typeof usual>, told: object][] = [
    [{}, plain],
    [{ release: 8 }, { ...plain, release: 8 }],
    [{ plan: 'studio@3' }, { ...plain, plan: 'studio@3' }],
    [{ stage: 'trial' }, { ...plain, stage: 'trial' }],
    [{ kind: 'exception' }, { ...plain, source: 'exception' }],
    [{ kind: undefined }, { ...plain, source: 'default' }],
    [{ isStale: true }, { ...plain, source: 'whenStale' }],
    [{ state: 'stale' }, { ...plain, stale: true }],
    [{ source: 'disk' }, { ...plain, origin: 'disk' }],
    [{ until: '2026-12-31' }, { ...plain, until: '2026-12-31' }],
    [{ until: '2027-12-31' }, { ...plain, until: '2027-12-31' }],
    [{ value: Number.POSITIVE_INFINITY }, { ...plain, unlimited: true }],
  ];
  for (const order of [cases, [...cases].reverse(), cases])
    for (const [differently, told] of order) expect(metadataOf(differently)).toEqual(told);
});

it('hands out what cannot be written into, since others are handed it too', () => {
  expect(metadataOf()).toBe(metadataOf());
  expect([metadataOf(), metadataOf({ until: '2026-12-31' })].map(Object.isFrozen)).toEqual([true, true]);
});

it('goes on telling right for more plans and releases than it remembers', () => {
  for (let index = 0; index < 1_000; index += 1) {
    const plan = `plan-${index}@1`;
    expect(metadataOf({ plan, release: index })).toEqual({ ...plain, plan, release: index });
    expect(metadataOf({ release: index })).toEqual({ ...plain, release: index });
  }
});
