import { takeTurns } from '../measure.ts';
import { type Bench, count, demandSame, type Row, wall, wallRatio } from '../part.ts';

/** The files of another commit: through git's objects, against a checkout and against the files that lie there already. */
export async function ref(bench: Bench): Promise<Row[]> {
  const rows: Row[] = [];
  for (const [customers, rounds] of [
    [bench.size(1_000), 5],
    [bench.size(10_000), 2],
  ] as const) {
    const root = await bench.repository(customers, 'git');
    const { objects, checkout, folder } = await takeTurns(bench.rounds(rounds), {
      objects: () => bench.run('read-files', 'objects', root),
      checkout: () => bench.run('read-files', 'checkout', root),
      folder: () => bench.run('read-files', 'folder', root),
    });
    demandSame('files of a commit', objects, checkout);
    demandSame('files of a commit', objects, folder);
    const what = `files of a commit with ${count(customers)} customers`;
    rows.push(
      {
        what: `${what}: git worktree add, read, remove ÷ git cat-file --batch (ours)`,
        ours: wall(objects),
        other: wall(checkout),
        ratio: wallRatio(checkout, objects),
      },
      {
        what: `${what}: ours ÷ the working tree`,
        ours: wall(objects),
        other: wall(folder),
        ratio: wallRatio(objects, folder),
      },
    );
  }
  return rows;
}
