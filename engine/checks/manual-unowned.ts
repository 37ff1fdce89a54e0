import type { Customer } from '../../schemas/customer.ts';
import type { Entry } from '../model.ts';
import { list } from '../report/list.ts';
import { defineCheck } from './check.ts';
import { placeIn } from './facts/place-in.ts';
import { isPlaceholder } from './facts/plain-words.ts';

interface ByHand {
  what: string;
  owner: string;
  handledBy?: string;
  runbook?: string;
}

export const check = defineCheck({
  name: 'manual-unowned',
  summary: 'something is kept true by hand, and nobody owns it, answers for it, or can read how it is done',
  scope: 'change',
  severity: 'error',
  options: {},
  example: {
    finds: {
      'customers/acme.yaml':
        'exceptions: [{ livesIn: manual, runbook: docs/refunds.md, owner: tbd, set: { sso: true } }]',
    },
    ignores: {
      'customers/acme.yaml':
        'exceptions: [{ livesIn: manual, runbook: docs/refunds.md, owner: team-billing, set: { sso: true } }]',
    },
  },
  *find(change) {
    for (const { customer, pointer, after } of change.exceptions)
      if (after.livesIn === 'manual')
        yield* missingIn(customer, pointer, { what: after.id, ...after, handledBy: after.handledBy });
    for (const { customer, pointer, before, after } of change.contracts)
      for (const [index, promise] of (after.promises ?? []).entries()) {
        const isOld = before?.promises?.some(
          ({ what, owner, runbook }) => what === promise.what && owner === promise.owner && runbook === promise.runbook,
        );
        if (promise.livesIn === 'manual' && !isOld)
          yield* missingIn(customer, [...pointer, 'promises', index], {
            ...promise,
            what: `the promise “${promise.what}”`,
          });
      }
  },
});

function* missingIn(
  customer: Entry<Customer>,
  pointer: readonly (string | number)[],
  { what, owner, handledBy, runbook }: ByHand,
) {
  const missing = [
    ...(isPlaceholder(owner) ? ['an owner'] : []),
    ...(handledBy !== undefined && isPlaceholder(handledBy) ? ['somebody who answers when it breaks'] : []),
    ...(runbook === undefined || isPlaceholder(runbook) ? ['a runbook'] : []),
  ];
  if (missing.length > 0)
    yield {
      at: placeIn(customer, ...pointer, 'livesIn'),
      message: `${what} is kept true by hand, without ${list(missing)}`,
      help: 'name who keeps it true, who answers for it, and the page that says how it is done',
    };
}
