import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { runProgram, takeTurns } from '../measure.ts';
import { type Bench, type Row, wall, wallRatio } from '../part.ts';

/** What a command costs before it does anything. */
export async function start(bench: Bench): Promise<Row[]> {
  const root = await bench.repository(bench.size(1_000), 'git');
  const store = `file:${join(bench.folder, 'start-store')}`;
  const place = ['--root', root, '--env', 'local', '--store', store];
  await bench.runProviso('publish', ...place);
  const shard = join(root, 'customers', '00');
  const customer = (readdirSync(shard)[0] ?? '').replace(/\.yaml$/, '');
  const { node, version, help, get, status } = await takeTurns(bench.rounds(15), {
    node: () => runProgram(process.execPath, ['-e', '0']),
    version: () => bench.runProviso('--version'),
    help: () => bench.runProviso('check', '--help'),
    get: () => bench.runProviso('get', customer, 'seats', ...place),
    status: () => bench.runProviso('status', ...place),
  });
  const row = (what: string, side: typeof node): Row => ({
    what: `${what} ÷ node -e 0`,
    ours: wall(side),
    other: wall(node),
    ratio: wallRatio(side, node),
    goal: { atMost: 1.5 },
  });
  return [
    row('proviso --version', version),
    row('proviso check --help', help),
    // These read policies, which are YAML, and ask the store; `status` asks git, too. No goal is set for them.
    { ...row('proviso get <customer> seats', get), goal: undefined },
    { ...row('proviso status', status), goal: undefined },
  ];
}
