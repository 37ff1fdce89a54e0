import { onDay } from '../../runtime/terms/at.ts';
import { addDays, nextDay } from '../../runtime/terms/days.ts';
import type { Day, Segment } from '../../runtime/terms/timeline.ts';
import type { Customer } from '../../schemas/customer.ts';
import type { Entry } from '../model.ts';
import { termEnd } from '../views/term-end.ts';
import { defineCheck, type Finding } from './check.ts';
import { placeIn } from './facts/place-in.ts';

export const check = defineCheck({
  name: 'agreement-ends',
  summary:
    'a contract has ended, must be renewed or told off by a day that is near, or a trial ends with nothing after it',
  scope: 'standing',
  severity: 'warning',
  options: {
    days: {
      kind: 'days',
      default: 30,
      description: 'How many days before the day on which somebody must have decided.',
    },
    trialDays: { kind: 'days', default: 14, description: 'How many days before the end of a trial.' },
  },
  example: {
    finds: {
      'customers/acme.yaml':
        'plan: starter@1\ncontracts: [{ id: C-1, plan: studio@2, starts: 2026-01-01, ends: 2026-12-31, renewal: { kind: manual, noticeDays: 60 } }]',
    },
    ignores: {
      'customers/acme.yaml':
        'plan: starter@1\ncontracts: [{ id: C-1, plan: studio@2, starts: 2026-07-01, ends: 2027-06-30, renewal: { kind: manual, noticeDays: 60 } }]',
    },
  },
  *find(change, { days, trialDays }) {
    for (const customer of change.standing) {
      const timeline = change.after(customer.id)?.timeline;
      if (!timeline) continue;
      const now = onDay(timeline, change.at);
      if (now.stage === 'closed') continue;
      const ending = contractEnding(customer, timeline.segments, now, change.at, days);
      if (ending) yield ending;
      for (const [index, { kind, plan, starts, ends }] of (customer.data.trials ?? []).entries()) {
        if (starts > change.at || ends < change.at || ends > addDays(change.at, trialDays)) continue;
        const next = onDay(timeline, nextDay(ends));
        const goesOn =
          next.terms.contract !== null ||
          (customer.data.trials ?? []).some((other) => other.starts > starts && other.starts <= nextDay(ends));
        if (goesOn) continue;
        yield {
          at: placeIn(customer, 'trials', index, 'ends'),
          message: `the ${kind} of ${plan} ends ${ends} with nothing after it: ${next.plan} from the next day on`,
          help: 'add the contract, extend the trial once, or tell them what they will have',
        };
      }
    }
  },
});

const renew = ({ id }: Entry<Customer>): string =>
  `renew it with \`proviso new renewal ${id}\`, or agree what comes instead`;

function contractEnding(
  customer: Entry<Customer>,
  segments: readonly Segment[],
  now: Segment,
  at: Day,
  days: number,
): Finding | undefined {
  const { contract } = now.terms;
  if (!contract?.ends) return undefined;
  const index = customer.data.contracts?.findIndex(({ id }) => id === contract.id) ?? -1;
  const place = placeIn(customer, 'contracts', index, 'ends');
  const {
    kind,
    noticeDays = 0,
    months,
  } = (contract.renewal ?? {}) as { kind?: string; noticeDays?: number; months?: number };
  if (now.stage === 'grace') {
    const lapse = segments.find(({ from, stage }) => from !== null && from > at && stage === 'lapsed');
    return {
      at: place,
      message: `contract ${contract.id} ended ${contract.ends} and has no successor${lapse ? `: ${lapse.plan} from ${lapse.from} on` : ''}`,
      help: renew(customer),
    };
  }
  const hasNext = segments.some(({ terms }) => terms.contract !== null && terms.contract.starts > contract.starts);
  if (hasNext) return undefined;
  const ends = kind === 'auto' ? termEnd(contract.starts, contract.ends, months, at) : contract.ends;
  const decide = addDays(ends, -noticeDays);
  if (at < addDays(decide, -days) || at > ends) return undefined;
  if (kind === 'auto')
    return at > decide
      ? undefined
      : {
          milder: true,
          at: place,
          message: `contract ${contract.id} renews by itself on ${nextDay(ends)}; ${decide} is the last day to say otherwise`,
          help: 'nothing to do if it is to go on',
        };
  const after = onDay({ segments }, nextDay(ends));
  return {
    at: place,
    message: `contract ${contract.id} ends ${ends}${noticeDays > 0 ? `, with notice by ${decide}` : ''}: ${after.stage === 'grace' ? 'grace' : after.plan} from the next day on`,
    help: kind === 'none' ? 'tell the customer what they will have' : renew(customer),
  };
}
