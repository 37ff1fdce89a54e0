import type { JudgedFinding, ScanResult } from '../scan/scan-result.ts';

/**
 * What the scanner found, for programs: `findings` count; `accepted` were found and do not, each with why. Lines and columns count
 * from 1, columns UTF-16 units; ends are exclusive.
 */
export function scanResultJson({ findings, suppressions, files, accounts, base }: ScanResult): object {
  return {
    findings: findings.filter(({ state }) => state === 'new').map(flat),
    accepted: findings
      .filter(({ state }) => state !== 'new')
      .map((finding) => ({
        ...flat(finding),
        state: finding.state,
        ...(finding.suppression && { exception: finding.suppression.exception, because: finding.suppression.because }),
      })),
    suppressions: suppressions.map(({ suppression: { exception, owner, until, because, at }, findings: count }) => ({
      path: at.path,
      line: at.start.line,
      column: at.start.column,
      exception,
      owner,
      until,
      because,
      findings: count,
    })),
    files,
    accounts: accounts ?? null,
    ...(base !== undefined && { base }),
  };
}

/** An account that no list holds is null. */
const flat = ({
  at,
  rule,
  account,
  message,
  fingerprint,
  severity,
  literal,
  help,
  related,
}: JudgedFinding): object => ({
  path: at.path,
  line: at.start.line,
  column: at.start.column,
  endColumn: at.end?.column ?? at.start.column + literal.length,
  rule,
  account: account ?? null,
  message,
  fingerprint,
  severity,
  ...(at.end && at.end.line !== at.start.line && { endLine: at.end.line }),
  literal,
  help,
  ...(related && {
    related: related.map((other) => ({ message: other.message, path: other.at.path, ...other.at.start })),
  }),
});
