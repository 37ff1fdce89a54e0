import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { generateCustomer } from '../../../engine/generate/generate-customer.ts';
import { commitAside } from '../history.ts';
import { type Measure, runProgram, takeTurns } from '../measure.ts';
import { type Bench, count, type Row, wall, wallRatio } from '../part.ts';

/** A repository, and commits that each give one customer another number of seats. */
interface World {
  customers: number;
  root: string;
  store: string;
  /** The one before all changes first. */
  commits: readonly string[];
  published: number;
}

type Command = (bench: Bench, world: World) => Promise<Measure>;

const between = ({ root, commits: [base = '', head = ''] }: World): string[] => [
  '--base',
  base,
  '--head',
  head,
  '--root',
  root,
];

const publishArguments = ({ root, store }: World, commit = ''): string[] => [
  'publish',
  '--commit',
  commit,
  '--root',
  root,
  '--env',
  'local',
  '--store',
  store,
  '--format',
  'json',
];

const commands: Readonly<Record<string, Command>> = {
  'check --base --head': (bench, world) => bench.measureProviso('check', ...between(world)),
  'diff --base --head': (bench, world) => bench.measureProviso('diff', ...between(world)),
  'publish --dry-run': (bench, world) =>
    bench.measureProviso(...publishArguments(world, world.commits[world.published + 1]), '--dry-run'),
  publish: (bench, world) => {
    world.published += 1;
    return bench.measureProviso(...publishArguments(world, world.commits[world.published]));
  },
};

/** Node, and one git, of which everything needs at least so much. */
const floor = (): Promise<Measure> =>
  runProgram(process.execPath, ['-e', "require('node:child_process').spawnSync('git', ['--version'])"]);

/** One customer changed of many, from commits: with what is kept between two runs, and without. */
export async function change(bench: Bench): Promise<Row[]> {
  const few = await open(bench, bench.size(10_000));
  const many = bench.large ? await open(bench, bench.size(100_000)) : undefined;
  const rows: Row[] = [];
  for (const [name, command] of Object.entries(commands))
    rows.push(...(await compare(bench, name, command, few, many)));
  for (const world of many ? [few, many] : [few]) rows.push(await countWritten(bench, world));
  return rows;
}

async function compare(bench: Bench, name: string, command: Command, few: World, many?: World): Promise<Row[]> {
  const rounds = bench.rounds(9);
  // A release asks git also whether the folder holds edits, for which git looks at every file: that is no part of the floor.
  const goal = (atMost: number): Pick<Row, 'goal'> => (name.startsWith('publish') ? {} : { goal: { atMost } });
  const cold: [World, Measure][] = [];
  for (const world of many ? [few, many] : [few]) {
    cold.push([world, (await takeTurns(0, { cold: () => forgetting(bench, world, command) })).cold]);
    // What a clone knows of releases of its own it knows again after one.
    world.published += 1;
    await bench.runProviso(...publishArguments(world, world.commits[world.published]));
  }
  const { node, warm, warmMany } = await takeTurns(rounds, {
    node: floor,
    warm: () => command(bench, few),
    warmMany: () => (many ? command(bench, many) : Promise.resolve({ wall: Number.NaN })),
  });
  const rows = cold.flatMap(([world, measure]): Row[] => {
    const side = world === few ? warm : warmMany;
    const what = `one of ${count(world.customers)} changed, ${name}`;
    return [
      {
        what: `${what}: ours ÷ node -e 0 with one git`,
        ours: wall(side),
        other: wall(node),
        ratio: wallRatio(side, node),
        ...goal(3),
      },
      {
        what: `${what}: with nothing kept from before ÷ with it`,
        ours: wall(side),
        other: wall(measure),
        ratio: wallRatio(measure, side),
      },
    ];
  });
  if (!many) return rows;
  return [
    ...rows,
    {
      what: `one changed, ${name}: ${count(many.customers)} customers ÷ ${count(few.customers)}`,
      ours: wall(warmMany),
      other: wall(warm),
      ratio: wallRatio(warmMany, warm),
      ...goal(1.3),
    },
  ];
}

/** The same without what was kept in git's folder. */
function forgetting(bench: Bench, world: World, command: Command): Promise<Measure> {
  rmSync(join(world.root, '.git', 'proviso'), { recursive: true, force: true });
  return command(bench, world);
}

async function open(bench: Bench, customers: number): Promise<World> {
  const root = await bench.repository(customers, 'git');
  const { path, text } = withSeats();
  const changes = Array.from({ length: bench.rounds(9) + 8 }, (_, index) => [{ path, bytes: text(index + 1) }]);
  const commits = await commitAside(root, changes);
  const store = `file:${join(bench.folder, `change-store-${customers}`)}`;
  const world: World = { customers, root, store, commits, published: 0 };
  await bench.runProviso(...publishArguments(world, commits[0]));
  return world;
}

/** A customer who bought a number of seats, and its file with another number. */
function withSeats(): { path: string; text(more: number): string } {
  for (let index = 0; ; index += 1) {
    const { path, text } = generateCustomer(1, index);
    const bought = /^quantities: \{ seats: (\d+)/m.exec(text);
    if (bought)
      return { path, text: (more) => text.replace(bought[0], `quantities: { seats: ${Number(bought[1]) + more}`) };
  }
}

/** Root, leaf, record, and a node a level; `depth` is how many levels there are below the root. */
async function countWritten(bench: Bench, world: World): Promise<Row> {
  const depth = Math.max(0, Math.ceil(Math.log(world.customers / 256) / Math.log(256)));
  world.published += 1;
  const told = await bench.askProviso(...publishArguments(world, world.commits[world.published]));
  const { written } = JSON.parse(told) as { written: { objects: number; bytes: number } };
  return {
    what: `one of ${count(world.customers)} changed, publish: objects written ÷ depth + 3`,
    ours: `${written.objects} (${written.bytes} bytes)`,
    other: `${depth + 3}`,
    ratio: written.objects / (depth + 3),
    goal: { atMost: 1 },
  };
}
