import { storePlaces } from '../../contract/places.ts';
import { isMissing } from '../../fixtures/servers/server.ts';
import { type Bench, type Row, wall } from '../part.ts';

/** How often the store's own notice a release may take until a client has verified it and goes by it. */
const goals: Readonly<Record<string, number>> = { file: 2, redis: 1.5, postgres: 1.5, nats: 1.5 };

/** From what is sent to the store until a client goes by the release, against the store's own way to tell of one value. */
export async function notice(bench: Bench): Promise<Row[]> {
  const rows: Row[] = [];
  for (const [kind, atMost] of Object.entries(goals)) {
    if (isMissing(storePlaces[kind]?.needs)) continue;
    const { result } = await bench.run('notice-release', kind);
    const { ours, bare } = result as Record<'ours' | 'bare', number>;
    rows.push({
      what: `${kind}: a release sent and applied ÷ a value sent and told of`,
      ours: wall({ wall: ours }),
      other: wall({ wall: bare }),
      ratio: ours / bare,
      goal: { atMost },
    });
  }
  return rows;
}
