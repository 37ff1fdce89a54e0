import type { Diagnostic } from '../diagnostic.ts';
import type { Tracked } from '../report/tracked.ts';
import type { Skipped } from './files/skipped-files.ts';
import type { Finding } from './finding.ts';
import type { Suppression } from './living/suppression.ts';

/**
 * `new` counts; `known` is in the baseline; `suppressed` has a comment; `unchanged` is, where a change is judged, what was there
 * before it.
 */
export type FindingState = 'new' | 'known' | 'suppressed' | 'unchanged';

export interface JudgedFinding extends Finding {
  /** `<content>:<which of those alike>`. */
  fingerprint: string;
  state: FindingState;
  /** What suppresses it. */
  suppression?: Suppression;
}

/** What became of the files of a repository. */
export interface FileCounts {
  /** Whose bytes were looked at. */
  scanned: number;
  /** Of those, what may name an account and was read as code. */
  parsed: number;
  /** Not looked at, by why. */
  skipped: readonly Skipped[];
}

/** All that one run of the scanner says. */
export interface ScanResult {
  /** By file and place. */
  findings: readonly JudgedFinding[];
  /** Each comment that counts, with how many findings it suppresses. */
  suppressions: readonly { suppression: Suppression; findings: number }[];
  /** What is wrong with suppressions, the baseline, the policy or the accounts. */
  diagnostics: readonly Diagnostic[];
  files: FileCounts;
  /** How many accounts it looked for; a dictionary without names does not say. */
  accounts?: number | undefined;
  /** The commit a change was judged against; absent where everything is judged. */
  base?: string;
}

/** What the findings are for annotations and SARIF. */
export const trackedFindings = ({ findings, base }: Pick<ScanResult, 'findings' | 'base'>): Tracked[] =>
  findings.map(({ rule, severity, message, at, help, related, fingerprint, state, suppression }) => ({
    rule,
    severity,
    message,
    at,
    help,
    ...(related && { related }),
    fingerprint,
    ...(state === 'suppressed' && suppression && { accepted: { where: 'inSource', because: reasonOf(suppression) } }),
    ...(state === 'known' && { accepted: { where: 'external', because: 'it was there when the baseline was made' } }),
    ...(base !== undefined && { since: state === 'unchanged' ? 'unchanged' : 'new' }),
  }));

/** `EX-0031, team-billing until 2027-03-31: migration of invoices`. */
export const reasonOf = ({ exception, owner, until, because }: Suppression): string =>
  `${exception}, ${owner} until ${until}: ${because}`;
