/** Shapes of customers with contracts. Prices, bounds and add-ons are those of the sample plans and menu. */
import { addDays, nextDay } from '../../runtime/terms/days.ts';
import type { Contract } from '../../schemas/customer.ts';
import type { Terms } from './accounts.ts';
import { type Company, dayIn, dollars, monthEnd, monthStart } from './company.ts';
import { askConfigurations, askFeature, askPromises, askRefused, askService } from './exceptions.ts';

/** What every company with a contract has in its file. */
const known = ({ index, id, domain, chance }: Company) => ({
  account: `acc_${100_000 + index}`,
  aliases: [id.toUpperCase()],
  domains: [domain, `mail.${domain}`],
  externalIds: { crm: String(200_000 + index), stripe: `cus_${index.toString(36)}` },
  accountOwner: chance.pick(['anna@product.example', 'lee@product.example', 'sam@product.example']),
  plan: 'starter@1',
  details: {
    billingContact: `ap@${domain}`,
    securityContact: `it@${domain}`,
    dataProtectionContact: `privacy@${domain}`,
    brandKit: `https://brand.${domain}/kit`,
    maintenanceWindow: 'Sundays 02-05 UTC',
    rolloutLead: chance.pick(['Theo Lindqvist', 'Ruth Adeyemi', 'Joon Park']),
    pilotGoal: 'One department plans its quarter',
  },
});

/** One year of Enterprise from the first of a month; `number` counts the contracts of a company. */
function enterprise({ index, chance, domain }: Company, month: number, number = 1) {
  const seats = chance.int(20, 400);
  return {
    id: `C-${index}-${number}`,
    plan: 'enterprise@1',
    signed: dayIn(chance, month - 1),
    starts: monthStart(month),
    ends: monthEnd(month + 12),
    renewal: { kind: 'manual', noticeDays: 60, months: 12, maxIncreasePercent: '4' },
    quantities: { seats },
    billing: {
      method: 'invoice',
      interval: chance.pick(['quarter', 'year']),
      purchaseOrder: `PO-${1000 + index}`,
      unitPrices: { seats: dollars(chance.int(70, 108)) },
    },
    support: { channel: 'email', contacts: [`ops@${domain}`] },
  } satisfies Contract;
}

const secondThought = (company: Company) => company.chance.pick(['ask', 'block', 'keep', 'drop'] as const);

/** Renewed by hand, amended on the way, with promises and a thing or two of its own. */
export function manualContract(company: Company): Terms {
  const { chance } = company;
  const month = chance.int(10, 20);
  const contract = enterprise(company, month);
  const { seats } = contract.quantities;
  const starts = contract.starts;
  return {
    ...known(company),
    contracts: [
      {
        ...contract,
        promises: [
          {
            what: 'A security review once a year',
            owner: 'security',
            livesIn: 'manual',
            runbook: 'docs/security-review.md',
          },
        ],
        amendments: [
          { on: dayIn(chance, month + 2), quantities: { seats: seats + 20 }, because: 'a new office' },
          {
            on: dayIn(chance, month + 5),
            quantities: { seats: seats + 25 },
            billing: { purchaseOrder: `PO-${9000 + company.index}` },
            because: 'five brokers',
          },
        ],
      },
    ],
    addOns: [
      { id: 'euResidency', starts },
      { id: 'longAuditLog', starts, ends: contract.ends },
    ],
    exceptions: [
      ...askConfigurations(company, chance.int(2, 4), {
        starts: addDays(starts, 31),
        expires: 'contract',
        onUpgrade: secondThought(company),
        onLapse: secondThought(company),
      }),
      ...askPromises(company, 2, { starts, expires: 'contract' }),
    ],
  };
}

/** Renews by itself and grows in steps that are agreed ahead. */
export function ramp(company: Company): Terms {
  const { chance } = company;
  const month = chance.int(4, 14);
  const { support, ...contract } = enterprise(company, month);
  const { seats } = contract.quantities;
  return {
    ...known(company),
    contracts: [
      {
        ...contract,
        renewal: { kind: 'auto', noticeDays: 30, months: 12, maxIncreasePercent: '5' },
        billing: {
          ...contract.billing,
          paymentTerms: chance.pick(['net30', 'net45']),
          discount: { percent: String(chance.int(2, 12)), until: contract.ends },
          credits: [
            {
              amount: dollars(chance.int(1, 9) * 250),
              on: contract.starts,
              until: contract.ends,
              reason: 'migration delay',
            },
          ],
          tax: { rate: '19' },
        },
        support: {
          ...support,
          firstResponseHours: { severity1: 1, other: 8 },
          hours: '24x7',
          slaCredits: [{ uptimeBelow: '99.9', percent: '10' }],
        },
        amendments: [
          { on: monthStart(month + 6), because: 'ramp', quantities: { seats: seats + 50 } },
          {
            on: monthStart(month + 12),
            because: 'ramp and increase',
            quantities: { seats: seats + 100 },
            billing: { unitPrices: { seats: '92.00' }, tax: 'unset' },
          },
          { on: monthStart(month + 24), because: 'ramp', quantities: { seats: seats + 150 } },
        ],
      },
    ],
    addOns: [{ id: 'sandbox', quantity: chance.int(1, 5), starts: contract.starts }],
    exceptions: askConfigurations(company, 3, {
      starts: dayIn(chance, month + 8),
      expires: monthEnd(month + 20),
      onUpgrade: 'drop',
    }),
  };
}

/** Two years on a database of its own; nothing follows by itself. */
export function dedicated(company: Company): Terms {
  const month = company.chance.int(8, 14);
  const contract: Contract = {
    id: `C-${company.index}-1`,
    plan: 'dedicated@1',
    signed: dayIn(company.chance, month - 1),
    starts: monthStart(month),
    ends: monthEnd(month + 24),
    renewal: { kind: 'none' },
    billing: {
      paymentTerms: 'net45',
      usage: 'prepaid',
      commitments: [{ setting: 'apiCalls', quantity: 60_000_000, per: 'year', amount: '48000.00', overage: '0.0009' }],
    },
  };
  return {
    ...known(company),
    contracts: [contract],
    exceptions: [
      askFeature(company, contract.starts),
      ...askConfigurations(company, 2, { starts: contract.starts, expires: 'contract' }),
    ],
  };
}

/** Month to month as a partner, ended, and a contract for a year from the next day on. */
export function monthToMonth(company: Company): Terms {
  const { chance } = company;
  const month = chance.int(6, 12);
  const last = monthEnd(month + 8);
  return {
    ...known(company),
    contracts: [
      {
        id: `C-${company.index}-1`,
        plan: 'partner@1',
        signed: dayIn(chance, month - 1),
        starts: monthStart(month),
        amendments: [
          { on: dayIn(chance, month + 6), because: 'moves to Enterprise', ends: last, renewal: { kind: 'none' } },
        ],
      },
      { ...enterprise(company, month + 8, 2), signed: last },
    ],
    exceptions: askConfigurations(company, 2, {
      starts: dayIn(chance, month + 2),
      expires: monthEnd(month + 20),
      onUpgrade: chance.pick(['keep', 'drop']),
    }),
  };
}

/** Renewed in time: the second contract is the next entry, and what was promised was asked for again. */
export function renewed(company: Company): Terms {
  const { chance } = company;
  const month = chance.int(2, 9);
  const [first, second] = [enterprise(company, month), enterprise(company, month + 12, 2)];
  return {
    ...known(company),
    contracts: [first, { ...second, signed: dayIn(chance, month + 11) }],
    services: [{ id: 'teamTraining', on: dayIn(chance, month), price: '3200.00' }],
    exceptions: [
      ...askPromises(company, 1, { starts: first.starts, expires: 'contract' }),
      ...askPromises(company, 1, { starts: second.starts, expires: 'contract' }),
      ...askConfigurations(company, 3, {
        starts: dayIn(chance, month + 2),
        expires: monthEnd(month + 30),
        onLapse: 'keep',
      }),
    ],
  };
}

/** Two weeks of grace, a lapse, a pilot, and a contract again. */
export function returned(company: Company): Terms {
  const { chance } = company;
  const month = chance.int(2, 6);
  const back = enterprise(company, month + 15, 2);
  return {
    ...known(company),
    trials: [
      {
        kind: 'pilot',
        plan: 'pilot@1',
        starts: monthStart(month + 13),
        ends: monthEnd(month + 14),
        quantities: { seats: 30 },
      },
    ],
    contracts: [enterprise(company, month), back],
    exceptions: [
      ...askConfigurations(company, 4, {
        starts: dayIn(chance, month + 4),
        expires: monthEnd(month + 30),
        onLapse: chance.pick(['keep', 'drop']),
      }),
      ...askPromises(company, 1, { starts: back.starts, expires: 'contract' }),
    ],
  };
}

/** From trial to contract at one midnight. */
export function converted(company: Company): Terms {
  const contract = enterprise(company, company.chance.int(13, 22));
  const starts = addDays(contract.starts, -30);
  return {
    ...known(company),
    trials: [
      { kind: 'trial', plan: 'studio@2', starts, ends: addDays(contract.starts, -1), quantities: { seats: 20 } },
    ],
    contracts: [contract],
    exceptions: [
      ...askConfigurations(company, 2, { starts: contract.starts, expires: 'contract' }),
      ...askPromises(company, 1, { starts: contract.starts, expires: 'contract' }),
    ],
  };
}

/** One large request with a wish for each decision there is. */
export function largeDeal(company: Company): Terms {
  const { chance } = company;
  const contract = enterprise(company, chance.int(12, 20));
  const { starts } = contract;
  return {
    ...known(company),
    contracts: [contract],
    services: [{ id: 'dataMapping', on: addDays(starts, 14), price: '6000.00' }],
    addOns: [{ id: 'extraApiCalls', quantity: chance.int(1, 50), starts }],
    access: { groups: [{ name: 'finance', roles: ['viewer'], may: ['approveInvoices'] }] },
    exceptions: [
      askFeature(company, starts),
      askService(company, starts),
      askRefused(company, starts),
      ...askConfigurations(company, 3, { starts, expires: 'contract' }),
      ...askPromises(company, 2, { starts, expires: 'contract' }),
    ],
  };
}

/** Ended its contract early and left a month later. */
export function leaver(company: Company): Terms {
  const { chance } = company;
  const month = chance.int(8, 14);
  const contract = enterprise(company, month);
  const last = monthEnd(month + 8);
  return {
    ...known(company),
    contracts: [
      {
        ...contract,
        amendments: [
          { on: dayIn(chance, month + 5), because: 'sold to a competitor', ends: last, renewal: { kind: 'none' } },
        ],
      },
    ],
    statuses: [{ stage: 'closed', since: addDays(nextDay(last), 30), because: 'closed on request' }],
    exceptions: askConfigurations(company, 2, {
      starts: dayIn(chance, month + 1),
      expires: contract.ends,
      onDowngrade: 'keep',
    }),
  };
}
