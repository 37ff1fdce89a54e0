import { takeTurns } from '../measure.ts';
import { type Bench, demandSame, type Row, wall, wallRatio } from '../part.ts';

/** The files of another commit: through git's objects, against a checkout and against the files that lie there already. */
export async function ref(bench: Bench): Promise<Row[]> {
  const root = await bench.repository(1_000, 'git');
  const { objects, checkout, folder } = await takeTurns(5, {
    objects: () => bench.run('read-files', 'objects', root),
    checkout: () => bench.run('read-files', 'checkout', root),
    folder: () => bench.run('read-files', 'folder', root),
  });
  demandSame('files of a commit', objects, checkout);
  demandSame('files of a commit', objects, folder);
  const what = 'files of a commit with 1,000 customers';
  return [
    {
      what: `${what}: git worktree add ÷ ours`,
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
  ];
}
