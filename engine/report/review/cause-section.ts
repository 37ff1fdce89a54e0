import { isOwn } from '../../diff/causes.ts';
import { type Cause, reachedNow } from '../../diff/diff.ts';
import { isReaching, wordDirections, wordReach } from '../../diff/word-diff.ts';
import { clip } from '../clip.ts';
import type { Section } from '../fit-sections.ts';
import { markdownCode } from '../markdown-code.ts';
import { markdownNames } from '../markdown-names.ts';
import { markdownText } from '../markdown-text.ts';
import { orderByMatter } from '../order-by-matter.ts';
import { grouped, plural } from '../plural.ts';

const OPEN = 12;
const NAMES = 10;
const names = (ids: readonly string[]): string => markdownNames(ids, NAMES);

/** What was edited of what customers share, and whom each edit reaches; also customers' files whose edit changes nothing. */
export function causeSection(causes: readonly Cause[], more: string): Section {
  const told = [...sharedByMatter(causes), ...causes.filter((cause) => isOwn(cause.path) && !isReaching(cause))];
  return {
    name: 'what was edited',
    head: '### What was edited\n\n',
    count: told.length,
    block: (index) => causeLines(told[index] as Cause),
    open: OPEN,
    fold: (count) => `${grouped(count)} more ${count === 1 ? 'edit' : 'edits'}`,
    cut: ({ length }) => `\n**${plural(length, 'more edit')}** not shown here: ${more}.`,
    share: 3,
  };
}

/** Edits of shared files: those that take from most first, then those that reach most, then those that reach nobody. */
export const sharedByMatter = (causes: readonly Cause[]): Cause[] =>
  orderByMatter(
    causes.filter(({ path }) => !isOwn(path)),
    {
      familyOf: ({ path }) => path.replace(/^\S+ /, ''),
      weightOf: (cause) => [
        Number(isReaching(cause)),
        cause.takes,
        reachedNow(cause).length,
        cause.listPrice?.length ?? 0,
      ],
    },
  );

function causeLines(cause: Cause): string {
  const { path, change, shielded, shieldedBy = {}, listPrice = [], past = [] } = cause;
  const reached = reachedNow(cause);
  const what = `- **${markdownText(change, 200)}** in ${markdownCode(clip(path, 160))}`;
  if (!isReaching(cause)) return `${what}: reaches no customer\n`;
  const why = (id: string) => (shieldedBy[id] ? `${id} (${shieldedBy[id]})` : id);
  return [
    `${what}: ${wordReach(cause)}\n`,
    ...(reached.length > 0 ? [`  - ${wordDirections(cause)}: ${names(reached)}\n`] : []),
    ...(listPrice.length > 0 ? [`  - applies to: ${names(listPrice)}\n`] : []),
    ...(shielded.length > 0 ? [`  - shielded: ${names(shielded.map(why))}\n`] : []),
    ...(past.length > 0 ? [`  - rewrites only the past of: ${names(past)}\n`] : []),
  ].join('');
}
