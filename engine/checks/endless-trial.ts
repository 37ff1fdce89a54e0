import { addDays } from '../../runtime/terms/days.ts';
import type { Trial } from '../../schemas/customer.ts';
import { plural } from '../report/plural.ts';
import { defineCheck } from './check.ts';
import { placeIn } from './facts/place-in.ts';

export const check = defineCheck({
  name: 'endless-trial',
  summary: 'a trial or a pilot lasts too long, or is followed by the next one again and again',
  scope: 'change',
  severity: 'warning',
  options: {
    trial: { kind: 'days', default: 45, description: 'The longest a trial may last.' },
    pilot: { kind: 'days', default: 100, description: 'The longest a pilot may last.' },
    inRow: { kind: 'count', default: 2, description: 'How many may follow each other.' },
    apart: { kind: 'days', default: 60, description: 'With how many days between them they still follow each other.' },
  },
  example: {
    finds: {
      'customers/acme.yaml':
        'plan: starter@1\ntrials: [{ kind: trial, plan: studio@2, starts: 2026-12-01, ends: 2027-06-30 }]',
    },
    ignores: {
      'customers/acme.yaml':
        'plan: starter@1\ntrials: [{ kind: trial, plan: studio@2, starts: 2026-12-01, ends: 2026-12-31 }]',
    },
  },
  *find(change, options) {
    for (const { before, after } of change.customers) {
      if (!after) continue;
      const isOld = ({ kind, starts, ends }: Trial) =>
        before?.data.trials?.some((old) => old.kind === kind && old.starts === starts && old.ends >= ends);
      const trials = (after.data.trials ?? []).map((trial, index) => ({ trial, index }));
      trials.sort((one, other) => (one.trial.starts < other.trial.starts ? -1 : 1));
      let inRow = 0;
      let last = '';
      for (const { trial, index } of trials) {
        inRow = last !== '' && trial.starts <= addDays(last, options.apart) ? inRow + 1 : 1;
        last = trial.ends;
        if (isOld(trial)) continue;
        const days = Math.round((Date.parse(trial.ends) - Date.parse(trial.starts)) / 86_400_000) + 1;
        if (days > options[trial.kind])
          yield {
            at: placeIn(after, 'trials', index, 'ends'),
            message: `the ${trial.kind} lasts ${plural(days, 'day')}; a ${trial.kind} lasts ${options[trial.kind]} at most`,
            help: `end it by ${addDays(trial.starts, options[trial.kind] - 1)}; whoever needs longer is using it: offer a contract`,
          };
        if (inRow > options.inRow)
          yield {
            at: placeIn(after, 'trials', index, 'starts'),
            message: `this is trial number ${inRow} in a row; ${options.inRow} is the most`,
            help: 'offer a contract, or a free plan; a trial that goes on is a discount of all of it',
          };
      }
    }
  },
});
