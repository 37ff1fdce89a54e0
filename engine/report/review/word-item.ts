import type { Item } from '../../approve/approval.ts';
import type { Blast } from '../../approve/blast-item.ts';
import { showChange } from '../../diff/show-value.ts';
import { shortPath } from '../../diff/word-changes.ts';
import { grouped, plural } from '../plural.ts';

const isAbsent = (value: unknown): boolean => value === null || value === undefined;

/** What an item is about and what becomes of it: `seats 50 → 40`, `exception EX-0031 added`, as files say it. */
export function wordItem({ kind, path, from, to }: Item): { what: string; values: string } {
  const became = isAbsent(from) ? 'added' : isAbsent(to) ? 'removed' : 'changed';
  if (kind === 'record') return { what: path.replace(/^exceptions\./, 'exception '), values: became };
  if (kind === 'machinery') return { what: path, values: became };
  if (kind === 'blast') return wordBlast(to as Blast);
  return { what: shortPath(path), values: showChange(from, to) };
}

function wordBlast({ customers, gives, takes, takesUnderContract }: Blast): { what: string; values: string } {
  const bound = takesUnderContract > 0 ? `, ${grouped(takesUnderContract)} of them under a contract` : '';
  return {
    what: plural(customers, 'customer'),
    values: `at once: gives to ${grouped(gives)}, takes from ${grouped(takes)}${bound}`,
  };
}

/** Whose terms, how long it lasts, whose exception does it and what is at stake; parts of a sentence. */
export function wordItemTerms({ exception, kind, path, account, owner, askedBy, expires, amount }: Item): string[] {
  const isRecord = kind === 'record';
  const lasts = expires === 'contract' ? 'as long as the contract' : `until ${expires}`;
  return [
    ...(account !== undefined && path !== 'account' ? [`for account ${account}`] : []),
    ...(isRecord && expires ? [lasts] : []),
    ...(exception && !isRecord ? [`exception ${exception}`] : []),
    ...(amount ? [`${amount.currency ? `${amount.currency} ` : ''}${amount.amount} at stake`] : []),
    ...(askedBy ? [`asked by ${askedBy}`] : []),
    ...(owner ? [`owner ${owner}`] : []),
  ];
}
