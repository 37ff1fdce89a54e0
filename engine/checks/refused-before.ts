import type { Customer } from '../../schemas/customer.ts';
import type { Exception } from '../../schemas/exception.ts';
import type { Pointer } from '../document.ts';
import type { Entry } from '../model.ts';
import { defineCheck } from './check.ts';
import type { Edited, EditedRecord } from './checked-change.ts';
import { placeIn } from './facts/place-in.ts';

type Refusal = Extract<Exception, { decision: 'no' }>;

export const check = defineCheck({
  name: 'refused-before',
  summary: 'a customer gets what was refused them: a recorded `no` names the setting or the action',
  scope: 'change',
  severity: 'error',
  options: {},
  example: {
    before: {
      'customers/acme.yaml':
        'exceptions: [{ id: EX-1, decision: no, need: Legal approves refunds., because: One customer alone asks., offer: The approvals everybody has., refuses: { settings: [sso] } }]',
    },
    finds: {
      'customers/acme.yaml':
        'exceptions:\n  - { id: EX-1, decision: no, need: Legal approves refunds., because: One customer alone asks., offer: The approvals everybody has., refuses: { settings: [sso] } }\n  - { id: EX-2, set: { sso: true } }',
    },
    ignores: {
      'customers/acme.yaml':
        'exceptions:\n  - { id: EX-1, decision: no, need: Legal approves refunds., because: One customer alone asks., offer: The approvals everybody has., refuses: { settings: [sso] } }\n  - { id: EX-2, set: { sessionHours: 8 } }',
    },
  },
  *find(change) {
    const exceptions = new Map<string, EditedRecord<Exception>[]>();
    for (const record of change.exceptions) {
      const known = exceptions.get(record.customer.id);
      if (known) known.push(record);
      else exceptions.set(record.customer.id, [record]);
    }
    for (const edited of change.customers) {
      if (!edited.after) continue;
      const refusals = refusalsOf(edited);
      if (refusals.length === 0) continue;
      for (const { what, at, kind, name } of givenIn(exceptions.get(edited.id) ?? [], edited.after, edited.before)) {
        const refused = refusals.find(({ refusal: { refuses } }) => refuses?.[kind]?.includes(name));
        if (!refused) continue;
        const { refusal, entry, index } = refused;
        yield {
          at: placeIn(edited.after, ...at),
          message: `${what} touches ${name}, which ${refusal.id} refused: “${refusal.need}”, because “${refusal.because}”`,
          help: `${refusal.offer === undefined ? '' : `offered instead: “${refusal.offer}”; `}to decide anew, first take the refusal back in a change of its own: narrow its \`refuses\``,
          related: { message: `${refusal.id} is here`, at: placeIn(entry, 'exceptions', index) },
        };
      }
    }
  },
});

/** What was refused before the change and what it refuses: a refusal that goes in the same change still counts. */
function refusalsOf({
  before,
  after,
}: Edited<Customer>): { refusal: Refusal; entry: Entry<Customer>; index: number }[] {
  return [after, before].flatMap((entry) =>
    (entry?.data.exceptions ?? []).flatMap((refusal, index) =>
      refusal.decision === 'no' && entry ? [{ refusal, entry, index }] : [],
    ),
  );
}

interface Given {
  what: string;
  at: Pointer;
  kind: 'settings' | 'actions';
  name: string;
}

/** Everything a change gives one customer by name: by exceptions, and by groups that may do more. */
function givenIn(
  records: readonly EditedRecord<Exception>[],
  after: Entry<Customer>,
  before?: Entry<Customer>,
): Given[] {
  const exceptions = records.flatMap(({ pointer, after: exception }): Given[] => {
    if (exception.decision !== 'configuration') return [];
    const settings = Object.keys({ ...exception.set, ...exception.add });
    return [
      ...settings.map(
        (name): Given => ({
          what: exception.id,
          at: [...pointer, Object.hasOwn(exception.set ?? {}, name) ? 'set' : 'add', name],
          kind: 'settings',
          name,
        }),
      ),
      ...(exception.access ?? []).map(
        ({ action }, index): Given => ({
          what: exception.id,
          at: [...pointer, 'access', index, 'action'],
          kind: 'actions',
          name: action,
        }),
      ),
    ];
  });
  const known = new Set(
    before?.data.access?.groups?.flatMap(({ name, may = [] }) => may.map((action) => `${name} ${action}`)),
  );
  const groups = (after.data.access?.groups ?? []).flatMap(({ name, may = [] }, index) =>
    may.flatMap((action, position): Given[] =>
      known.has(`${name} ${action}`)
        ? []
        : [{ what: `group ${name}`, at: ['access', 'groups', index, 'may', position], kind: 'actions', name: action }],
    ),
  );
  return [...exceptions, ...groups];
}
