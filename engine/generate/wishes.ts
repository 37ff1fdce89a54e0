import type { Configuration, Exception, PromiseException } from '../../schemas/exception.ts';

/** What somebody asks for, as far as it is the same whoever asks. */
interface Wish {
  need: string;
  kind: Exception['kind'];
  because: string;
  owner: string;
}

export type ConfigurationWish = Wish & Pick<Configuration, 'set' | 'add' | 'access'>;

export const moreSeats: Wish = {
  need: 'The board looks in now and then.',
  kind: 'commercial',
  because: 'It costs nothing and they stay longer.',
  owner: 'team-access',
};

/** No two of these touch the same setting or action, so that one customer can have any of them at one time. */
export const configurations: readonly ConfigurationWish[] = [
  {
    need: 'People sign in again for every shift.',
    kind: 'security',
    because: 'The setting exists; only the number is theirs.',
    owner: 'team-access',
    set: { sessionHours: 8 },
  },
  {
    need: 'Refunds above an amount wait for a second person.',
    kind: 'workflow',
    because: 'Others run refunds the same way with another amount.',
    owner: 'team-billing',
    set: { refundApprovalAbove: 500 },
  },
  {
    need: 'The interns of the summer work in the workspace.',
    kind: 'commercial',
    because: 'It ends by itself and costs nothing to run.',
    owner: 'team-access',
    add: { guests: 40 },
  },
  {
    need: 'The nightly sync calls more often than the plan allows.',
    kind: 'reporting',
    because: 'Their volume is known and the cluster has room.',
    owner: 'team-platform',
    add: { apiCalls: 250000 },
  },
  {
    need: 'A new seat stays pending until their IT confirms it.',
    kind: 'security',
    because: 'The switch exists and has no cost.',
    owner: 'team-access',
    set: { seatApproval: true },
  },
  {
    need: 'Every export needs one approval.',
    kind: 'security',
    because: 'Their data policy asks for a second pair of eyes.',
    owner: 'team-access',
    access: [{ action: 'exportReports', approver: 'admin' }],
  },
  {
    need: 'The help menu names their own service desk first.',
    kind: 'branding',
    because: 'One sentence, kept by support.',
    owner: 'team-support',
    set: { supportPortalText: 'Ask the service desk on floor 3 first, then write to us.' },
  },
  {
    need: 'Files of the archive stay within reach for the audit.',
    kind: 'legal',
    because: 'Storage is cheap and the period is short.',
    owner: 'team-platform',
    add: { storageGb: 250 },
  },
  {
    need: 'Only admins invite people.',
    kind: 'workflow',
    because: 'The access rule exists; who belongs is their decision.',
    owner: 'team-access',
    access: [{ action: 'inviteTeammates', only: ['admin'] }],
  },
  {
    need: 'Log entries are kept as long as their regulator asks.',
    kind: 'legal',
    because: 'The setting exists; only the number is theirs.',
    owner: 'team-access',
    set: { auditRetentionDays: 2557 },
  },
  {
    need: 'New workspaces begin with their own three steps.',
    kind: 'workflow',
    because: 'A list we already have, with other entries.',
    owner: 'team-onboarding',
    set: { onboardingChecklist: ['readPolicy', 'inviteTeam', 'firstProject'] },
  },
  {
    need: 'Data does not share a database with other companies.',
    kind: 'hosting',
    because: 'Running one more database is work, not code.',
    owner: 'team-platform',
    set: { tenancy: 'dedicated' },
  },
];

/** Terms that no generated contract names. */
export const promises: readonly (Wish & Pick<PromiseException, 'terms'>)[] = [
  {
    need: 'Somebody answers within the hour when work stops for everybody.',
    kind: 'support',
    because: 'The rota can carry one more.',
    owner: 'team-support',
    terms: { support: { firstResponseHours: { severity1: 1, other: 8 } } },
  },
  {
    need: 'Downtime is paid back as a credit.',
    kind: 'legal',
    because: 'Procurement signs nothing without one.',
    owner: 'team-support',
    terms: { support: { slaCredits: [{ uptimeBelow: '99.9', percent: '5' }] } },
  },
  {
    need: 'Invoices are due after 60 days.',
    kind: 'commercial',
    because: 'Their purchasing rules allow nothing shorter.',
    owner: 'finance',
    terms: { billing: { paymentTerms: 'net60' } },
  },
  {
    need: 'Support answers on Saturdays too.',
    kind: 'support',
    because: 'The weekend team exists for others already.',
    owner: 'team-support',
    terms: { support: { hours: 'Monday to Saturday' } },
  },
];

export const features: readonly (Wish & Pick<Extract<Exception, { decision: 'feature' }>, 'area' | 'settings'>)[] = [
  {
    need: 'People sign in through their own identity provider.',
    kind: 'security',
    because: 'Every buyer of this size asks for it.',
    owner: 'team-access',
    area: 'access',
    settings: ['sso'],
  },
  {
    need: 'Reports open in the tool their analysts use.',
    kind: 'reporting',
    because: 'Ten others asked; it belongs into the product.',
    owner: 'team-reports',
    area: 'access',
    settings: ['exportFormats'],
  },
  {
    need: 'Our load never waits for the load of others.',
    kind: 'hosting',
    because: 'The third company that asked; it became a plan.',
    owner: 'team-platform',
    area: 'hosting',
    settings: ['tenancy'],
  },
];

export const services: readonly (Wish &
  Pick<Extract<Exception, { decision: 'service' }>, 'area'> & { amount: number })[] = [
  {
    need: 'Their project numbers appear on every project.',
    kind: 'reporting',
    because: 'Data mapping brings them into the fields we have.',
    owner: 'team-services',
    area: 'onboarding',
    amount: 6000,
  },
  {
    need: 'Finance receives project hours in its own layout.',
    kind: 'reporting',
    because: 'A script on their side does it.',
    owner: 'team-services',
    area: 'access',
    amount: 2800,
  },
  {
    need: 'Ten years of projects come over from the old tool.',
    kind: 'workflow',
    because: 'Work that is done once.',
    owner: 'team-services',
    area: 'onboarding',
    amount: 4500,
  },
];

/** What is refused is nothing that another wish of these lists sets. */
export const refusals: readonly (Wish & Pick<Extract<Exception, { decision: 'no' }>, 'area' | 'offer' | 'refuses'>)[] =
  [
    {
      need: 'Spending above a limit goes to their legal team first.',
      kind: 'legal',
      because: 'A branch of its own for one customer.',
      owner: 'team-billing',
      area: 'billing',
      offer: 'The approvals everybody has.',
      refuses: { actions: ['approveInvoices'] },
    },
    {
      need: 'Two people release every file that leaves.',
      kind: 'workflow',
      because: 'It would have to be built into every place.',
      owner: 'team-access',
      area: 'access',
      offer: 'Exports for admins only.',
      refuses: { settings: ['exports'] },
    },
    {
      need: 'Shared pages in a layout of their own.',
      kind: 'branding',
      because: 'Nobody else would use it.',
      owner: 'team-onboarding',
      area: 'onboarding',
      offer: 'Their logo and colours.',
      refuses: { settings: ['branding'] },
    },
  ];
