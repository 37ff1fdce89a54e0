import { Buffer } from 'node:buffer';
import { sep } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { Diagnostic } from '../../diagnostic.ts';
import type { Finding } from '../../scan/finding.ts';
import { inOrder } from '../../scan/fingerprint.ts';
import type { Held } from '../../scan/held.ts';
import { languageOf } from '../../scan/language-of.ts';
import type { Scanned, Scanner, SourceBytes } from '../../scan/open-scanner.ts';
import type { ScanPolicy } from '../../scan/policy.ts';
import type { FileCounts } from '../../scan/scan-result.ts';
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
  scanner: Scanner;
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
  const [head, base] = [sideIn(job.scanner), sideIn(job.scanner)];
  const diagnostics: Diagnostic[] = [];
  const texts = new Map<string, string>();
  const onSkip: Listing['onSkip'] = (path, why) => skipped.add(path, why);
  for await (const { path, after, before } of sourcesOf(job, onSkip)) {
    if (before) base.scan(before.path, before.bytes);
    if (!after) continue;
    const scanned = head.scan(path, after);
    counts.scanned++;
    job.onProgress?.(counts.scanned);
    if (scanned?.generated) skipped.add(path, 'generated');
    if (!scanned || scanned.generated) continue;
    if (scanned.parsed) counts.parsed++;
    diagnostics.push(...scanned.diagnostics);
    const isNamed = scanned.findings.length + scanned.held.length + scanned.suppressions.length > 0;
    if (isNamed || scanned.diagnostics.length > 0) texts.set(path, viewOf(after).toString());
  }
  // Constants are followed into other files in a second look, which most trees do not need.
  if (head.holds() || base.holds())
    for await (const { path, after, before } of sourcesOf(job, undefined)) {
      if (before) base.follow(before.path, before.bytes);
      if (after) head.follow(path, after);
    }
  return { head: head.found(), base: base.found(), diagnostics, files: { ...counts, skipped: skipped.list() }, texts };
}

interface Side {
  scan(path: string, bytes: Uint8Array): Scanned | undefined;
  holds(): boolean;
  /** Looks for uses of what other files hold. */
  follow(path: string, bytes: Uint8Array): void;
  found(): ScannedSide;
}

function sideIn(scanner: Scanner): Side {
  const findings: Finding[] = [];
  const suppressions: Suppression[] = [];
  let held: readonly Held[] = [];
  const sourceOf = (path: string, bytes: Uint8Array): SourceBytes | undefined => {
    const language = languageOf(path);
    return language && { path, language, bytes: viewOf(bytes) };
  };
  return {
    scan(path, bytes) {
      const source = sourceOf(path, bytes);
      const scanned = source && scanner.scan(source);
      findings.push(...(scanned?.findings ?? []));
      suppressions.push(...(scanned?.suppressions ?? []));
      if (scanned && scanned.held.length > 0) held = [...held, ...scanned.held];
      return scanned;
    },
    holds: () => held.length > 0,
    follow(path, bytes) {
      const source = sourceOf(path, bytes);
      const uses = source && held.length > 0 ? scanner.scanUses(source, held) : new Map<Held, Finding>();
      if (uses.size === 0) return;
      findings.push(...uses.values());
      held = held.filter((one) => !uses.has(one));
    },
    found: () => ({ findings: findings.sort(inOrder), suppressions }),
  };
}

interface Both {
  path: string;
  after?: Uint8Array;
  before?: { path: string; bytes: Uint8Array };
}

/** Files between two pauses. */
const AT_ONCE = 16;

/**
 * What is looked at, with what it was before where a change is. Bytes are good until the next file is asked for. Parsed files live outside
 * of the heap and are let go of between turns of the event loop only, which reading alone never gives.
 */
async function* sourcesOf(job: ScanJob, onSkip: Listing['onSkip']): AsyncGenerator<Both> {
  let count = 0;
  for await (const both of filesOf(job, onSkip)) {
    yield both;
    count++;
    if (count % AT_ONCE === 0) await setImmediate();
  }
}

async function* filesOf(job: ScanJob, onSkip: Listing['onSkip']): AsyncGenerator<Both> {
  const listing: Listing = {
    workingFolder: job.workingFolder,
    policy: job.policy,
    isLanguage: (path) => languageOf(path) !== undefined,
    ...(onSkip && { onSkip }),
  };
  for (const folder of await apart(job)) {
    if (job.since)
      for await (const { path, after, before } of changedSources(folder, job.since, listing)) {
        if (job.except.has(path)) continue;
        yield {
          path,
          ...(after && { after: after.bytes }),
          ...(before && { before: { path: before.path, bytes: before.text.bytes } }),
        };
      }
    else {
      const read = sourceReader();
      for await (const source of listSources(folder, listing)) {
        if (job.except.has(source.path)) continue;
        const text = read(source);
        if (text && 'why' in text) onSkip?.(source.path, text.why);
        else if (text) yield { path: source.path, after: text.bytes };
      }
    }
  }
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
