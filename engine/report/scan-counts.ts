import type { FindingState, JudgedFinding, ScanResult } from '../scan/scan-result.ts';
import { countInWords } from './format-diagnostics.ts';
import { list } from './list.ts';
import { grouped, plural } from './plural.ts';

export const inState = ({ findings }: Pick<ScanResult, 'findings'>, state: FindingState): JudgedFinding[] =>
  findings.filter((finding) => finding.state === state);

/** `3 rules about accounts in 2 files: 2 errors and 1 warning`. */
export function foundInWords(result: ScanResult): string {
  const found = inState(result, 'new');
  const what = result.base === undefined ? '' : ', new in this change';
  if (found.length === 0) return `no rules about accounts${what}`;
  const files = new Set(found.map(({ at }) => at.path)).size;
  const many = plural(found.length, 'rule about accounts', 'rules about accounts');
  return `${many} in ${plural(files, 'file')}${what}: ${countInWords(found)}`;
}

/** What was found and does not count; nothing where there is none. */
export function acceptedInWords(result: ScanResult): string {
  const parts = [
    [inState(result, 'suppressed').length, 'suppressed'],
    [inState(result, 'known').length, 'known in the baseline'],
    [inState(result, 'unchanged').length, 'there before this change'],
  ] as const;
  return list(parts.flatMap(([count, what]) => (count > 0 ? [`${plural(count, 'other')} ${what}`] : [])));
}

/** `1,204 files looked at for 12 accounts, 17 of them read as code; skipped: 12 vendored, 3 generated`. */
export function filesInWords({ files: { scanned, parsed, skipped }, accounts }: ScanResult): string {
  const whom = accounts === undefined ? '' : ` for ${plural(accounts, 'account')}`;
  const reasons = skipped.map(({ why, files }) => `${grouped(files)} ${why}`);
  const left = reasons.length > 0 ? `; skipped: ${reasons.join(', ')}` : '';
  return `${plural(scanned, 'file')} looked at${whom}, ${plural(parsed, 'file')} read as code${left}`;
}

/** Findings file by file, in the order they have. */
export function byFile(findings: readonly JudgedFinding[]): [path: string, findings: JudgedFinding[]][] {
  const files = new Map<string, JudgedFinding[]>();
  for (const finding of findings) {
    const group = files.get(finding.at.path);
    if (group) group.push(finding);
    else files.set(finding.at.path, [finding]);
  }
  return [...files];
}
