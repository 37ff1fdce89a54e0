import { median } from '../measure.ts';
import type { Bench, Row } from '../part.ts';

/** Nanoseconds a question, round by round. */
type Sides = Readonly<Record<string, readonly number[]>>;

const time = (rounds: readonly number[] = []): string => {
  const nanoseconds = median(rounds);
  return nanoseconds < 10_000 ? `${Math.round(nanoseconds)} ns` : `${(nanoseconds / 1_000).toFixed(0)} µs`;
};

/** Round by round, since what else the machine does takes from both sides of a round. */
const ratioOf = (over: readonly number[] = [], under: readonly number[] = []): number =>
  median(over.map((time, round) => time / (under[round] ?? Number.NaN)));

/** What others answer the same question with; those that search a list of customers were not made for one value each. */
const others: Readonly<Record<string, string>> = {
  flagd: 'flagd-core, a variant a customer',
  inMemoryProvider: 'OpenFeature SDK, in-memory provider',
  launchDarkly: 'LaunchDarkly SDK, a target a customer (searches a list, not made for this)',
  unleash: 'Unleash SDK, a strategy a customer (searches a list, not made for this)',
};

/** One setting of one of many customers who each have their own value, asked in no order: beside a map and a property, and beside others. */
export async function reads(bench: Bench): Promise<Row[]> {
  const rows: Row[] = [];
  for (const customers of [1_000, 10_000, 100_000]) {
    const { result } = await bench.run('read-customers', String(customers));
    const { result: providers } = await bench.run('read-providers', String(customers));
    const sides = { ...(result as Sides), ...(providers as Sides) };
    const row = (what: string, over: string, under: string, goal?: Row['goal']): Row => ({
      what: `${customers.toLocaleString('en')} customers, ${what}`,
      ours: time(sides[over]),
      other: time(sides[under]),
      ratio: ratioOf(sides[over], sides[under]),
      goal,
    });
    rows.push(
      row('a value ÷ Map.get and a property', 'ours', 'map', { atMost: 1.5 }),
      row('a value and where it comes from ÷ Map.get and a property', 'origin', 'map', { atMost: 3 }),
      row('our OpenFeature provider ÷ one that only looks into a map', 'ourProvider', 'trivialProvider', {
        atMost: 1.05,
      }),
      row('our OpenFeature provider ÷ one that tells as much of a value', 'ourProvider', 'tellingProvider'),
    );
    for (const [name, title] of Object.entries(others)) {
      const { ours, other, ...rest } = row(`${title} ÷ a value of ours`, name, 'ours');
      rows.push({ ...rest, ours: other, other: ours });
    }
  }
  return rows;
}
