import { onDay } from '../../runtime/terms/at.ts';
import type { Day } from '../../runtime/terms/timeline.ts';
import type { Customer } from '../../schemas/customer.ts';
import type { Entry } from '../model.ts';
import type { AgendaItem } from './agenda-item.ts';
import type { Company } from './company.ts';

const worse = { pastDue: ['suspended', 'lapsed', 'closed'], suspended: ['lapsed', 'closed'] } as const;
const words = { suspended: 'is suspended', lapsed: 'lapses', closed: 'is closed' } as const;

/** A customer who does not pay, and what the policy does to them until a day. */
export function unpaidAccounts(entry: Entry<Customer>, { compiled, at }: Company, until: Day): AgendaItem[] {
  const { timeline } = compiled(entry);
  if (!timeline) return [];
  const now = onDay(timeline, at);
  if (now.stage !== 'pastDue' && now.stage !== 'suspended') return [];
  const further: readonly string[] = worse[now.stage];
  const then = timeline.segments.find(
    ({ from, stage }) => from !== null && from > at && from <= until && further.includes(stage),
  );
  const index = entry.data.statuses?.findIndex(({ since, until: last }) => since <= at && at <= (last ?? at)) ?? -1;
  const status = entry.data.statuses?.[index];
  const place = entry.document.locate(index < 0 ? ['statuses'] : ['statuses', index], 'key');
  const turns = then
    ? `${words[then.stage as keyof typeof words]} on ${then.from} by itself (${then.plan})`
    : `nothing more happens until ${until}`;
  return [
    {
      customer: entry.id,
      name: entry.data.name,
      what: `${now.stage === 'pastDue' ? 'past due' : 'suspended'}${status ? ` since ${status.since}${status.because ? ` (${status.because})` : ''}` : ''}: ${turns}`,
      next: 'collect; once it is paid, end the status with `until`',
      path: place.path,
      line: place.start.line,
    },
  ];
}
