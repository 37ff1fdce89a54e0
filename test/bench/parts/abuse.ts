import { type Bench, type Row, wall } from '../part.ts';

const SOCKETS = 500;

/** How long honest clients wait while others hold connections and mean no good, beside how long they wait without them. */
export async function abuse(bench: Bench): Promise<Row[]> {
  const { result } = await bench.run('load-abuse', String(SOCKETS));
  const kinds = result as Readonly<Record<string, { held: number; alone: number }>>;
  return Object.entries(kinds).map(([kind, { held, alone }]) => ({
    what: `p99 of honest requests, beside ${SOCKETS} ${kind} ÷ without`,
    ours: wall({ wall: held }),
    other: wall({ wall: alone }),
    ratio: held / alone,
    goal: { atMost: 2 },
  }));
}
