import { describe, expect, it } from 'vitest';
import type { CommitEvidence, Evidence } from '../../engine/verify/evidence.ts';
import { type CustomerStep, lastChanges } from '../../engine/verify/last-changes.ts';
import { recordApprovals } from '../../engine/verify/record-approvals.ts';
import { recordAt, recordsOf } from '../../engine/verify/records-of.ts';
import type { Customer } from '../../schemas/customer.ts';
import type { Exception } from '../../schemas/exception.ts';

const exception = (id: string, offer: string): Exception => ({
  id,
  need: 'Everybody signs in.',
  kind: 'workflow',
  area: 'access',
  askedBy: 'jo@product.example',
  askedOn: '2026-05-02',
  neededBy: '2026-06-02',
  worth: { amount: '500.00', currency: 'USD', per: 'year' },
  demand: [],
  usedBy: 'everybody',
  decision: 'no',
  because: 'nobody else asks',
  owner: 'team-a',
  handledBy: 'team-b',
  livesIn: 'config',
  hoursPerMonth: 0,
  offer,
});

const acme = (...exceptions: Exception[]): Customer => ({ name: 'Acme', plan: 'studio@1', exceptions });
const [one, two] = [exception('EX-1', 'a'), exception('EX-2', 'b')];

const rich: Customer = {
  ...acme(one),
  contracts: [
    {
      id: 'C-1',
      plan: 'enterprise@1',
      starts: '2026-06-01',
      amendments: [{ on: '2026-08-15', quantities: { seats: 7 } }],
    },
  ],
  trials: [{ kind: 'pilot', plan: 'pilot@1', starts: '2026-03-02', ends: '2026-03-31' }],
  amendments: [{ on: '2026-02-15', quantities: { seats: 7 } }],
};

describe('what is agreed with a customer', () => {
  it('is known by name, amendments of a contract apart from it', () => {
    expect(Object.fromEntries(recordsOf(rich))).toEqual({
      'contract C-1': { id: 'C-1', plan: 'enterprise@1', starts: '2026-06-01' },
      'contract C-1 on 2026-08-15': { on: '2026-08-15', quantities: { seats: 7 } },
      'trial 2026-03-02': rich.trials?.[0],
      'exception EX-1': one,
    });
    expect(recordsOf({ name: 'Acme', plan: 'studio@1' }).size).toBe(0);
  });

  it.each([
    [['exceptions', 0, 'set', 'seats'], 'exception EX-1'],
    [['exceptions', 0], 'exception EX-1'],
    [['contracts', 0, 'billing', 'paymentTerms'], 'contract C-1'],
    [['contracts', 0, 'amendments', 0, 'quantities'], 'contract C-1 on 2026-08-15'],
    [['trials', 0, 'quantities'], 'trial 2026-03-02'],
    [['amendments', 0, 'quantities'], undefined],
    [['exceptions', 1], undefined],
    [['quantities', 'seats'], undefined],
    [[], undefined],
  ] as const)('lies at %j: %s', (pointer, name) => {
    expect(recordAt(rich, pointer)).toBe(name);
  });
});

/** The steps of a history that is written oldest first, and how many of them were read. */
function historyOf(...states: (Customer | null | undefined)[]): { steps: AsyncIterable<CustomerStep>; read(): number } {
  let count = 0;
  async function* walk(): AsyncGenerator<CustomerStep> {
    for (let at = states.length - 1; at > 0; at -= 1) {
      count += 1;
      yield { commit: `c${at}`, before: states[at - 1], after: states[at] };
    }
  }
  return { steps: walk(), read: () => count };
}

const edited = exception('EX-1', 'something else');

describe('the commit that gave a record its form', () => {
  it.each<[what: string, states: (Customer | null | undefined)[], found: object, read: number]>([
    ['is the one that added it', [null, acme(one)], { 'exception EX-1': 'c1' }, 1],
    ['is not one that changed another', [acme(), acme(one), acme(one, two)], { 'exception EX-1': 'c1' }, 2],
    ['nor one that put it elsewhere', [acme(two), acme(two, one), acme(one, two)], { 'exception EX-1': 'c1' }, 2],
    ['is the one that edited it last', [acme(), acme(edited), acme(one)], { 'exception EX-1': 'c2' }, 1],
    ['is the last of several', [acme(one), acme(edited), acme(one)], { 'exception EX-1': 'c2' }, 1],
    ['is unknown for what is not published', [null, acme(two)], {}, 1],
    ['is unknown for what is published otherwise', [acme(one), acme(edited)], {}, 1],
    ['is unknown for what has been there as long as is known', [acme(one), acme(one, two)], {}, 1],
    ['is unknown beyond a file nobody can read', [acme(), acme(one), undefined, acme(one)], {}, 1],
    ['is unknown where the published file cannot be read', [acme(one), undefined], {}, 1],
    ['is unknown where the file is gone', [acme(one), null], {}, 1],
    ['is unknown without a history', [acme(one)], {}, 0],
  ])('%s', async (_, states, found, read) => {
    const history = historyOf(...states);
    expect(Object.fromEntries(await lastChanges(acme(one), history.steps))).toEqual(found);
    expect(history.read()).toBe(read);
  });

  it('is found for each record on its own', async () => {
    const { steps } = historyOf(null, acme(two), acme(two, edited), acme(two, one), acme(two, one));
    expect(Object.fromEntries(await lastChanges(acme(one, two), steps))).toEqual({
      'exception EX-1': 'c3',
      'exception EX-2': 'c1',
    });
  });
});

const classesOf = (...given: [name: string, ...users: number[]][]): CommitEvidence['classes'] =>
  Object.fromEntries(given.map(([name, ...users]) => [name, { subject: 'f'.repeat(64), reviews: [1], users }]));

async function* releases(...each: CommitEvidence[][]): AsyncGenerator<Evidence> {
  for (const commits of each)
    yield {
      v: 1,
      kind: 'evidence',
      repo: 'acme/terms',
      env: 'production',
      channel: 'stable',
      verify: 'github',
      from: 'c0',
      to: 'c9',
      commits,
    };
}

const approvers = async (commit: string) => ({
  people: [
    { id: 1002, login: commit === 'c1' ? 'kim' : 'kimberly', classes: ['product'] },
    { id: 1003, login: 'ola', classes: ['finance'] },
  ],
});

describe('who approved a record', () => {
  it.each<[what: string, evidence: CommitEvidence[][], approvals: object]>([
    [
      'is who approved its commit, by class, under the login of then',
      [
        [{ commit: 'c2', pull: 8, classes: classesOf(['product', 1003]) }],
        [{ commit: 'c1', pull: 7, classes: classesOf(['finance', 1003], ['product', 1002, 9]) }],
      ],
      {
        'exception EX-1': [
          { id: 1003, login: 'ola', class: 'finance', pull: 7, commit: 'c1' },
          { id: 1002, login: 'kim', class: 'product', pull: 7, commit: 'c1' },
          { id: 9, class: 'product', pull: 7, commit: 'c1' },
        ],
      },
    ],
    [
      'is told without a pull request where there was none',
      [[{ commit: 'c1', classes: classesOf(['product', 1002]) }]],
      { 'exception EX-1': [{ id: 1002, login: 'kim', class: 'product', commit: 'c1' }] },
    ],
    [
      'is who ratified it, and there',
      [[{ commit: 'c1', pull: 7, ratifiedBy: 9, classes: classesOf(['product', 1002]) }]],
      { 'exception EX-1': [{ id: 1002, login: 'kim', class: 'product', pull: 9, commit: 'c1' }] },
    ],
    ['is nobody where nobody had to', [[{ commit: 'c1', pull: 7, classes: {} }]], {}],
    ['is nobody where it was undone', [[{ commit: 'c1', undoneBy: 'c2', classes: classesOf(['product', 1002]) }]], {}],
    ['is nobody where no release says', [[{ commit: 'c2', classes: classesOf(['product', 1002]) }]], {}],
    ['is nobody where nothing was verified', [], {}],
  ])('%s', async (_, evidence, approvals) => {
    const found = await recordApprovals(new Map([['exception EX-1', 'c1']]), releases(...evidence), approvers);
    expect(Object.fromEntries(found)).toEqual(approvals);
  });

  it('is told of every record of a commit, and no evidence is read beyond the last', async () => {
    const commits = [{ commit: 'c1', classes: classesOf(['product', 1002]) }];
    const given = [{ id: 1002, login: 'kim', class: 'product', commit: 'c1' }];
    const changes = new Map([
      ['exception EX-1', 'c1'],
      ['contract C-1', 'c1'],
    ]);
    async function* endless(): AsyncGenerator<Evidence> {
      yield* releases(commits);
      throw new Error('read too far');
    }
    expect(Object.fromEntries(await recordApprovals(changes, endless(), approvers))).toEqual({
      'exception EX-1': given,
      'contract C-1': given,
    });
    expect((await recordApprovals(new Map(), endless(), approvers)).size).toBe(0);
  });
});
