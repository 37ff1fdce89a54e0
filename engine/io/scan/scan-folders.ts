import { Buffer } from 'node:buffer';
import { sep } from 'node:path';
import type { Diagnostic } from '../../diagnostic.ts';
import type { Finding } from '../../scan/finding.ts';
import { languageOf } from '../../scan/language-of.ts';
import type { ScanPolicy } from '../../scan/policy.ts';
import type { FileCounts } from '../../scan/scan-result.ts';
import type { Scanned, SourceBytes } from '../../scan/scan-source.ts';
import { skippedFiles } from '../../scan/skipped-files.ts';
import type { Suppression } from '../../scan/suppression.ts';
import { UsageError } from '../../usage-error.ts';
import { changedSources } from './changed-sources.ts';
import type { Since } from './differing-files.ts';
import { listSources } from './list-sources.ts';
import { sourceReader } from './read-source.ts';
import { scannedFolder } from './scanned-folder.ts';
import type { Listing } from './source-finder.ts';

export interface ScanJob {
  /** Absolute, of one repository. */
  folders: readonly string[];
  /** Paths of files in no repository count from there. */
  workingFolder: string;
  /** Paths of files that are the scanner's own: its dictionary and its baseline. */
  except: ReadonlySet<string>;
  policy: Pick<ScanPolicy, 'include' | 'exclude'>;
  scan(source: SourceBytes): Scanned;
  /** Only what differs since then; absent: everything. */
  since?: Since;
  /** Told how many files have been looked at, after each. */
  onProgress?(files: number): void;
}

/** What stands in the files as they are, or as they were. */
export interface ScannedSide {
  findings: Finding[];
  suppressions: Suppression[];
}

export interface ScannedFolders {
  head: ScannedSide;
  /** What the same files held before; empty where everything is looked at. */
  base: ScannedSide;
  diagnostics: Diagnostic[];
  files: FileCounts;
  /** The text of each file something was found in, for frames. */
  texts: ReadonlyMap<string, string>;
}

/** Scans the product source of folders, one file after the other: memory grows with what is found, not with the tree. */
export async function scanFolders(job: ScanJob): Promise<ScannedFolders> {
  const skipped = skippedFiles();
  const counts = { scanned: 0, parsed: 0 };
  const head: ScannedSide = { findings: [], suppressions: [] };
  const base: ScannedSide = { findings: [], suppressions: [] };
  const diagnostics: Diagnostic[] = [];
  const texts = new Map<string, string>();
  const listing: Listing = {
    workingFolder: job.workingFolder,
    policy: job.policy,
    isLanguage: (path) => languageOf(path) !== undefined,
    onSkip: (path, why) => skipped.add(path, why),
  };
  const scan = (path: string, bytes: Uint8Array, side: ScannedSide): Scanned | undefined => {
    const language = languageOf(path);
    if (!language || job.except.has(path)) return undefined;
    const scanned = job.scan({ path, language, bytes: viewOf(bytes) });
    side.findings.push(...scanned.findings);
    side.suppressions.push(...scanned.suppressions);
    return scanned;
  };
  const look = (path: string, bytes: Uint8Array): void => {
    const scanned = scan(path, bytes, head);
    counts.scanned++;
    job.onProgress?.(counts.scanned);
    if (!scanned) return;
    if (scanned.generated) return void skipped.add(path, 'generated');
    if (scanned.parsed) counts.parsed++;
    diagnostics.push(...scanned.diagnostics);
    const isNamed = scanned.findings.length + scanned.suppressions.length + scanned.diagnostics.length > 0;
    if (isNamed) texts.set(path, viewOf(bytes).toString());
  };
  for (const folder of await apart(job)) {
    if (job.since)
      for await (const { path, after, before } of changedSources(folder, job.since, listing)) {
        if (after) look(path, after.bytes);
        if (before) scan(before.path, before.text.bytes, base);
      }
    else {
      const read = sourceReader();
      for await (const source of listSources(folder, listing)) {
        const text = read(source);
        if (text && 'why' in text) skipped.add(source.path, text.why);
        else if (text) look(source.path, text.bytes);
      }
    }
  }
  return { head, base, diagnostics, files: { ...counts, skipped: skipped.list() }, texts };
}

const viewOf = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** The folders without those that lie in others. Paths count from the top of a repository, so all must lie in one. */
async function apart({ folders, workingFolder }: ScanJob): Promise<string[]> {
  const scanned = await Promise.all(folders.map((folder) => scannedFolder(folder, workingFolder)));
  const tops = new Set(scanned.map(({ top }) => top));
  if (scanned.some(({ inGit }) => inGit) && tops.size > 1)
    throw new UsageError('the folders lie in different repositories', 'scan one repository at a time');
  const roots = [...new Set(scanned.map(({ root }) => root))];
  return roots.filter((root) => !roots.some((other) => other !== root && root.startsWith(`${other}${sep}`)));
}
