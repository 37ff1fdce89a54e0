import type { CustomerData, Exception, World } from './world.ts';

/** A company small enough to work out every answer by hand. */
export const world: World = {
  settings: {
    seats: { kind: 'limit', unit: 'seat', default: 3, favours: 'more', area: 'access', description: 'People.' },
    apiCalls: { kind: 'limit', unit: 'call', default: 100, favours: 'more', area: 'billing', description: 'Calls.' },
    retention: {
      kind: 'limit',
      unit: 'day',
      default: 30,
      favours: 'more',
      area: 'support',
      onEnd: 'hold',
      description: 'Deleted rows.',
    },
    delay: { kind: 'limit', unit: 'minute', default: 60, favours: 'less', area: 'onboarding', description: 'Waiting.' },
    sso: { kind: 'feature', default: false, favours: true, area: 'access', description: 'Company sign-in.' },
    region: { kind: 'choice', of: ['us', 'eu', 'ap'], default: 'us', area: 'hosting', description: 'Where rows lie.' },
    uptime: {
      kind: 'choice',
      of: ['high', 'basic', 'best'],
      favours: ['basic', 'high', 'best'],
      default: 'basic',
      area: 'support',
      description: 'How seldom it is down.',
    },
    formats: { kind: 'list', default: ['csv'], area: 'billing', onEnd: 'hold', description: 'What comes out.' },
  },
  plans: {
    'starter@1': {
      name: 'Starter',
      rank: 10,
      settings: {},
      price: { free: true, units: { seats: { amount: '0.00', max: 20 } } },
      standardTerms: { billing: { method: 'card' }, support: { channel: 'email', firstResponseHours: 24 } },
    },
    'pilot@1': {
      name: 'Pilot',
      rank: 30,
      settings: { seats: 10, apiCalls: 1000, retention: 60, sso: true },
      price: { free: true, units: { seats: { amount: '0.00' } } },
    },
    'studio@1': {
      name: 'Studio',
      rank: 20,
      settings: { seats: 5, apiCalls: 400, retention: 90, delay: 30 },
      price: { currency: 'USD', per: 'month', amount: '49.00', units: { seats: { amount: '9.00', min: 5, max: 50 } } },
      standardTerms: { billing: { method: 'card', interval: 'month' }, support: { channel: 'chat' } },
    },
    'studio@2': {
      name: 'Studio',
      rank: 20,
      settings: { seats: 6 },
      price: { currency: 'USD', per: 'month', amount: '59.00' },
    },
    'enterprise@1': {
      name: 'Enterprise',
      rank: 40,
      settings: { seats: 20, apiCalls: 'unlimited', retention: 365, delay: 5, sso: true, region: 'eu' },
      price: { currency: 'USD', per: 'year', amount: '0.00', units: { seats: { amount: '108.00' } } },
      standardTerms: { billing: { method: 'invoice' }, support: { channel: 'slack', hours: '24x7' } },
    },
  },
  menu: {
    addOns: {
      eu: { plans: ['studio', 'enterprise@1'], sets: { region: 'eu' } },
      ap: { plans: ['studio'], sets: { region: 'ap' } },
      calls: { plans: ['studio@1', 'enterprise'], adds: { apiCalls: 50 }, min: 1, max: 9, step: 2 },
      rows: { plans: ['studio'], sets: { retention: 100 } },
      moreRows: { plans: ['studio', 'pilot'], adds: { retention: 10 } },
      priority: {
        plans: ['studio'],
        terms: { support: { firstResponseHours: 4 } },
        dependsOn: ['calls'],
        excludes: ['ap'],
      },
    },
  },
  lifecycle: {
    stages: {
      trial: { set: { apiCalls: 500, retention: 45 } },
      pilot: {},
      active: {},
      grace: { days: 14, set: { delay: 90 } },
      pastDue: { card: 10, invoice: 30, set: { sso: false } } as World['lifecycle']['stages'][string],
      suspended: { days: 30, set: { apiCalls: 0 } },
      lapsed: { plan: 'starter@1' },
      closed: { set: { apiCalls: 0 } },
    },
  },
  roles: { roles: { admin: { may: ['exportReports'] } } },
};

/** The same company with other lifecycle stages; `undefined` leaves a stage out. */
export function withStages(stages: Record<string, World['lifecycle']['stages'][string] | undefined>): World {
  const merged = Object.entries({ ...world.lifecycle.stages, ...stages }).filter(([, policy]) => policy !== undefined);
  return { ...world, lifecycle: { stages: Object.fromEntries(merged) as World['lifecycle']['stages'] } };
}

export const customer = (plan: string, more: Partial<CustomerData> = {}): CustomerData => ({
  name: 'A',
  plan,
  ...more,
});

/** A configuration that adds one call, kept at every event unless told. */
export const exception = (id: string, more: Partial<Exception> = {}): Exception => ({
  id,
  decision: 'configuration',
  starts: '2026-01-10',
  expires: '2026-12-31',
  onUpgrade: 'keep',
  onDowngrade: 'keep',
  onLapse: 'keep',
  ...(more.decision === 'promise' || more.access || more.set ? {} : { add: { apiCalls: 1 } }),
  ...more,
});
