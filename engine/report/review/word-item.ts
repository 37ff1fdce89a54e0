import type { Item } from '../../approve/approval.ts';
import { showChange } from '../../diff/show-value.ts';
import { shortPath } from '../../diff/word-changes.ts';

const isAbsent = (value: unknown): boolean => value === null || value === undefined;

/** What an item is about and what becomes of it: `seats 50 → 40`, `exception EX-0031 added`, as files say it. */
export function wordItem({ kind, path, from, to }: Item): { what: string; values: string } {
  const became = isAbsent(from) ? 'added' : isAbsent(to) ? 'removed' : 'changed';
  if (kind === 'record') return { what: path.replace(/^exceptions\./, 'exception '), values: became };
  if (kind === 'machinery') return { what: path, values: became };
  return { what: shortPath(path), values: showChange(from, to) };
}

/** When it holds, whose exception does it and what is at stake; parts of a sentence. */
export function wordItemTerms({ effective, until, exception, kind, owner, askedBy, expires, amount }: Item): string[] {
  const isLasting = kind === 'record';
  return [
    ...(effective ? [`from ${effective}`] : []),
    ...(until ? [`until ${until}`] : isLasting && expires ? [`until ${expires}`] : []),
    ...(exception && !isLasting ? [`exception ${exception}`] : []),
    ...(amount ? [`${amount.currency ? `${amount.currency} ` : ''}${amount.amount} at stake`] : []),
    ...(askedBy ? [`asked by ${askedBy}`] : []),
    ...(owner ? [`owner ${owner}`] : []),
  ];
}
