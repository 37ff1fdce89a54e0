import type { Day } from '../../runtime/terms/timeline.ts';
import type { Paint } from '../report/paint.ts';
import { plain } from '../report/plain.ts';
import { grouped } from '../report/plural.ts';
import type { Change } from './diff.ts';
import { type ChangeWords, wordChanges } from './word-changes.ts';

/** The changes of one customer, a line each, at most `most`; without a day they are told as stretches of the past. */
export function formatChanges(
  changes: readonly Change[],
  at: Day | undefined,
  { paint, most }: { paint: Paint; most: number },
): string {
  const lines = wordChanges(changes, at).map((words) => formatChange(words, paint));
  const rest = lines.length - most;
  return rest > 0 ? `${lines.slice(0, most).join('')}    … and ${grouped(rest)} more\n` : lines.join('');
}

function formatChange({ direction, what, values, when, where, because, along }: ChangeWords, paint: Paint): string {
  const word = { gives: paint.green('gives'), takes: paint.red('takes'), neutral: 'changes' }[direction];
  const pad = ' '.repeat('changes'.length - (direction === 'neutral' ? 'changes' : direction).length);
  const by = where ? paint.dim(` (${plain(where)})`) : '';
  const why = because ? `: ${plain(because)}` : '';
  const withIt = along ? `             and with it ${plain(along)}\n` : '';
  return `    ${word}${pad}  ${plain(what)} ${plain(values)}, ${when}${by}${why}\n${withIt}`;
}
