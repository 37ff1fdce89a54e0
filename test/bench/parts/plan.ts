import { commitAside, committedText } from '../history.ts';
import { takeTurns } from '../measure.ts';
import { type Bench, count, cpu, cpuRatio, memory, type Row, wall } from '../part.ts';

/** Plans that about half of all customers are on, that one of twenty is on, and all there are. */
const HALF = ['starter@1', 'studio@1', 'pilot@1', 'partner@1'];
const TWENTIETH = ['studio@1'];
const ALL = [...HALF, 'studio@2', 'enterprise@1', 'dedicated@1'];

/** MB a check may hold, whatever it is about. */
const MEMORY = 1_500;

/** A change of plans that reaches many customers: `check` has to compile all of them twice. */
export async function plan(bench: Bench): Promise<Row[]> {
  const [few, many] = [bench.size(10_000), bench.size(100_000)];
  const rows = await checkChange(bench, few, HALF, 3);
  // Once each: a comparison of everybody takes minutes, and the first one is like the next.
  if (!bench.large) return rows;
  return [...rows, ...(await checkChange(bench, many, TWENTIETH, 0)), ...(await checkChange(bench, many, ALL, 0))];
}

async function checkChange(bench: Bench, customers: number, plans: readonly string[], rounds: number): Promise<Row[]> {
  const root = await bench.repository(customers, 'git');
  const files = await Promise.all(
    plans.map(async (id) => {
      const path = `plans/${id}.yaml`;
      return { path, bytes: withSetting(await committedText(root, path)) };
    }),
  );
  const [base = '', head = ''] = await commitAside(root, [files]);
  const asked = ['check', '--base', base, '--head', head, '--root', root];
  const folder = await bench.repository(customers, 'folder');
  const { check, compile } = await takeTurns(bench.rounds(rounds), {
    check: () => bench.measureProviso(...asked),
    compile: () => bench.run('pipeline', 'ours', 'release', folder),
  });
  const json = await bench.askProviso(...asked, '--format', 'json');
  const { diff } = JSON.parse(json) as { diff: { customers: readonly unknown[] } };
  const what = `plans changed for ${count(diff.customers.length)} of ${count(customers)} customers, check`;
  return [
    {
      what: `${what}: CPU ÷ reading and compiling everybody once`,
      ours: `${cpu(check)}, ${wall(check)}`,
      other: `${cpu(compile)}, ${wall(compile)}`,
      ratio: cpuRatio(check, compile),
    },
    {
      what: `${what}: peak memory ÷ ${count(MEMORY)} MB`,
      ours: memory(check),
      other: `${count(MEMORY)} MB`,
      ratio: (check.memory ?? Number.NaN) / MEMORY,
      goal: { atMost: 1 },
    },
    {
      what: `${what}: the report as JSON ÷ as text`,
      ours: size(check.printed),
      other: size(json.length),
      ratio: json.length / (check.printed ?? Number.NaN),
    },
  ];
}

const size = (characters = Number.NaN): string => `${count(Math.ceil(characters / 1_000))} kB`;

/** A setting that everybody on a plan gets to see, with another value than before. */
function withSetting(text: string): string {
  const changed = text
    .replace(/^ {2}sessionHours: .*$/m, '')
    .replace(/^settings: \{\}/m, 'settings:')
    .replace(/^settings:.*$/m, '$&\n  sessionHours: 9');
  if (!changed.includes('\n  sessionHours: 9\n')) throw new Error(`no settings in ${text}`);
  return changed;
}
