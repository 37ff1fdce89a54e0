import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generateCustomer } from '../../../engine/generate/generate-customer.ts';
import type { Measure } from '../measure.ts';
import { measureCommand } from '../measure-command.ts';
import { type Bench, count, cpu, memory, type Row } from '../part.ts';

const project = fileURLToPath(new URL('../../..', import.meta.url));

/** MB of heap that Node is given: what it takes by itself, and then as much as a large machine has. */
const HEAPS = [undefined, 16_000] as const;

/** Ten times as many as goals are set for: what holds, what it takes, and what breaks first. */
export async function million(bench: Bench): Promise<Row[]> {
  const customers = bench.size(1_000_000);
  const root = join(bench.folder, 'million');
  const store = join(bench.folder, 'million-store');
  const place = ['--root', root, '--env', 'local', '--store', `file:${store}`];
  const rows: Row[] = [];
  const take = async (what: string, size: () => string, args: readonly string[]): Promise<boolean> => {
    for (const heap of HEAPS) {
      const flags = heap ? [`--max-old-space-size=${heap}`] : [];
      const title = `${count(customers)} customers, ${what}${heap ? `, heap of ${heap} MB` : ''}`;
      try {
        const measure = await measureCommand('"$@"', [process.execPath, ...flags, ...args]);
        rows.push({ what: title, ours: told(measure), other: size() });
        return true;
      } catch (error) {
        rows.push({ what: title, ours: '', other: error instanceof Error ? error.message : String(error) });
      }
    }
    return false;
  };
  const proviso = join(project, 'dist', 'scripts', 'proviso.js');
  const isMade = await take('generated into git, without a working tree', () => `${megabytes(root)} of git`, [
    '--import',
    import.meta.resolve('tsx'),
    join(project, 'scripts', 'generate.ts'),
    '--customers',
    String(customers),
    '--out',
    root,
    '--sparse',
  ]);
  if (!isMade) return rows;
  const isPublished = await take('compiled and published to a file store', () => `${megabytes(store)} of store`, [
    proviso,
    'publish',
    ...place,
  ]);
  if (!isPublished) return rows;
  const id = generateCustomer(1, customers - 1).path.replace(/.*\/|\.yaml$/g, '');
  await take('get of one customer', () => '', [proviso, 'get', id, 'seats', ...place]);
  return rows;
}

const told = (measure: Measure): string =>
  `${(measure.wall / 1_000).toFixed(1)} s, ${cpu(measure)}, ${memory(measure)}`;

function megabytes(folder: string): string {
  const bytes = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => statSync(join(folder, name)))
    .reduce((sum, state) => sum + (state.isFile() ? state.size : 0), 0);
  return `${count(Math.ceil(bytes / 1e6))} MB`;
}
