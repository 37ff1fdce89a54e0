import { join } from 'node:path';
import type { Bench, Row } from '../part.ts';

/** A first release of ten thousand customers into the file store, against writing its bytes as one file and waiting for the disk. */
export async function publish(bench: Bench): Promise<Row[]> {
  const root = await bench.repository(10_000, 'folder');
  // One process for both sides: compiling takes longer than what is compared, and waiting for a disk is not CPU.
  const { result } = await bench.run('publish-release', root, join(bench.folder, 'stores'));
  const { store, packed } = result as { store: number; packed: number };
  return [
    {
      what: 'publish of 10,000 into the file store ÷ one file written and synced',
      ours: `${Math.round(store)} ms`,
      other: `${Math.round(packed)} ms`,
      ratio: store / packed,
      goal: { atMost: 1.5 },
    },
  ];
}
