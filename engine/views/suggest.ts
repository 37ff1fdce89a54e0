import type { Exception } from '../../schemas/exception.ts';
import { list } from '../report/list.ts';
import { plural } from '../report/plural.ts';
import type { ListedException, Suggestion } from './listed-exception.ts';

const UNUSED = /^(nobody|no one|none|never|unused|not used)\b/i;

/** What to do about an exception, by what is known of it on the day; `emergency` is what an open one asks for. */
export function suggest(
  exception: Exception,
  {
    state,
    until,
    alike,
    alikeInAll,
    demand,
    usedBy,
    does,
  }: Pick<ListedException, 'state' | 'until' | 'alike' | 'alikeInAll' | 'demand' | 'usedBy' | 'does'>,
  { isOver, isFelt, emergency }: { isOver: boolean; isFelt: boolean; emergency: string | undefined },
): Suggestion {
  if (exception.decision === 'no') return keep('the refusal stays on record and blocks what was refused');
  if (emergency !== undefined) return keep(emergency);
  if (state === 'dropped') return retire(`it was dropped${until ? ` after ${until}` : ''}; the record stays`);
  if (isOver)
    return retire(
      exception.decision === 'service'
        ? `the work was done by ${until}, and nothing of it is left`
        : `it ended on ${until}; the record stays`,
    );
  if (exception.decision === 'service') return keep('work that is sold; it leaves nothing behind');
  if (UNUSED.test(usedBy.trim())) return retire(`it is said to be used by ${usedBy.trim()}`);
  if (exception.decision === 'feature') return keep('it is part of the product, for any plan');
  if (!isFelt) return retire('nothing would be different without it');
  if (alike.length > 0)
    return {
      verdict: 'merge',
      because: `${plural(alikeInAll + 1, 'customer')} have the same (${list(alike, 5, 'and', alikeInAll)} too): make it a plan setting or an add-on`,
    };
  if (demand.length > 0)
    return keep(`only they have it, and ${list(demand, 5)} ${demand.length === 1 ? 'wants' : 'want'} it too`);
  return keep(`one buyer: ${does.startsWith('promises') ? 'the promise' : 'it'} is theirs alone`);
}

const keep = (because: string): Suggestion => ({ verdict: 'keep', because });
const retire = (because: string): Suggestion => ({ verdict: 'retire', because });
