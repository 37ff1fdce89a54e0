import { addDays } from '../../runtime/terms/days.ts';
import { isOpen } from '../approve/break-glass.ts';
import { longestEmergency } from '../compile/longest-emergency.ts';
import { defineCheck } from './check.ts';
import { exceptionLives } from './facts/exception-lives.ts';
import { placeIn } from './facts/place-in.ts';

export const check = defineCheck({
  name: 'break-glass',
  summary: 'what was made in an emergency is over, and nobody has said what became of it',
  scope: 'standing',
  severity: 'error',
  options: {},
  example: {
    finds: {
      'customers/acme.yaml':
        'exceptions: [{ set: { apiCalls: 90000 }, starts: 2026-11-10, expires: 2026-11-12, breakGlass: { on: 2026-11-10, because: The launch. } }]',
    },
    ignores: {
      'customers/acme.yaml':
        'exceptions: [{ set: { apiCalls: 90000 }, starts: 2026-11-10, expires: 2026-11-12, breakGlass: { on: 2026-11-10, because: The launch., closed: { on: 2026-11-12, because: It was for one day. } } }]',
    },
  },
  *find(change) {
    for (const customer of change.standing) {
      if (!customer.data.exceptions?.some((exception) => 'breakGlass' in exception)) continue;
      for (const { index, exception, ends } of exceptionLives(change, customer)) {
        if (!isOpen(exception)) continue;
        const { id, breakGlass } = exception;
        const longest = longestEmergency(breakGlass.on);
        const last = ends < longest ? ends : longest;
        if (change.at <= last) continue;
        yield {
          at: placeIn(customer, 'exceptions', index, 'breakGlass'),
          message: `${id} was made in an emergency and has been over since ${addDays(last, 1)}, and nobody has said what became of it`,
          help: 'look at it with those who would have approved it, and add `closed: { on, because }`; releases wait for that',
        };
      }
    }
  },
});
