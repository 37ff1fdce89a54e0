import { onDay } from '../../runtime/terms/at.ts';
import { forEver, nextDay } from '../../runtime/terms/days.ts';
import type { Day, Timeline } from '../../runtime/terms/timeline.ts';
import type { Customer } from '../../schemas/customer.ts';
import { openEmergency } from '../approve/emergency-last-day.ts';
import type { Entry } from '../model.ts';
import { whatItDoes } from '../what-it-does.ts';
import type { Company } from './company.ts';
import type { Ending } from './ending.ts';
import { newEnding } from './new-ending.ts';

/** The ends that trials, exceptions, services and add-ons state. */
export function recordEndings(entry: Entry<Customer>, company: Company): Ending[] {
  const { timeline, exceptions } = company.compiled(entry);
  const { trials = [], addOns = [], contracts = [], exceptions: records = [] } = entry.data;
  const ending = newEnding(entry);
  const after = (last: Day) => (timeline ? fallText(timeline, last) : '');
  const isHeld = (kind: 'exception' | 'addOn', id: string, last: Day): boolean =>
    timeline !== undefined &&
    onDay(timeline, nextDay(last)).layers.some(
      (layer) => layer.kind === kind && layer.id === id && layer.heldSince === nextDay(last),
    );
  return [
    ...trials.map(({ kind, plan, starts, ends }, index) => ({
      ...ending(kind, starts, ends, ['trials', index], `the ${kind} of ${plan} ends`, after(ends)),
      isFollowed: [...contracts, ...trials].some((other) => other.starts === nextDay(ends)),
    })),
    ...exceptions.flatMap(({ index, exception, lastDay, droppedOn }) => {
      if (lastDay === forEver || (droppedOn !== undefined && droppedOn <= lastDay)) return [];
      const kind = exception.decision === 'promise' ? 'promise' : 'exception';
      const what = `${exception.id} (${whatItDoes(exception)}) ends`;
      const emergency = openEmergency(exception);
      return [
        {
          ...ending(
            kind,
            exception.id,
            lastDay,
            ['exceptions', index],
            what,
            goneText('gives', isHeld('exception', exception.id, lastDay)),
          ),
          ...(emergency !== undefined && { emergency }),
        },
      ];
    }),
    ...records.flatMap((record, index) =>
      record.decision === 'service' && record.ends !== undefined
        ? [
            ending(
              'service',
              record.id,
              record.ends,
              ['exceptions', index],
              `${record.id} is to be done (${record.need})`,
              'nothing of it is left',
            ),
          ]
        : [],
    ),
    ...addOns.flatMap(({ id, ends }, index) =>
      ends === undefined
        ? []
        : [
            ending(
              'addOn',
              id,
              ends,
              ['addOns', index],
              `add-on ${id} ends`,
              goneText('gave', isHeld('addOn', id, ends)),
            ),
          ],
    ),
  ];
}

const goneText = (verb: 'gives' | 'gave', isHeld: boolean): string =>
  `what it ${verb} is gone${isHeld ? ', but for what is held' : ''}`;

function fallText(timeline: Timeline, last: Day): string {
  const { plan, stage, terms } = onDay(timeline, nextDay(last));
  const { contract } = terms;
  if (contract)
    return contract.starts > last ? `contract ${contract.id} follows, on ${plan}` : `${contract.id} goes on without it`;
  if (stage === 'trial' || stage === 'pilot') return `the ${stage} of ${plan} follows`;
  return `falls back to ${plan}${stage === 'active' ? '' : `, ${stage}`}`;
}
