/**
 * The settings catalogue: everything the product does differently for different customers, one entry each.
 * Nothing else names a setting; validation, editor completion, client types and diffs all follow from here.
 * Promises and money are not settings: they are terms of a plan or a contract. Who may do something is access.
 */
import { choice, defineSettings, feature, limit, list, text } from './setting.ts';

export const settings = defineSettings({
  // Onboarding: how a workspace starts and what it looks like.
  sampleData: feature({
    area: 'onboarding',
    default: true,
    label: 'Sample project',
    description: 'A new workspace starts with an example project.',
  }),
  onboardingChecklist: list({
    area: 'onboarding',
    default: ['inviteTeam', 'firstProject', 'firstReport'],
    label: 'Onboarding checklist',
    description: 'First steps that a new workspace shows, in this order.',
  }),
  guidedSetupSessions: limit({
    unit: 'session',
    area: 'onboarding',
    default: 0,
    favours: 'more',
    label: 'Guided set-up sessions',
    description: 'Video calls with a specialist while the workspace is set up.',
  }),
  bulkImport: feature({
    area: 'onboarding',
    default: false,
    label: 'Bulk import',
    description: 'Bring projects over from another tool by uploading files.',
  }),
  branding: choice({
    of: ['none', 'logo', 'full'],
    favours: ['none', 'logo', 'full'],
    area: 'onboarding',
    default: 'none',
    label: 'Branding',
    description:
      'How much of the customer’s own brand shared pages carry: nothing, a logo, or logo, colours and fonts.',
  }),
  productBadge: feature({
    area: 'onboarding',
    default: true,
    favours: false,
    label: 'Product badge',
    description: 'Shared pages carry a small “made with” badge.',
  }),

  // Billing: what is counted, and money that moves inside the product.
  apiCalls: limit({
    // No overCap: plans that price usage bill what goes above, the others answer 429.
    unit: 'call',
    per: 'month',
    area: 'billing',
    default: 1000,
    favours: 'more',
    whenStale: 'keepLast',
    label: 'API calls',
    description: 'Calls of the public API.',
  }),
  aiCredits: limit({
    unit: 'credit',
    per: 'month',
    area: 'billing',
    default: 50,
    favours: 'more',
    overCap: 'block',
    whenStale: 50,
    label: 'AI credits',
    description: 'Summaries and drafts written by the assistant.',
  }),
  clientInvoicing: feature({
    area: 'billing',
    default: false,
    label: 'Client invoicing',
    description: 'Send invoices to clients out of a project, and refund them.',
  }),
  refundApprovalAbove: limit({
    // A lower amount is the tighter control, and that is what customers ask for.
    unit: 'USD',
    area: 'billing',
    default: 'unlimited',
    favours: 'less',
    bounds: ['clientInvoicing'],
    label: 'Refund approval above',
    description: 'A refund above this amount waits for a second person; unlimited means none waits.',
  }),

  // Support: what the product shows, not how fast somebody answers; response times are terms.
  inAppChat: feature({
    area: 'support',
    default: false,
    label: 'In-app chat',
    description: 'A chat with the support team inside the product.',
  }),
  supportPortalText: text({
    area: 'support',
    default: 'Write to us from the help menu; we answer by e-mail.',
    label: 'Support portal text',
    description: 'The sentence people read when they open the help menu.',
  }),
  namedSupportContacts: limit({
    unit: 'person',
    area: 'support',
    default: 1,
    favours: 'more',
    overCap: 'noNewUse',
    label: 'Named support contacts',
    description: 'People who can open support tickets for the whole workspace.',
  }),

  // Access: who can come in, and what is recorded and taken out.
  seats: limit({
    unit: 'seat',
    area: 'access',
    default: 3,
    favours: 'more',
    overCap: 'noNewUse',
    label: 'Seats',
    description: 'People who can sign in.',
  }),
  guests: limit({
    unit: 'guest',
    area: 'access',
    default: 5,
    favours: 'more',
    overCap: 'noNewUse',
    label: 'Guests',
    description: 'Clients and freelancers who see only the projects shared with them.',
  }),
  projects: limit({
    unit: 'project',
    area: 'access',
    default: 3,
    favours: 'more',
    overCap: 'readOnly',
    label: 'Projects',
    description: 'Active projects; archived ones do not count.',
  }),
  sso: feature({
    area: 'access',
    default: false,
    whenStale: 'keepLast',
    label: 'Single sign-on',
    description: 'Sign in through the company identity provider.',
  }),
  scim: feature({
    area: 'access',
    default: false,
    whenStale: 'keepLast',
    label: 'Directory sync (SCIM)',
    description: 'People are added and removed by the company directory.',
  }),
  seatApproval: feature({
    area: 'access',
    default: false,
    label: 'Seat approval',
    description: 'A new seat stays pending until somebody inside the company confirms it.',
  }),
  allowedEmailDomains: list({
    area: 'access',
    default: [],
    whenStale: 'keepLast',
    label: 'Allowed e-mail domains',
    description: 'Only addresses at these domains can be invited; an empty list allows all.',
  }),
  sessionHours: limit({
    // Shorter is safer: security teams ask for less.
    unit: 'hour',
    area: 'access',
    default: 720,
    favours: 'less',
    whenStale: 24,
    label: 'Session length',
    description: 'Hours until people have to sign in again.',
  }),
  auditLog: feature({
    area: 'access',
    default: false,
    label: 'Audit log',
    description: 'A record of who did what, searchable by admins.',
  }),
  auditRetentionDays: limit({
    // Deleted entries do not come back, so the period stays when the plan that gave it ends.
    unit: 'day',
    area: 'access',
    default: 30,
    favours: 'more',
    bounds: ['auditLog'],
    onEnd: 'hold',
    label: 'Audit log retention',
    description: 'Days that audit log entries are kept.',
  }),
  exports: feature({
    area: 'access',
    default: true,
    label: 'Exports',
    description: 'Download reports and lists as files.',
  }),
  exportFormats: list({
    area: 'access',
    default: ['csv'],
    label: 'Export formats',
    description: 'File formats that the export dialog offers.',
  }),
  webhooks: feature({
    area: 'access',
    default: false,
    label: 'Webhooks',
    description: 'The product calls the customer’s systems when something happens.',
  }),

  // Hosting: holds by default, because rows do not move at midnight; what can end at once says so.
  storageGb: limit({
    unit: 'GB',
    area: 'hosting',
    default: 2,
    favours: 'more',
    fractional: true,
    overCap: 'readOnly',
    onEnd: 'release',
    label: 'Storage',
    description: 'Space for files and attachments.',
  }),
  dataRegion: choice({
    of: ['us', 'eu'],
    area: 'hosting',
    default: 'us',
    whenStale: 'keepLast',
    label: 'Data region',
    description: 'Where the data lies.',
  }),
  tenancy: choice({
    of: ['shared', 'dedicated'],
    favours: ['shared', 'dedicated'],
    area: 'hosting',
    default: 'shared',
    whenStale: 'keepLast',
    label: 'Tenancy',
    description: 'Whether the database is shared with other customers.',
  }),
  backupRetentionDays: limit({
    unit: 'day',
    area: 'hosting',
    default: 7,
    favours: 'more',
    onEnd: 'hold',
    label: 'Backup retention',
    description: 'Days that daily backups are kept.',
  }),
  customDomain: feature({
    area: 'hosting',
    default: false,
    onEnd: 'release',
    label: 'Custom domain',
    description: 'Shared pages at an address of the customer’s own.',
  }),
  sandboxes: limit({
    unit: 'environment',
    area: 'hosting',
    default: 0,
    favours: 'more',
    overCap: 'noNewUse',
    onEnd: 'release',
    label: 'Sandbox environments',
    description: 'Copies of the workspace for trying things out.',
  }),
});
