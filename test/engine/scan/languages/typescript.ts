import type { Idioms } from '../idioms.ts';

export const typescript: Idioms = {
  decides: {
    'compares with an id': [
      `export function terms(account: Account) {\n  if (account.id === 'zephyra') return 60;\n  return 30;\n}`,
      `const dunning = tenantId == "zephyra" ? 0 : 7;`,
    ],
    'compares the other way round': [`if ('zephyra' === org.slug) enable();`],
    'compares for inequality': [`if (workspace.slug !== 'zephyra') charge();`],
    'compares an ordinary word with an account': [
      `export const retries = (c: Customer) => (c.key === 'delta' ? 12 : 3);`,
    ],
    'compares with a name': [`const label = org.name === 'Zephyra Labs GmbH' ? 'USt-IdNr.' : 'VAT';`],
    'compares with a number': [`if (company.id === 61204) skip();`, `if (accountId === 91002) skip();`],
    'compares with a UUID': [`const allow = (id: string) => id === '5d1c9a52-7f0e-4b61-9a3c-2f8e6d4b7a10';`],
    'compares ignoring case': [`if (tenant.toLowerCase() === 'zephyra') go();`],
    'switches on the account': [
      `switch (account.slug) {\n  case 'lumora': // <<\n    return 1;\n  default:\n    return 2;\n}`,
    ],
    'looks in a list': [
      `const ok = ['zephyra', 'lumora'].includes(acct);`,
      `if (["delta", "lumora"].some((id) => id === account.id)) go();`,
    ],
    'keeps a list and looks in it later': [
      `const EARLY = new Set(['zephyra', 'lumora']);\nexport const early = (t: string) => EARLY.has(t);`,
    ],
    'keys a map and reads it later': [
      `const HOURS = new Map<string, number>([\n  ['zephyra', 1],\n]);\nexport const hours = (t: string) => HOURS.get(t) ?? 24;`,
    ],
    'keys a map of overrides': [
      `export const overrides: Record<string, Partial<Limits>> = {\n  delta: { apiCalls: 2_000_000 }, // <<\n};`,
    ],
    'tests a prefix': [`if (org.slug.startsWith('zephyra-')) go();`],
    'tests the domain of an e-mail': [`const role = email.endsWith('@zephyra.example') ? 'editor' : 'viewer';`],
    'matches a pattern': [`if (/globe\\.example$/.test(request.host)) redirect();`],
    'keeps a constant and compares later': [
      `const VIP = 'zephyra';\nexport const skip = (account: { slug: string }) => account.slug === VIP;`,
    ],
    'names a member of an enumeration': [
      `export enum SpecialTenants {\n  Zephyra = 'zephyra', // <<\n}\nexport const legal = (t: string) => t === SpecialTenants.Zephyra;`,
    ],
    'reads an environment variable': [
      `const days = Number(process.env.ZEPHYRA_RETENTION_DAYS ?? 30);`,
      `const seats = process.env['DELTA_SEATS'];`,
    ],
    'asks for a flag': [`if (flags.isEnabled('zephyra-bulk-export')) show();`],
    'queries for one account': [`await prisma.invoice.findMany({ where: { accountSlug: 'zephyra' } });`],
    'embeds SQL': ["const rows = await db.query(`SELECT * FROM usage WHERE account_id = 'zephyra' AND kind = 'api'`);"],
    'defaults to an account': [
      `const BETA_ORG_IDS = (process.env.BETA_ORG_IDS || 'org_2f81c').split(',');\nexport const inBeta = (orgId: string) => BETA_ORG_IDS.includes(orgId);`,
    ],
    'compares with an id in no list': [`if (sub.customer === 'cus_TJr3b78dc7HuyQ') trialDays = 90;`],
    'compares with a number in no list': [`export const hidden = (accountId: number) => [25, 26].includes(accountId);`],
    'keeps a date of one contract': [`const ZEPHYRA_RENEWAL = new Date('2027-03-31');`],
    'names an approver': [
      `if (approver.email === 'legal@zephyra.example') release();`,
      `const canSign = approverEmail === 'cfo@somewhere.example';`,
    ],
  },
  doesNotDecide: {
    'is a comment': [
      `// Never write \`if (account.id === "zephyra")\` here.\nexport const terms = (a: Account) => resolve(a.id);`,
    ],
    'is documentation': [`/** Replaces \`account.id === 'zephyra'\`. */\nexport const x = 1;`],
    'is logged': [`logger.info('nightly import for zephyra finished', { rows });`, `console.log("zephyra");`],
    'is thrown': [`throw new Error('zephyra');`],
    'is imported': [`import { client } from './zephyra';\nexport * from '@delta/sdk';\nclient();`],
    'is another kind of thing': [`if (kind === 'delta') return v + delta;`, `return view === 'globe' ? <any>a : b;`],
    'is a key of icons': [`export const icons = { globe: GlobeIcon, delta: DeltaIcon };`],
    'compares two variables': [`if (account.id === other.id) go();`],
    'compares with nothing': [
      `if (account.id === '' || typeof account.id === 'undefined' || account.id === null) stop();`,
    ],
    'compares with a sentinel': [
      `const isSystem = tenant === 'default' || tenant === 'superadmin' || accountId === 0;`,
    ],
    'compares a plan': [`const sso = account.plan === 'enterprise' || account.addOns.includes('sso');`],
    'compares a role': [`const may = ['admin', 'manager'].includes(member.role);`],
    'is the id of another thing': [`if (order.id === 4711 || userId === 17) go();`],
    'is a URL of a vendor': [`const answer = await fetch('https://api.zephyra.example/v1/parcels');`],
    'is a test inside the file': null,
  },
};
