import { describe, expect, it } from 'vitest';
import { asked, type Files, proveFaults, readSample } from './read-sample.ts';

const studio = (more: string) => `name: Studio
rank: 20
settings: { seats: 5 }
price: { currency: USD, per: month, amount: "49.00", units: { seats: { amount: "9.00", min: 5, max: 50 } } }
${more}
`;
const files: Files = {
  'plans/studio@1.yaml': studio('becomes: { plan: studio@3, on: 2026-03-01 }'),
  'plans/studio@3.yaml': studio('').replace('max: 50', 'max: 20'),
  'plans/studio@4.yaml': 'name: Large\nrank: 20\nsettings: { seats: 8 }\nprice: { contactSales: true }\n',
};
const toUnsold: Files = { ...files, 'plans/studio@1.yaml': studio('becomes: { plan: studio@4, on: 2026-03-01 }') };
const amendOrStay = 'amend `quantities` on 2026-03-01, or let the customer keep its plan: `staysOn: studio@1`';

proveFaults('what was bought when the plan becomes another', [
  { says: 'goes on', acme: 'plan: studio@1\nquantities: { seats: 20 }', faults: [], files },
  {
    says: 'ends where the new plan does not sell as many, with a warning',
    acme: 'plan: studio@1\nquantities: { seats: 21 }',
    faults: [
      `warning quantity-ends :3 «21» seats: 21 ends on 2026-03-01, when studio@1 becomes studio@3: studio@3 sells at most 20 seats | ${amendOrStay}`,
    ],
    files,
  },
  {
    says: 'ends where the new plan sells none, with a warning',
    acme: 'plan: studio@1\namendments: [{ on: 2026-01-20, quantities: { seats: 9 } }]',
    faults: [
      `warning quantity-ends :3 «9» seats: 9 ends on 2026-03-01, when studio@1 becomes studio@4: studio@4 does not sell seats by the unit | ${amendOrStay}`,
    ],
    files: toUnsold,
  },
  {
    says: 'without one where the new plan includes as many',
    acme: 'plan: studio@1\nquantities: { seats: 8 }',
    faults: [],
    files: toUnsold,
  },
  {
    says: 'or where it is stated anew on that day',
    acme: 'plan: studio@1\nquantities: { seats: 21 }\namendments: [{ on: 2026-03-01, quantities: { seats: 20 } }]',
    faults: [],
    files,
  },
  {
    says: 'or where the customer stays',
    acme: 'plan: studio@1\nstaysOn: studio@1\nquantities: { seats: 21 }',
    faults: [],
    files,
  },
  {
    says: 'is judged by the new plan in an amendment from that day on, to the old plan too',
    acme: 'plan: starter@1\namendments: [{ on: 2026-03-01, plan: studio@1, quantities: { seats: 21 } }]',
    faults: ['quantity :3 «21» seats: 21 cannot be bought: studio@3 sells at most 20 seats'],
    files,
  },
]);

proveFaults('who stays on a plan', [
  { says: 'has it as base plan', acme: 'plan: studio@1\nstaysOn: studio@1', faults: [], files },
  {
    says: 'or has it some day',
    acme: 'plan: starter@1\nstaysOn: studio@1\namendments: [{ on: 2026-02-01, plan: studio@1 }]',
    faults: [],
    files,
  },
  {
    says: 'names a plan there is',
    acme: 'plan: studio@1\nstaysOn: studoi@1',
    faults: [
      'unknown-plan :3 «studoi@1» no plan named studoi@1; did you mean studio@1? | a plan is a file: plans/studoi@1.yaml',
    ],
    files,
  },
  {
    says: 'that becomes another',
    acme: 'plan: studio@3\nstaysOn: studio@3',
    faults: [
      'warning stays-on-nothing :3 «studio@3» studio@3 becomes no other plan, so there is nothing to stay out of | remove `staysOn`, or name the plan that moves',
    ],
    files,
  },
  {
    says: 'and not one it only has by a contract',
    acme: 'plan: starter@1\nstaysOn: studio@1\ncontracts: [{ id: C-1, plan: studio@1, starts: 2026-02-01 }]',
    faults: [
      'warning stays-on-nothing :3 «studio@1» studio@1 is the base plan of this customer on no day | remove `staysOn`, or name the plan that is: contracts and trials never move',
    ],
    files,
  },
]);

describe('a plan that becomes one there is not', () => {
  it('leaves nobody who has it with terms, and blames only the plan', async () => {
    const lost = { ...files, 'plans/studio@3.yaml': undefined, 'plans/studio@4.yaml': undefined };
    const acme = { 'customers/acme.yaml': 'name: Acme\nplan: studio@1\n' };
    const stays = { 'customers/stays.yaml': 'name: Stays\nplan: studio@1\nstaysOn: studio@1\n' };
    const { compiled, diagnostics } = await readSample({ ...lost, ...acme, ...stays });
    expect(diagnostics.map(({ rule, at }) => `${rule} ${at.path}`)).toEqual(['unknown-plan plans/studio@1.yaml']);
    expect([...compiled.customers].map(([id, { timeline }]) => [id, timeline !== undefined])).toEqual([
      ['acme', false],
      ['stays', true],
    ]);
  });
});

const emergency = (dates: string, more = '') =>
  `plan: studio@1\nexceptions:\n  - ${asked(
    'EX-1',
    `livesIn: config, decision: configuration, set: { sso: true }, onUpgrade: keep, onDowngrade: keep, onLapse: keep, ${dates}, breakGlass: { because: the launch, on: 2026-02-01${more} }`,
  )}`;

proveFaults('an emergency', [
  { says: 'lasts three days', acme: emergency('starts: 2026-02-01, expires: 2026-02-03'), faults: [] },
  {
    says: 'and no longer',
    acme: emergency('starts: 2026-02-01, expires: 2026-02-04'),
    faults: [
      'break-glass-long :4 «2026-02-04» EX-1 was made in an emergency on 2026-02-01 and expires 2026-02-04, later than 2026-02-03 | let it expire on 2026-02-03 at the latest, and write what is to stay as an exception under the usual approvals',
    ],
  },
  {
    says: 'not as long as a contract',
    acme: emergency('starts: 2026-02-01, expires: contract').replace(
      'exceptions:',
      'contracts: [{ id: C-1, plan: studio@1, starts: 2026-01-01 }]\nexceptions:',
    ),
    faults: [
      'break-glass-long :5 «contract» EX-1 was made in an emergency on 2026-02-01 and expires with the contract, later than 2026-02-03 | let it expire on 2026-02-03 at the latest, and write what is to stay as an exception under the usual approvals',
    ],
  },
  {
    says: 'does not begin before it was made',
    acme: emergency('starts: 2026-01-31, expires: 2026-02-03'),
    faults: [
      'break-glass-early :4 «2026-01-31» EX-1 starts 2026-01-31, before it was made in an emergency, 2026-02-01 | start it on 2026-02-01 or later: what was before cannot be agreed in an emergency',
    ],
  },
  {
    says: 'is closed that day or later',
    acme: emergency('starts: 2026-02-01, expires: 2026-02-02', ', closed: { on: 2026-02-01, because: agreed }'),
    faults: [],
  },
  {
    says: 'not before',
    acme: emergency('starts: 2026-02-01, expires: 2026-02-02', ', closed: { on: 2026-01-31, because: agreed }'),
    faults: ['break-glass-closed-early :4 «2026-01-31» EX-1 is closed on 2026-01-31, before it was made, 2026-02-01'],
  },
]);
