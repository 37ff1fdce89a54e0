/** Shapes of customers without a contract. Prices, bounds and add-ons are those of the sample plans and menu. */
import { addDays } from '../../runtime/terms/days.ts';
import type { AddOn, Customer } from '../../schemas/customer.ts';
import { type Company, dayIn, monthEnd, monthStart } from './company.ts';
import { type Ask, askConfigurations, askPromises, askRefused, askSeats } from './exceptions.ts';

/** What a shape says of a customer; its name and the numbers of its exceptions come with the file. */
export type Terms = Omit<Customer, 'name' | 'exceptions'> & { exceptions?: readonly Ask[] };

const card = { method: 'card' } as const;

/** Above what any version of the plan includes, and some room above that. */
const studioSeats = ({ chance }: Company): number => chance.int(12, 48);

export const selfServe = (company: Company): Terms =>
  company.chance.yes(0.5)
    ? {
        plan: 'studio@2',
        billing: card,
        amendments: [
          { on: dayIn(company.chance, company.chance.int(2, 30)), quantities: { seats: studioSeats(company) } },
        ],
      }
    : {
        plan: 'studio@2',
        quantities: { seats: studioSeats(company) },
        billing: { ...card, interval: company.chance.pick(['month', 'year']) },
      };

export const included = (): Terms => ({ plan: 'studio@2', billing: card });

/** Keeps its seats when the plan's change: an exception covers them. */
export function goodwill(company: Company): Terms {
  const starts = dayIn(company.chance, company.chance.int(6, 20));
  return {
    plan: 'studio@2',
    billing: card,
    exceptions: [askSeats(company, { starts, expires: addDays(starts, 540), onUpgrade: 'drop' })],
  };
}

export const free = (): Terms => ({ plan: 'starter@1', billing: card });

export const grandfathered = (company: Company): Terms => ({
  plan: 'studio@1',
  quantities: { seats: studioSeats(company) },
  billing: card,
  addOns: [
    { id: 'extraApiCalls', quantity: company.chance.int(1, 9), starts: dayIn(company.chance, 4) },
    { id: 'guestPack', quantity: 2 * company.chance.int(1, 5) },
  ],
});

/** Buys from the menu, and has one thing that is not on it. */
export function menuBuyer(company: Company): Terms {
  const { chance, domain } = company;
  const starts = dayIn(chance, chance.int(8, 16));
  const packs: AddOn[] = [
    { id: 'extraStorage', quantity: chance.int(1, 20) },
    { id: 'guestPack', quantity: 2 * chance.int(1, 10), starts },
    { id: 'aiBoost', quantity: chance.int(1, 5), starts, ends: addDays(starts, 364) },
    { id: 'extraApiCalls', quantity: chance.int(1, 50) },
    { id: 'prioritySupport', starts },
  ];
  return {
    plan: 'studio@2',
    quantities: { seats: studioSeats(company) },
    billing: { ...card, discount: { amount: '10.00', until: monthEnd(24) } },
    details: { securityContact: `it@${domain}`, brandKit: `https://brand.${domain}/kit` },
    addOns: [
      ...chance.take(packs, 3),
      { id: 'whiteLabel', starts, ends: addDays(starts, 364) },
      { id: 'singleSignOn', starts },
      { id: 'directorySync', starts },
    ],
    exceptions: [
      ...askConfigurations(company, 2, { starts, expires: addDays(starts, chance.int(90, 500)), onUpgrade: 'ask' }),
      ...(chance.yes(0.5) ? [askRefused(company, starts)] : []),
    ],
  };
}

/** Up, down for the summer, and up again. */
export function seasonal(company: Company): Terms {
  const { chance } = company;
  const seats = studioSeats(company);
  return {
    plan: 'starter@1',
    billing: card,
    amendments: [
      { on: monthStart(12), because: 'first paid year', plan: 'studio@2', quantities: { seats } },
      { on: monthStart(18), because: 'summer holidays', plan: 'starter@1', quantities: {} },
      {
        on: monthStart(20),
        because: 'back from the holidays',
        plan: 'studio@2',
        quantities: { seats: seats + 2 },
        billing: { discount: { percent: '10', until: monthEnd(32) } },
      },
    ],
    exceptions: askConfigurations(company, 2, {
      starts: dayIn(chance, 14),
      expires: monthEnd(24),
      onDowngrade: chance.pick(['keep', 'drop']),
    }),
  };
}

export function trial(company: Company): Terms {
  const { chance } = company;
  const starts = dayIn(chance, chance.int(12, 24));
  return {
    plan: 'starter@1',
    billing: card,
    trials: [
      {
        kind: 'trial',
        plan: 'studio@2',
        starts,
        ends: addDays(starts, 29),
        quantities: { seats: studioSeats(company) },
      },
    ],
  };
}

export function pilot(company: Company): Terms {
  const { chance, domain } = company;
  const starts = dayIn(chance, chance.int(12, 24));
  const ends = addDays(starts, 90);
  return {
    plan: 'starter@1',
    domains: [domain],
    billing: card,
    details: { pilotGoal: 'One department plans its quarter' },
    trials: [
      {
        kind: 'pilot',
        plan: 'pilot@1',
        starts,
        ends,
        groups: ['operations'],
        quantities: { seats: chance.int(20, 80) },
        billing: { method: 'manual' },
      },
    ],
    access: { groups: [{ name: 'operations', roles: ['editor'], may: ['exportReports'] }] },
    exceptions: [
      ...askConfigurations(company, 2, { starts, expires: ends, onUpgrade: 'drop' }),
      ...askPromises(company, 1, { starts, expires: ends, onLapse: 'block' }),
    ],
  };
}

/** A trial over a paid plan only adds. */
export function paidTrial(company: Company): Terms {
  const { chance, domain } = company;
  const starts = dayIn(chance, chance.int(14, 24));
  return {
    plan: 'studio@2',
    quantities: { seats: studioSeats(company) },
    billing: card,
    details: { securityContact: `it@${domain}`, rolloutLead: 'Ines Vogt' },
    trials: [{ kind: 'trial', plan: 'enterprise@1', starts, ends: addDays(starts, 29), quantities: { seats: 60 } }],
  };
}

/** Some pay in time, some are suspended and lapse. */
export function latePayer(company: Company): Terms {
  const { chance } = company;
  const since = dayIn(chance, chance.int(10, 22));
  return {
    plan: 'studio@2',
    quantities: { seats: studioSeats(company) },
    billing: card,
    statuses: [
      { stage: 'pastDue', since, until: addDays(since, chance.int(5, 60)), because: 'the card had expired' },
      chance.yes(0.5)
        ? { stage: 'suspended', since: addDays(since, 90), until: addDays(since, 100), because: 'charge disputed' }
        : { stage: 'pastDue', since: addDays(since, 120), because: 'three charges failed' },
    ],
    exceptions: askConfigurations(company, 1, {
      starts: addDays(since, -60),
      expires: addDays(since, 300),
      onLapse: chance.pick(['keep', 'drop']),
    }),
  };
}

export function closedShop(company: Company): Terms {
  const { chance } = company;
  const since = dayIn(chance, chance.int(8, 18));
  return {
    plan: chance.pick(['studio@1', 'studio@2']),
    billing: card,
    statuses: [
      { stage: 'pastDue', since, until: addDays(since, 40), because: 'the card was cancelled' },
      { stage: 'closed', since: addDays(since, 41), because: 'closed for good' },
    ],
  };
}
