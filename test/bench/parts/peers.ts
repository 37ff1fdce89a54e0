import { join } from 'node:path';
import { findTool } from '../find-tool.ts';
import { takeTurns } from '../measure.ts';
import { measureCommand } from '../measure-command.ts';
import { type Bench, count, cpu, cpuRatio, memory, type Row } from '../part.ts';

interface Peer {
  tool: string;
  /** What it does of the work, and what it leaves out. */
  work: string;
  /** A line of the shell: `$1` is the program, `$2` the folder of `write-peer-inputs`. */
  line: string;
  /** Customers above which it is left out, but for `--large`: it takes minutes. */
  most?: number;
  /** Of 10,000 customers: of few the start of Node is most of it. */
  atLeast?: number;
}

const programs: readonly Peer[] = [
  {
    tool: 'pkl',
    work: 'import* of a module a customer with all its file says, amending a template with types and constraints, and its values, as JSON',
    line: '"$1" eval "$2/pkl/main.pkl"',
    atLeast: 1,
  },
  {
    tool: 'jq',
    work: 'merges plan and overrides from one JSON that is ready',
    line: `"$1" -c '.plans as $p | .customers | map({key: .id, value: ($p[.plan] + .overrides)}) | from_entries' "$2/customers.json"`,
  },
  {
    tool: 'yq',
    work: 'the files as one stream of YAML, name and plan of each; no merge',
    line: `"$1" -c '[.name, .plan]' "$2/customers.yaml"`,
  },
  {
    tool: 'jsonnet',
    work: 'std.mergePatch of plan and overrides from one JSON that is ready',
    line: `"$1" -e "local data = import '$2/customers.json'; { [c.id]: std.mergePatch(data.plans[c.plan], c.overrides) for c in data.customers }"`,
    most: 1_000,
  },
];

/** Others who do the nearest to a whole compile: none of them knows days, contracts, stages, or hashes what it comes to. */
export async function peers(bench: Bench): Promise<Row[]> {
  const rows: Row[] = [];
  for (const customers of [bench.size(1_000), bench.size(10_000)]) {
    const root = await bench.repository(customers, 'folder');
    const inputs = join(bench.folder, `peers-${customers}`);
    await bench.run('write-peer-inputs', root, inputs);
    for (const peer of programs) rows.push(await compare(bench, peer, customers, root, inputs));
  }
  return rows;
}

async function compare(
  bench: Bench,
  { tool, work, line, most, atLeast }: Peer,
  customers: number,
  root: string,
  inputs: string,
): Promise<Row> {
  const program = findTool(tool);
  const title = `${count(customers)} customers: ${tool}`;
  if (!program) return { what: `${title} ÷ ours`, ours: '', other: 'not here' };
  if (most !== undefined && customers > most && !bench.large)
    return { what: `${title} ÷ ours`, ours: '', other: 'takes minutes: only with --large' };
  const { ours, theirs } = await takeTurns(bench.rounds(most === undefined ? 3 : 1), {
    ours: () => bench.run('pipeline', 'ours', 'release', root),
    theirs: () => measureCommand(line, [program, inputs]),
  });
  return {
    what: `${title} ÷ ours: ${work}`,
    ours: `${cpu(ours)}, ${memory(ours)}`,
    other: `${cpu(theirs)}, ${memory(theirs)}`,
    ratio: cpuRatio(theirs, ours),
    ...(atLeast !== undefined && customers > 1_000 && { goal: { atLeast } }),
  };
}
