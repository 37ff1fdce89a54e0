import { storePlaces } from '../../contract/places.ts';
import { isMissing } from '../../fixtures/servers/server.ts';
import { type Bench, type Row, wall } from '../part.ts';

/** Servers that are themselves and no imitation. */
const kinds = ['file', 'redis', 'postgres', 'nats'];

/** A first release of ten thousand customers against the store's own way to put that many values; then one change among many. */
export async function stores(bench: Bench): Promise<Row[]> {
  const rows: Row[] = [];
  for (const kind of kinds) {
    if (isMissing(storePlaces[kind]?.needs)) continue;
    const { result } = await bench.run('publish-into', kind);
    const { store, bulk, small, large } = result as Record<'store' | 'bulk' | 'small' | 'large', number>;
    const time = (milliseconds: number): string => wall({ wall: milliseconds });
    rows.push(
      {
        what: `${kind}: publish of 10,000 ÷ the same bytes by its own bulk primitive`,
        ours: time(store),
        other: time(bulk),
        ratio: store / bulk,
        goal: { atMost: 1.5 },
      },
      {
        what: `${kind}: publish of one change in 100,000 ÷ in 10,000`,
        ours: time(large),
        other: time(small),
        ratio: large / small,
        goal: { atMost: 1.3 },
      },
    );
  }
  return rows;
}
