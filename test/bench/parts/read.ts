import { takeTurns } from '../measure.ts';
import { type Bench, cpu, cpuRatio, demandSame, memory, type Row } from '../part.ts';

/** Ten thousand customers, read and validated, and then compiled into a release: our reader and validators against `yaml` and zod. */
export async function read(bench: Bench): Promise<Row[]> {
  const root = await bench.repository(10_000, 'folder');
  const sides = (until: string) => ({
    ours: () => bench.run('pipeline', 'ours', until, root),
    usual: () => bench.run('pipeline', 'usual', until, root),
  });
  const loaded = await takeTurns(3, sides('model'));
  const released = await takeTurns(3, sides('release'));
  demandSame('read and validate', loaded.ours, loaded.usual);
  demandSame('whole compile', released.ours, released.usual);
  const rows: Row[] = [
    {
      what: '10,000 customers, read + validate: yaml + zod ÷ ours',
      ours: cpu(loaded.ours),
      other: cpu(loaded.usual),
      ratio: cpuRatio(loaded.usual, loaded.ours),
      goal: { atLeast: 5 },
    },
    {
      what: '10,000 customers, whole compile: yaml + zod ÷ ours',
      ours: cpu(released.ours),
      other: cpu(released.usual),
      ratio: cpuRatio(released.usual, released.ours),
      goal: { atLeast: 3 },
    },
    {
      what: '10,000 customers, whole compile: memory ÷ 150 MB',
      ours: memory(released.ours),
      other: '150 MB',
      ratio: (released.ours.memory ?? Number.NaN) / 150,
      goal: { atMost: 1 },
    },
  ];
  if (!bench.large) return rows;
  const largeRoot = await bench.repository(100_000, 'folder');
  const large = await takeTurns(1, {
    many: () => bench.run('pipeline', 'ours', 'release', largeRoot),
    few: () => bench.run('pipeline', 'ours', 'release', root),
  });
  return [
    ...rows,
    {
      what: 'whole compile: 100,000 customers ÷ 10,000',
      ours: `${cpu(large.many)}, ${memory(large.many)}`,
      other: cpu(large.few),
      ratio: cpuRatio(large.many, large.few),
      goal: { atMost: 12 },
    },
  ];
}
