import { onDay } from '../../runtime/terms/at.ts';
import { pointerSteps } from '../compile/pointer-text.ts';
import { valueText } from '../report/value-text.ts';
import { defineCheck } from './check.ts';
import { exceptionLives } from './facts/exception-lives.ts';
import { placeIn } from './facts/place-in.ts';

const wording: Readonly<Record<string, string>> = {
  onUpgrade: 'an upgrade',
  onDowngrade: 'a downgrade',
  onLapse: 'a lapse',
};

export const check = defineCheck({
  name: 'ended-still-felt',
  summary:
    'an exception is over and still looks in force: its value is held, or its dates do not say that it was dropped',
  scope: 'standing',
  severity: 'warning',
  options: {},
  example: {
    finds: {
      'customers/acme.yaml': 'exceptions: [{ set: { dataRegion: eu }, starts: 2026-03-01, expires: 2026-09-30 }]',
    },
    ignores: { 'customers/acme.yaml': 'exceptions: [{ set: { sso: true }, starts: 2026-03-01, expires: 2026-09-30 }]' },
  },
  *find(change) {
    for (const customer of change.standing) {
      const timeline = change.after(customer.id)?.timeline;
      const now = timeline && onDay(timeline, change.at);
      if (!now || now.stage === 'closed') continue;
      for (const { kind, id, at, set, heldSince } of now.layers) {
        if (kind !== 'exception' || heldSince === undefined || at === undefined) continue;
        yield {
          at: placeIn(customer, ...pointerSteps(at)),
          message: `${id} ended, and what it gave is held since ${heldSince}, paid by nothing: ${valueText(set)}`,
          help: 'agree what the customer has from now on, and write it down: an exception, an add-on or a plan that names the setting',
        };
      }
      for (const { index, exception, starts, ends, droppedOn, droppedBy } of exceptionLives(change, customer)) {
        if (droppedOn === undefined || starts > change.at || ends < change.at || droppedOn > change.at) continue;
        yield {
          milder: true,
          at: placeIn(customer, 'exceptions', index, 'expires'),
          message: `${exception.id} reads as if it were in force, and ${wording[droppedBy ?? '']} dropped it for good on ${droppedOn}`,
          help: 'nothing to do if that was meant; a customer who needs it again needs a new record',
        };
      }
    }
  },
});
