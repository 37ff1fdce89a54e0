/** `policies/scan.yaml`: what counts as a rule about one account in product source. */
import { z } from 'zod';
import { text, textLike } from './scalars.ts';

/** The rules the scanner knows. */
export const scanRuleNames = [
  'account-equality',
  'account-case',
  'account-membership',
  'account-map',
  'account-affix',
  'account-pattern',
  'account-query',
  'account-enum',
  'account-environment',
  'account-flag',
  'account-constant',
  'account-argument',
  'account-config',
  'contract-date',
  'approver-address',
  'unlisted-account',
] as const;

export type ScanRuleName = (typeof scanRuleNames)[number];

const globs = z.array(text).optional();
const severity = z.enum(['error', 'warning', 'note', 'off']).optional();
const severities = Object.fromEntries(scanRuleNames.map((name) => [name, severity])) as Record<
  ScanRuleName,
  typeof severity
>;

export const scan = z
  .strictObject({
    include: globs.meta({
      description: 'Globs, as in .gitignore, of what is product source though it looks like a test or a document.',
    }),
    exclude: globs.meta({ description: 'Globs of what is not looked at.' }),
    identifiers: z
      .array(textLike(/^[a-z]+$/, 'one word of lower-case letters, singular, like studio'))
      .optional()
      .meta({
        description: 'More words for an account: `studio` makes `studioId == …` a comparison of accounts.',
      }),
    sentinels: z.array(text).optional().meta({ description: 'Values that stand for no customer, such as `house`.' }),
    ordinaryWords: z.array(text).optional().meta({
      description:
        'Ids or aliases of customers that are ordinary words in this product: they count only where an account is compared.',
    }),
    severity: z
      .strictObject(severities)
      .optional()
      .meta({ description: 'How serious a rule is; `off` leaves it out.' }),
  })
  .meta({ title: 'Scan', description: 'What counts as a rule about one account in product source.' });

export type Scan = z.infer<typeof scan>;
