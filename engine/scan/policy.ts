import type { Scan } from '../../schemas/scan.ts';
import type { Severity } from '../diagnostic.ts';
import type { RuleName } from './judge/rules.ts';

/** What `policies/scan.yaml` says, on top of what the scanner knows by itself. */
export interface ScanPolicy {
  /** Globs, as in .gitignore, of what is product source though it looks like a test or a document. */
  include: readonly string[];
  /** Globs of what is not looked at. */
  exclude: readonly string[];
  /** More words for an account: `studio` makes `studioId == …` a comparison of accounts. Lower case, singular. */
  identifiers: readonly string[];
  /** Values that stand for no customer: `default`, `internal`. Lower case. */
  sentinels: readonly string[];
  /** Ids or aliases that are ordinary words in this product. Lower case. */
  ordinaryWords: readonly string[];
  severity: Readonly<Partial<Record<RuleName, Severity | 'off'>>>;
}

export const noPolicy: ScanPolicy = {
  include: [],
  exclude: [],
  identifiers: [],
  sentinels: [],
  ordinaryWords: [],
  severity: {},
};

/** The policy as the file says it; what it does not say is empty. */
export const scanPolicyOf = (scan: Scan | undefined): ScanPolicy => ({
  ...noPolicy,
  ...scan,
  sentinels: (scan?.sentinels ?? []).map((word) => word.toLowerCase()),
  ordinaryWords: (scan?.ordinaryWords ?? []).map((word) => word.toLowerCase()),
});
