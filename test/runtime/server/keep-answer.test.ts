import { expect, it } from 'vitest';
import type { CustomerView } from '../../../runtime/client/customer-view.ts';
import { keepAnswer } from '../../../runtime/server/routes/keep-answer.ts';

const viewOf = (freshness: { state: string; source: string }) => ({ freshness }) as unknown as CustomerView;

it('makes an answer once, until it can be relied on otherwise', () => {
  const freshness = { state: 'fresh', source: 'store' };
  const view = viewOf(freshness);
  const ask = (what: 'terms' | 'flags' = 'terms') => keepAnswer({ view, what }, (reliance) => ({ what, reliance }));
  const first = ask();
  expect(first.writtenJson).toBe('{"what":"terms","reliance":{"state":"fresh","source":"store"}}');
  expect([ask() === first, ask('flags') === first]).toEqual([true, false]);
  freshness.state = 'stale';
  expect(ask().writtenJson).toBe('{"what":"terms","reliance":{"state":"stale","source":"store"}}');
});

it('keeps each answer of a kind by what it is of', () => {
  const view = viewOf({ state: 'fresh', source: 'store' });
  const ask = (of: string, what: 'flag' | 'setting' = 'flag') => keepAnswer({ view, what, of }, () => ({ of, what }));
  const keys = ['seats', 'sso', 'storage'];
  const first = keys.map((key) => ask(key));
  const other = keys.map((key) => ask(key, 'setting'));
  expect([...first, ...other].map(({ writtenJson }) => writtenJson)).toEqual(
    (['flag', 'setting'] as const).flatMap((what) => keys.map((of) => JSON.stringify({ of, what }))),
  );
  expect(keys.every((key, at) => ask(key) === first[at] && ask(key, 'setting') === other[at])).toBe(true);
});

it('keeps what is asked for again and forgets what is not, however much is asked', () => {
  const text = 'x'.repeat(4_000_000);
  const keep = (view: CustomerView) => keepAnswer({ view, what: 'terms' }, () => ({ text }));
  const [asked, left] = [viewOf({ state: 'fresh', source: 'store' }), viewOf({ state: 'fresh', source: 'store' })];
  const [first, other] = [keep(asked), keep(left)];
  // Held, as a reader holds them: what is forgotten is the answer, not the customer.
  const crowd = Array.from({ length: 40 }, () => viewOf({ state: 'fresh', source: 'store' }));
  for (const view of crowd) {
    keep(view);
    expect(keep(asked)).toBe(first);
  }
  expect(keep(left)).not.toBe(other);
});

it('keeps one answer about each of ten thousand customers with a contract', () => {
  const text = 'x'.repeat(2_300);
  const crowd = Array.from({ length: 10_000 }, () => viewOf({ state: 'fresh', source: 'store' }));
  const keep = (view: CustomerView) => keepAnswer({ view, what: 'terms' }, () => ({ text }));
  // What was kept before this weighs something too: with a second round all of it is of these.
  for (const view of crowd) keep(view);
  const answers = crowd.map(keep);
  // Those who are seldom asked for are there still.
  for (let time = 0; time < 3; time += 1) for (const view of crowd.slice(0, 9_300)) keep(view);
  expect(crowd.map(keep).every((answer, at) => answer === answers[at])).toBe(true);
});
