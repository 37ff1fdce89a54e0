import { type Measure, takeTurns } from '../measure.ts';
import { type Bench, count, cpu, cpuRatio, demandSame, memory, type Row, wall, wallRatio } from '../part.ts';

/** Customers read and validated, and then compiled into a release: our reader and validators against `yaml` and zod. */
export async function read(bench: Bench): Promise<Row[]> {
  const [few, usual, many] = [bench.size(1_000), bench.size(10_000), bench.size(100_000)];
  const rows = [...(await compare(bench, few, 5)), ...(await compare(bench, usual, 3))];
  if (!bench.large) return rows;
  return [...rows, ...(await compare(bench, many, 1)), ...(await grow(bench, usual, many))];
}

async function compare(bench: Bench, customers: number, rounds: number): Promise<Row[]> {
  const root = await bench.repository(customers, 'folder');
  const sides = (until: string) => ({
    ours: () => bench.run('pipeline', 'ours', until, root),
    usual: () => bench.run('pipeline', 'usual', until, root),
  });
  const loaded = await takeTurns(bench.rounds(rounds), sides('model'));
  const released = await takeTurns(bench.rounds(rounds), sides('release'));
  const what = `${count(customers)} customers`;
  demandSame(`${what}, read and validate`, loaded.ours, loaded.usual);
  demandSame(`${what}, whole compile`, released.ours, released.usual);
  // With the start of Node and everything that is the same on both sides; goals are set where those weigh little.
  const hasGoals = customers === bench.size(10_000);
  const row = (work: string, { ours, usual }: Record<'ours' | 'usual', Measure>, atLeast: number): Row => ({
    what: `${what}, ${work}: yaml + zod ÷ ours (both come to the same)`,
    ours: cpu(ours),
    other: cpu(usual),
    ratio: cpuRatio(usual, ours),
    ...(hasGoals && { goal: { atLeast } }),
  });
  return [
    row('read + parse + validate', loaded, 5),
    row('whole compile', released, 3),
    {
      what: `${what}, whole compile, wall time: yaml + zod ÷ ours`,
      ours: wall(released.ours),
      other: wall(released.usual),
      ratio: wallRatio(released.usual, released.ours),
    },
    {
      what: `${what}, whole compile, peak memory: ours ÷ ${hasGoals ? '150 MB' : 'yaml + zod'}`,
      ours: memory(released.ours),
      other: hasGoals ? '150 MB' : memory(released.usual),
      ratio: (released.ours.memory ?? Number.NaN) / (hasGoals ? 150 : (released.usual.memory ?? Number.NaN)),
      ...(hasGoals && { goal: { atMost: 1 } }),
    },
  ];
}

async function grow(bench: Bench, few: number, many: number): Promise<Row[]> {
  const side = async (customers: number) => {
    const root = await bench.repository(customers, 'folder');
    return () => bench.run('pipeline', 'ours', 'release', root);
  };
  const sides = await takeTurns(1, { many: await side(many), few: await side(few) });
  return [
    {
      what: `whole compile: ${count(many)} customers ÷ ${count(few)}`,
      ours: `${cpu(sides.many)}, ${memory(sides.many)}`,
      other: `${cpu(sides.few)}, ${memory(sides.few)}`,
      ratio: cpuRatio(sides.many, sides.few),
      goal: { atMost: 12 },
    },
  ];
}
