/** The company the stories are told of: its plans, rules and first customers, written here and nowhere else. */

import { expect } from 'vitest';
import { normaliseSettings } from '../../engine/schemas/normalise-settings.ts';
import { choice, defineSettings, feature, limit, list } from '../../schemas/setting.ts';
import { initAll, temporaryFolder, writeFiles } from '../temporary-repository.ts';
import { json } from './sample-company.ts';

const settings = normaliseSettings(
  defineSettings({
    seats: limit({ unit: 'seat', area: 'access', default: 3, favours: 'more', description: 'People who can sign in.' }),
    projects: limit({
      unit: 'project',
      area: 'access',
      default: 3,
      favours: 'more',
      description: 'Projects that are open.',
    }),
    apiCalls: limit({
      unit: 'call',
      per: 'month',
      area: 'billing',
      default: 1000,
      favours: 'more',
      description: 'Calls of the public API.',
    }),
    sso: feature({ area: 'access', default: false, description: 'Sign in through the company identity provider.' }),
    auditLog: feature({ area: 'access', default: false, description: 'Who did what, and when.' }),
    seatApproval: feature({
      area: 'access',
      default: false,
      description: 'A new seat waits until somebody confirms it.',
    }),
    exportFormats: list({ area: 'access', default: ['csv'], description: 'What can be downloaded.' }),
    dataRegion: choice({ of: ['us', 'eu'], area: 'hosting', default: 'us', description: 'Where the rows lie.' }),
  }),
);

export const storyFiles = {
  '.gitignore': '.proviso/\n',
  'schemas/generated/catalogue.json': JSON.stringify({ v: 1, settings }),
  'plans/starter@1.yaml':
    'name: Starter\nrank: 10\nsold: true\nsettings: {}\nprice: { free: true }\nstandardTerms: { support: { firstResponseHours: 48 } }\n',
  'plans/pilot@1.yaml':
    'name: Pilot\nrank: 15\nsold: true\nsettings: {}\nprice: { free: true, units: { seats: { amount: "0.00" } } }\nstandardTerms: { support: { firstResponseHours: 48 } }\n',
  'plans/studio@1.yaml': `name: Studio
rank: 20
sold: true
settings: { seats: 5, projects: 50, apiCalls: 50000 }
price: { currency: USD, per: month, amount: "49.00", units: { seats: { amount: "9.00", min: 5, max: 50 } } }
standardTerms: { billing: { method: card, interval: month }, support: { firstResponseHours: 24 } }
`,
  'plans/enterprise@1.yaml': `name: Enterprise
rank: 30
sold: true
settings: { seats: 0, projects: unlimited, apiCalls: 500000, sso: true, auditLog: true }
price: { currency: USD, per: year, amount: "0.00", units: { seats: { amount: "108.00", min: 10 } } }
standardTerms: { billing: { method: invoice, interval: year, paymentTerms: net30 }, support: { firstResponseHours: 8 } }
`,
  'policies/menu.yaml': `addOns:
  extraApiCalls: { plans: [studio, enterprise], adds: { apiCalls: 10000 }, min: 1, max: 50, price: { amount: "20.00", per: month } }
services:
  dataMapping: { label: Data mapping and report set-up, price: { amount: "6000.00", per: once } }
  exportSetup: { label: Set-up of a special export, price: { amount: "2800.00", per: once } }
terms: { discount: { percentUpTo: "10", monthsUpTo: 12 }, paymentTerms: [net15, net30] }
`,
  'policies/lifecycle.yaml':
    'stages: { trial: {}, pilot: {}, active: {}, grace: { days: 14 }, lapsed: { plan: starter@1 } }\n',
  'policies/roles.yaml': `roles:
  admin: { may: [inviteTeammates, activateSeats, exportReports, approveInvoices, viewProjects] }
  manager: { may: [inviteTeammates, activateSeats, exportReports, approveInvoices, viewProjects] }
  editor: { may: [inviteTeammates, exportReports, viewProjects] }
  viewer: { may: [viewProjects] }
`,
  'policies/approvals.yaml': `currency: USD
classes:
  product: { needs: 1 }
  security: { needs: 1, code: true }
  finance: { needs: 1, code: true }
  founder: { needs: 1 }
  machinery: { needs: 1, code: true }
lines:
  - { when: { access: true }, class: product, because: who may do what is how the product works for them }
  - { when: { setting: sso, is: true }, class: security, because: they sign in through a system of their own }
  - { when: { term: [billing.discount, billing.paymentTerms], outsideMenu: true }, class: finance, because: not on the menu }
  - { when: { setting: dataRegion, outsideMenu: true }, class: founder, because: it touches the data model }
  - { when: { kind: security }, class: founder, because: it touches the security model }
  - { when: { term: support, outsideMenu: true }, class: founder, because: support has to keep it }
  - { when: { decision: feature }, class: founder, because: it stays in the product for ever }
  - { when: { decision: "no" }, class: founder, because: a refusal stays and blocks }
  - { when: { edits: [plans, menu, settings] }, class: founder, because: what we sell }
  - { when: { machinery: true }, class: machinery, because: it judges everything else }
`,
  'policies/approvers.yaml': `people:
  - { id: 1, login: cto-kim, emails: [kim@product.example], classes: [founder, product, security, machinery] }
  - { id: 2, login: ceo-ines, emails: [ines@product.example], classes: [founder, finance, machinery] }
  - { id: 3, login: pm-ravi, emails: [ravi@product.example], classes: [product] }
  - { id: 4, login: fin-ola, emails: [ola@product.example], classes: [finance] }
  - { id: 5, login: sec-tom, emails: [tom@product.example], classes: [security] }
`,
  'policies/publish.yaml': 'language: 1\nenvironments: { local: { verify: none } }\n',
  // Customers to whom nothing may happen.
  'customers/pixel-and-co.yaml': 'name: Pixel & Co\nplan: studio@1\nbilling: { method: card }\n',
  'customers/larkspur.yaml': 'name: Larkspur\nplan: starter@1\nbilling: { method: card }\n',
  'customers/old-harbor.yaml': `name: Old Harbor
plan: starter@1
contracts:
  - id: C-2026-001
    plan: enterprise@1
    starts: 2026-01-01
    ends: 2026-12-31
    renewal: { kind: auto, months: 12 }
    quantities: { seats: 100 }
    billing: { unitPrices: { seats: "84.00" }, purchaseOrder: PO-5120 }
`,
} as const;

/** The company in a git repository of its own, committed. */
export function storyRepository(files: Readonly<Record<string, string>> = {}): string {
  const root = temporaryFolder();
  writeFiles(root, { ...storyFiles, ...files });
  initAll(root, 'The company');
  return root;
}

/** A record of an exception with everything a record needs; `more` is laid over it, `undefined` takes a key away. */
export function exceptionRecord({ id, ...more }: { id: string; [key: string]: unknown }): string {
  const record = {
    id,
    kind: 'workflow',
    askedBy: 'sam@product.example',
    askedOn: '2026-02-24',
    neededBy: '2026-03-02',
    worth: { amount: '58800.00', currency: 'USD', per: 'year' },
    demand: ['larkspur'],
    usedBy: 'two admins, weekly',
    decision: 'configuration',
    onUpgrade: 'drop',
    onDowngrade: 'drop',
    onLapse: 'drop',
    handledBy: 'support',
    livesIn: 'config',
    buildHours: 0,
    hoursPerMonth: 0,
    ...more,
  };
  const lines = Object.entries(record).flatMap(([key, value]) =>
    value === undefined ? [] : [`${key}: ${typeof value === 'string' ? value : JSON.stringify(value)}`],
  );
  return `  - ${lines.join('\n    ')}\n`;
}

interface Change {
  path: string;
  from: unknown;
  to: unknown;
  effective: string | null;
  until?: string;
}

/** What the last commit changes: customer, kind, and each change as `path: from → to (first day to last day)`. */
export async function effectOf(
  root: string,
  ...argv: string[]
): Promise<[customer: string, kind: string, changes: string[]][]> {
  const { exitCode, customers } = await json(root, 'diff', '--base', 'HEAD~1', ...argv);
  expect(exitCode).toBe(0);
  return (customers as { customer: string; kind: string; changes: Change[] }[]).map(({ customer, kind, changes }) => [
    customer,
    kind,
    changes.map(
      ({ path, from, to, effective, until = 'ever' }) =>
        `${path}: ${JSON.stringify(from)} → ${JSON.stringify(to)} (${effective} to ${until})`,
    ),
  ]);
}

/** What the product reads of a customer on a day, of the release that is published. */
export const settingsOf = async (root: string, customer: string, at: string): Promise<Record<string, unknown>> =>
  (await json(root, 'get', customer, '--at', at)).settings as Record<string, unknown>;

/** What a review of the last commit comes to, in the words that matter to a story. */
export interface Told {
  exitCode: number;
  verdict: string;
  /** `class: why`, once for each reason. */
  approvals: string[];
  satisfied: string[];
  /** `path:line message`. */
  errors: string[];
  warnings: string[];
}

export async function checked(root: string, ...argv: string[]): Promise<Told> {
  const answer = await json(root, 'check', '--base', 'HEAD~1', ...argv);
  const approvals = answer.approvals as { class: string; because: string[]; satisfied: boolean }[];
  const told = (wanted: string) =>
    (answer.diagnostics as Record<string, unknown>[])
      .filter(({ severity }) => severity === wanted)
      .map(({ path, line, message }) => `${path}:${line} ${message}`);
  return {
    exitCode: answer.exitCode as number,
    verdict: answer.verdict as string,
    approvals: approvals.flatMap((need) => need.because.map((why) => `${need.class}: ${why}`)).sort(),
    satisfied: approvals.filter(({ satisfied }) => satisfied).map((need) => need.class),
    errors: told('error'),
    warnings: told('warning'),
  };
}

interface Need {
  class: string;
  subject: string;
  mayApprove: string[];
}

/** Every approval that the last commit asks for, given by the first who may; the file they are written to. */
export async function approvalsFor(root: string, ...argv: string[]): Promise<string> {
  const { approvals } = await json(root, 'check', '--base', 'HEAD~1', ...argv);
  const ids = { 'cto-kim': 1, 'ceo-ines': 2, 'pm-ravi': 3, 'fin-ola': 4, 'sec-tom': 5 } as Record<string, number>;
  const given = (approvals as Need[]).map(({ class: name, subject, mayApprove: [login = ''] }) => ({
    login,
    id: ids[login],
    class: name,
    subject,
    at: '2026-02-01T09:00:00Z',
    state: 'APPROVED',
  }));
  const folder = temporaryFolder();
  writeFiles(folder, { 'approvals.json': JSON.stringify(given) });
  return `${folder}/approvals.json`;
}
