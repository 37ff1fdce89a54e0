import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { CustomerView } from '../../runtime/client/customer-view.ts';
import { openTerms } from '../../runtime/client/open-terms.ts';
import { previousDay } from '../../runtime/terms/days.ts';
import { commitAll, git, initAll, writeFiles } from '../temporary-repository.ts';
import { copySample, json, read, run, sampleCompany } from './sample-company.ts';

interface Simulation {
  exitCode: number;
  event: string;
  at: string;
  settings: Record<string, { before: unknown; after: unknown; origin: { kind: string; heldSince?: string } }>;
  exceptions: { id: string; outcome: string }[];
  overCap: unknown[];
  terms: { before: unknown; after: unknown };
  diagnostics: { rule: string; severity: string; help?: string }[];
}

const simulated = async (root: string, ...argv: string[]): Promise<Simulation> =>
  (await json(root, 'simulate', ...argv)) as unknown as Simulation;

const valuesOf = ({ settings }: Simulation, when: 'before' | 'after') =>
  Object.fromEntries(Object.entries(settings).map(([key, value]) => [key, value[when]]));

const afterOf = (simulation: Simulation) => valuesOf(simulation, 'after');

/** What a simulation says of one of its two days, as a product reads it. */
const saidOf = (simulation: Simulation, when: 'before' | 'after') => ({
  values: valuesOf(simulation, when),
  terms: simulation.terms[when],
});

const readOf = ({ values, terms }: CustomerView) => ({ values, terms });

const DAY = '2026-12-01';

/** The six kinds of override, and what each answers: the first that is asked decides. */
const kinds: Record<string, { says: string; upgrade: string; downgrade: string; lapse: string }> = {
  seats: { says: 'decision: configuration\n    add: { seats: 10 }', upgrade: 'keep', downgrade: 'drop', lapse: 'drop' },
  feature: {
    says: 'decision: configuration\n    set: { sso: true }',
    upgrade: 'drop',
    downgrade: 'keep',
    lapse: 'drop',
  },
  region: {
    says: 'decision: configuration\n    set: { dataRegion: eu }',
    upgrade: 'keep',
    downgrade: 'drop',
    lapse: 'drop',
  },
  response: {
    says: 'decision: promise\n    terms: { support: { firstResponseHours: 2 } }',
    upgrade: 'drop',
    downgrade: 'keep',
    lapse: 'keep',
  },
  price: {
    says: 'decision: promise\n    terms: { billing: { unitPrices: { seats: "7.50" } } }',
    upgrade: 'keep',
    downgrade: 'drop',
    lapse: 'drop',
  },
  approval: {
    says: 'decision: configuration\n    set: { seatApproval: true }\n    access: [{ action: activateSeats, approver: admin }]',
    upgrade: 'drop',
    downgrade: 'drop',
    lapse: 'keep',
  },
};

const exceptionOf = (kind: string, id: string): string => {
  const { says, upgrade, downgrade, lapse } = kinds[kind] as (typeof kinds)[string];
  return `exceptions:
  - id: ${id}
    need: The customer needs it.
    kind: commercial
    askedBy: sam@product.example
    askedOn: 2026-01-05
    neededBy: 2026-02-01
    worth: { amount: "1000.00", currency: USD, per: year }
    demand: []
    usedBy: everybody, daily
    because: It was agreed.
    ${says}
    starts: 2026-02-01
    expires: 2027-12-31
    onUpgrade: ${upgrade}
    onDowngrade: ${downgrade}
    onLapse: ${lapse}
    owner: team-billing
    handledBy: support
    livesIn: config
    hoursPerMonth: 0
`;
};

interface Cell {
  now: string;
  ask: string[];
  done: string;
  /** The day that is read. */
  on: string;
  answer: 'upgrade' | 'downgrade' | 'lapse' | 'none';
  /** What is written to come back, and the day that is read then. */
  back?: { done: string; on: string };
}

const account = 'name: Somebody\nplan: studio@2\nbilling: { method: card }\n';
const contract = (ends: string) =>
  `name: Somebody\nplan: starter@1\nbilling: { method: invoice }\ncontracts:\n  - { id: C-ID, plan: enterprise@1, starts: 2026-01-01, ends: ${ends}, renewal: { kind: manual }, quantities: { seats: 40 } }\n`;

/** What happens, how it is asked for, and how somebody would really write it, which is not how the simulation does. */
const cells: Record<string, Cell> = {
  upgrade: {
    now: account,
    ask: ['--event', 'upgrade', '--plan', 'enterprise@1', '--at', DAY],
    done: `${account}amendments:\n  - { on: ${DAY}, plan: enterprise@1, quantities: { seats: 10 } }\n`,
    on: DAY,
    answer: 'upgrade',
  },
  downgrade: {
    now: account,
    ask: ['--event', 'downgrade', '--plan', 'starter@1', '--at', DAY],
    done: `${account}amendments: [{ on: ${DAY}, plan: starter@1 }]\n`,
    on: DAY,
    answer: 'downgrade',
  },
  'unpaid-30-days': {
    now: account,
    ask: ['--stage', 'pastDue', '--since', '2026-11-01', '--at', DAY],
    done: `${account}statuses: [{ stage: pastDue, since: 2026-11-01, because: unpaid }]\n`,
    on: DAY,
    answer: 'none',
  },
  'unpaid-40-days': {
    now: account,
    ask: ['--event', 'lapse', '--at', '2026-12-11'],
    done: `${account}statuses: [{ stage: pastDue, since: 2026-11-01, because: unpaid }]\n`,
    on: '2026-12-11',
    answer: 'lapse',
    back: {
      done: `${account}statuses: [{ stage: pastDue, since: 2026-11-01, until: 2027-01-31, because: paid again }]\n`,
      on: '2027-02-01',
    },
  },
  'contract-end': {
    now: contract('2027-05-31'),
    ask: ['--event', 'lapse', '--at', DAY],
    done: contract('2026-11-16'),
    on: DAY,
    answer: 'lapse',
    back: {
      done: `${contract('2026-11-16')}  - { id: C-ID-2, plan: enterprise@1, starts: 2027-02-01, ends: 2028-01-31, renewal: { kind: manual }, quantities: { seats: 40 } }\n`,
      on: '2027-02-01',
    },
  },
};

const rows = Object.entries(cells).flatMap(([event, cell], column) =>
  Object.keys(kinds).map((kind, row) => {
    const number = column * 10 + row;
    const text = (written: string) =>
      `${written.replaceAll('C-ID', `C-${number}`)}${exceptionOf(kind, `EX-9${number}`)}`;
    return { id: `${kind}-${event}`, kind, exception: `EX-9${number}`, cell, text };
  }),
);

const path = (id: string) => `customers/${id}.yaml`;

async function publishFiles(root: string, files: Record<string, string>, message: string): Promise<string> {
  writeFiles(root, files);
  commitAll(root, message);
  expect(await json(root, 'publish')).toMatchObject({ exitCode: 0, outcome: 'published' });
  return `file:${join(root, '.proviso/store')}`;
}

const publishedTerms = async (root: string, files: Record<string, string>, message: string) =>
  openTerms({ follow: false, store: await publishFiles(root, files, message) });

/** What every way to read says of a customer on a day: by its name or as an account, all in memory or as asked for, by the clock or for a day. */
async function readAll(store: string, id: string, on: string): Promise<unknown[]> {
  const clock = { follow: false, store, now: () => Date.parse(`${on}T12:00:00Z`) };
  const today = await openTerms(clock);
  const lazy = await openTerms({ ...clock, load: 'lazy' });
  const other = await openTerms({ ...clock, now: () => Date.parse('2026-07-01T12:00:00Z') });
  const views = [
    today.customer(id),
    today.account({ account: id }),
    other.customer(id)?.at(on),
    other.account({ account: id }).at(on),
    await lazy.customer(id),
    await lazy.account({ account: id }),
  ];
  await Promise.all([today, lazy, other].map((terms) => terms.close()));
  return views.map((view) => view && readOf(view));
}

describe('each kind of override × what can happen to a customer', () => {
  const asked = new Map<string, Simulation>();
  let root = '';

  beforeAll(async () => {
    root = mkdtempSync(join(tmpdir(), 'proviso-test-'));
    copySample(root);
    writeFiles(root, {
      '.gitignore': '.proviso/\n',
      ...Object.fromEntries(rows.map(({ id, cell, text }) => [path(id), text(cell.now)])),
    });
    initAll(root);
    for (const { id, cell } of rows) asked.set(id, await simulated(root, id, ...cell.ask));
    return () => rmSync(root, { recursive: true, force: true });
  });

  it.each(['before', 'after'] as const)(
    'in every cell and every way to read, the product reads what was simulated: %s',
    async (when) => {
      const files = rows.map(({ id, cell, text }) => [path(id), text(when === 'before' ? cell.now : cell.done)]);
      const store = await publishFiles(root, Object.fromEntries(files), `really done: ${when}`);
      expect(rows).toHaveLength(Object.keys(kinds).length * Object.keys(cells).length);
      for (const { id, cell } of rows) {
        const simulation = asked.get(id) as Simulation;
        expect([id, simulation.exitCode, simulation.at]).toEqual([id, 0, cell.on]);
        const read = await readAll(store, id, when === 'before' ? previousDay(cell.on) : cell.on);
        expect([id, read]).toEqual([id, read.map(() => saidOf(simulation, when))]);
      }
    },
  );

  it('each override is kept or dropped as its record answers', () => {
    for (const { id, kind, exception, cell } of rows) {
      const says = cell.answer === 'none' ? 'keep' : kinds[kind]?.[cell.answer];
      const outcome = says === 'keep' ? 'kept' : 'dropped';
      expect([id, asked.get(id)?.exceptions]).toEqual([id, [{ id: exception, outcome }]]);
      expect([id, asked.get(id)?.event]).toEqual([id, cell.answer]);
    }
  });

  it('a region that nothing gives any more is held, and shown so', () => {
    for (const event of ['downgrade', 'unpaid-40-days', 'contract-end'])
      expect([event, asked.get(`region-${event}`)?.settings.dataRegion]).toEqual([
        event,
        {
          before: 'eu',
          after: 'eu',
          origin: expect.objectContaining({ kind: 'exception', heldSince: cells[event]?.on, wouldBe: 'us' }),
        },
      ]);
  });

  it('after a lapse and a return, nothing that was dropped comes back by itself', async () => {
    const returned = rows.flatMap(({ cell, ...row }) => (cell.back ? [{ ...row, back: cell.back }] : []));
    const files = Object.fromEntries(returned.map(({ id, back, text }) => [path(id), text(back.done)]));
    const terms = await publishedTerms(root, files, 'they came back');
    for (const { id, kind, exception, back } of returned) {
      const view = (await terms.customer(id))?.at(back.on);
      // The return is an upgrade, which asks those that the lapse has left.
      const dropped = kinds[kind]?.lapse === 'drop' || kinds[kind]?.upgrade === 'drop';
      const { exceptions } = (await json(root, 'explain', id, '--at', back.on)) as { exceptions: unknown };
      expect([id, exceptions]).toEqual([
        id,
        [expect.objectContaining({ id: exception, state: dropped ? 'dropped' : 'active' })],
      ]);
      const left = [
        view?.values.sso === true && view.plan !== 'enterprise@1',
        view?.values.seatApproval,
        view?.values.seats === 15 || view?.values.seats === 50,
        JSON.stringify(view?.terms).includes('7.50'),
      ].some(Boolean);
      expect([id, left && dropped]).toEqual([id, false]);
    }
    await terms.close();
  });
});

describe('a trial that nobody follows up', () => {
  const FILE = 'customers/enterprise/quarry-labs.yaml';

  it('lapses to the free plan: two of five are over the cap, nobody is removed, the product says the same', async () => {
    const root = sampleCompany({
      '.gitignore': '.proviso/\n',
      'usage.json': '{ "seats": 5, "projects": 3, "apiCalls": 0 }',
    });
    git(root, 'init', '--quiet');
    const text = read(root, FILE);
    writeFiles(root, { [FILE]: text.slice(0, text.indexOf('contracts:')) });
    const argv = ['quarry-labs', '--event', 'lapse', '--at', '2026-06-03', '--usage', 'usage.json'];
    const simulation = await simulated(root, ...argv);
    expect({ ...simulation, settings: 0, terms: 0, diagnostics: 0 }).toEqual({
      exitCode: 0,
      customer: 'quarry-labs',
      event: 'lapse',
      at: '2026-06-03',
      settings: 0,
      exceptions: [],
      overCap: [{ setting: 'seats', cap: 3, usage: 5, then: 'noNewUse' }],
      terms: 0,
      diagnostics: 0,
    });
    expect((await run(root, 'simulate', ...argv)).stdout).toContain(
      'Seats: 5 in use, 3 allowed, 2 over: nobody and nothing is removed, no new seat until use is below the cap\n',
    );
    const terms = await publishedTerms(root, {}, 'trial only');
    const view = (await terms.customer('quarry-labs'))?.at('2026-06-03');
    expect([view?.plan, view?.values]).toEqual(['starter@1', afterOf(simulation)]);
    expect(terms.settings.seats).toMatchObject({ overCap: 'noNewUse' });
    await terms.close();
  });

  it('is asked the same while the contract that follows is already written', async () => {
    const root = sampleCompany();
    const { settings, diagnostics } = await simulated(root, 'quarry-labs', '--event', 'lapse', '--at', '2026-06-03');
    expect([settings.seats?.before, settings.seats?.after]).toEqual([5, 3]);
    expect(diagnostics.map(({ rule, severity }) => `${rule} ${severity}`)).toEqual(['no-contract note']);
  });
});

describe('an exception that asks', () => {
  it('stops a written change until its record answers, and is dropped where only time brings the lapse', async () => {
    const root = sampleCompany();
    const written = await simulated(root, 'orbit-logistics', '--event', 'downgrade');
    expect([written.exitCode, written.exceptions]).toEqual([0, [{ id: 'EX-0005', outcome: 'ask' }]]);
    expect(written.diagnostics).toMatchObject([
      { rule: 'answer-needed', severity: 'warning', help: 'write `onDowngrade: keep` or `onDowngrade: drop`' },
    ]);
    const byTime = await simulated(root, 'orbit-logistics', '--event', 'lapse');
    expect([byTime.exceptions, byTime.diagnostics]).toEqual([[{ id: 'EX-0005', outcome: 'dropped' }], []]);
  });
});

describe('moving everybody on a plan', () => {
  it('counts what it gives and takes, and finds who would be over a cap', async () => {
    const root = sampleCompany({
      'usage.json': '{ "ember-and-oak": { "seats": 9 }, "pixel-and-co": { "seats": 4 } }',
    });
    const moved = await json(root, 'simulate', '--from', 'studio@2', '--plan', 'starter@1', '--usage', 'usage.json');
    expect(moved).toMatchObject({
      exitCode: 0,
      from: 'studio@2',
      plan: 'starter@1',
      overCap: [
        { customer: 'ember-and-oak', setting: 'seats', cap: 3, usage: 9, then: 'noNewUse' },
        { customer: 'pixel-and-co', setting: 'seats', cap: 3, usage: 4, then: 'noNewUse' },
      ],
    });
    const { customers, settings } = moved as { customers: string[]; settings: Record<string, unknown> };
    // All but the closed one; of the others a trial goes on adding seats for one.
    expect(customers).toEqual([
      'brightside-clinic',
      'cedar-lane-school',
      'ember-and-oak',
      'foxglove-films',
      'lantern-books',
      'peak-outdoor',
      'pixel-and-co',
      'saffron-foods',
      'willow-credit-union',
    ]);
    expect(settings.seats).toEqual({ gives: 0, takes: 8, changes: 0 });
    expect(settings.exportFormats).toEqual({ gives: 0, takes: 0, changes: 9 });
    const { losers } = moved as unknown as { losers: Record<string, string[]> };
    expect(Object.keys(losers)).toEqual(
      Object.keys(settings).filter((key) => (settings[key] as { takes: number }).takes > 0),
    );
    for (const [key, ids] of Object.entries(losers)) expect(settings[key]).toMatchObject({ takes: ids.length });
    expect(customers.filter((id) => !losers.seats?.includes(id))).toHaveLength(1);
  });

  it('names the first five who lose a setting, and how many more', async () => {
    const { stdout } = await run(sampleCompany(), 'simulate', '--from', 'studio@2', '--plan', 'starter@1');
    expect(stdout.split('\n').find((line) => line.endsWith('takes from'))).toBeDefined();
    expect(stdout).toMatch(/ 8 +(?:[a-z-]+, ){4}[a-z-]+ and 3 more\n/);
  });

  it('says so where nobody has the plan', async () => {
    const ran = await run(
      sampleCompany(),
      'simulate',
      '--from',
      'dedicated@1',
      '--plan',
      'enterprise@1',
      '--at',
      '2020-01-01',
    );
    expect(ran.stdout).toBe(
      'dedicated@1 → enterprise@1 on 2020-01-01: no customer with a file has it\n\nAccounts without a file are not counted: the product knows them, this repository does not.\n',
    );
  });
});
