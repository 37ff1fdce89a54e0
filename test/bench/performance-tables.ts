import type { Machine, Run, TakenPart } from './run.ts';
import { verdict } from './verdict.ts';

/** A part as it was taken last, with the run it was taken in. */
interface Shown {
  part: TakenPart;
  run: Run;
}

/**
 * Runs as Markdown: of every part the newest with rows, in the order of `names`, each with when and where it was taken.
 * A run that tries the bench itself is shown only where nothing else is there.
 */
export function performanceTables(runs: readonly Run[], names: readonly string[]): string {
  const shown = names.flatMap((name) => newest(runs, name) ?? []);
  return shown.map(section).join('\n');
}

function newest(runs: readonly Run[], name: string): Shown | undefined {
  const all = runs.flatMap((run) =>
    run.parts.flatMap((part) => (part.name === name && (part.rows.length > 0 || part.failure) ? [{ part, run }] : [])),
  );
  const rank = ({ part, run }: Shown): string =>
    [part.rows.length > 0, run.scale !== 'small', part.at].map(String).join(' ');
  return all.sort((one, other) => (rank(one) < rank(other) ? -1 : 1)).at(-1);
}

function section({ part, run }: Shown): string {
  const { title, at, seconds, load, rows, failure } = part;
  const isTried = run.scale === 'small';
  const lines = [
    `## ${title}`,
    '',
    `${at.slice(0, 10)}, commit ${run.commit}, ${sizes[run.scale]}, ${seconds} s; load average ${load.before} before and ${load.after} after, on ${onMachine(run.machine)}.`,
  ];
  if (failure) lines.push('', `Not measured to its end: ${cell(failure)}`);
  if (rows.length > 0)
    lines.push('', '| comparison | ours | other | ratio | goal |', '| --- | ---: | ---: | ---: | --- |');
  for (const row of rows)
    lines.push(`| ${[row.what, row.ours, row.other, ...verdict(row, isTried)].map(cell).join(' | ')} |`);
  return `${lines.join('\n')}\n`;
}

const sizes: Readonly<Record<Run['scale'], string>> = {
  small: '**a tenth of the sizes and one round, to try the bench: no figure to quote**',
  usual: 'usual sizes',
  large: 'all sizes',
};

const onMachine = ({ cpu, cores, memory, system, node, git }: Machine): string =>
  `${cores} cores of ${cell(cpu)}, ${memory} GB, ${system}, Node ${node}, git ${git}`;

const cell = (text: string): string => text.replace(/\s+/g, ' ').replace(/[\\|<>*_`]/g, '\\$&');
