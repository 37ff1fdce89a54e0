import { Buffer } from 'node:buffer';
import { sep } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { type Diagnostic, topOf } from '../../diagnostic.ts';
import { isGenerated } from '../../scan/files/is-generated.ts';
import { languageOf } from '../../scan/files/language-of.ts';
import { skippedFiles } from '../../scan/files/skipped-files.ts';
import type { WhySkipped } from '../../scan/files/why-skipped.ts';
import type { Finding } from '../../scan/finding.ts';
import type { Held } from '../../scan/held.ts';
import { inOrder } from '../../scan/living/fingerprint.ts';
import type { Suppression } from '../../scan/living/suppression.ts';
import type { Scanned, Scanner, SourceBytes } from '../../scan/open-scanner.ts';
import type { ScanPolicy } from '../../scan/policy.ts';
import type { FileCounts } from '../../scan/scan-result.ts';
import { gatherMissing } from '../../scan/syntax/gather-missing.ts';
import { outliveFaults } from '../../scan/syntax/outlive-faults.ts';
import { UsageError } from '../../usage-error.ts';
import { changedSources } from './changed-sources.ts';
import type { Since } from './differing-files.ts';
import { listSources } from './list-sources.ts';
import { sourceReader } from './read-source.ts';
import { scannedFolder } from './scanned-folder.ts';
import type { Listing, Source } from './source-finder.ts';

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
  since?: Since | undefined;
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

/**
 * Scans the product source of folders, one file after the other: memory grows with what is found, not with the tree. Throws
 * `MissingParser` for all languages at once that it would have had to read and could not.
 */
export async function scanFolders(job: ScanJob): Promise<ScannedFolders> {
  const skipped = skippedFiles();
  const counts = { scanned: 0, parsed: 0 };
  const { scanner: gathering, missing } = gatherMissing(job.scanner);
  const diagnostics: Diagnostic[] = [];
  const unread = new Set<string>();
  const scanner = outliveFaults(gathering, (path) => unread.add(path));
  const [head, base] = [sideIn(scanner), sideIn(scanner)];
  const texts = new Map<string, string>();
  const onSkip: Listing['onSkip'] = (path, why) => {
    if (job.except.has(path)) return;
    skipped.add(path, why);
    // What nobody could read does not look clean.
    if (why === 'unreadable') unread.add(path);
  };
  const look = ({ path, after, before, hidden }: Both): void => {
    if (before) base.scan(before.path, before.bytes);
    if (hidden) diagnostics.push(hiddenIn(path, hidden));
    if (!after) return;
    let scanned = head.scan(path, after);
    if (scanned?.generated && isOwnMark(job, before)) scanned = head.scan(path, after, true);
    counts.scanned++;
    job.onProgress?.(counts.scanned);
    if (scanned?.generated) skipped.add(path, 'generated');
    if (!scanned || scanned.generated) return;
    if (scanned.parsed) counts.parsed++;
    diagnostics.push(...scanned.diagnostics);
    const isNamed = scanned.findings.length + scanned.held.length + scanned.suppressions.length > 0;
    if (isNamed || scanned.diagnostics.length > 0) texts.set(path, viewOf(after).toString());
  };
  for await (const some of sourcesOf(job, onSkip)) for (const both of some) look(both);
  // Constants are followed into other files in a second look, which most trees do not need.
  if (head.holds() || base.holds()) {
    const changed = new Set<string>();
    for await (const some of sourcesOf(job, undefined))
      for (const { path, after, before } of some) {
        if (before) base.follow(before.path, before.bytes);
        if (after) head.follow(path, after, isOwnMark(job, before));
        if (job.since) changed.add(path);
      }
    // What a change does not touch decides by what it changed, too.
    if (job.since && (head.holds() || base.holds()))
      for await (const some of sourcesOf({ ...job, since: undefined }, undefined))
        for (const { path, after } of some) {
          if (!after || changed.has(path)) continue;
          base.follow(path, after);
          head.follow(path, after);
        }
  }
  // A language that nobody could read does not look clean.
  const wanting = missing();
  if (wanting) throw wanting;
  diagnostics.push(...Array.from(unread, unreadIn));
  return { head: head.found(), base: base.found(), diagnostics, files: { ...counts, skipped: skipped.list() }, texts };
}

const unreadIn = (path: string): Diagnostic => ({
  rule: 'unread-source',
  severity: 'warning',
  message: 'this could not be read, so nobody looked for rules in it',
  at: topOf(path),
  help: 'give whoever scans leave to read it; where that is not the reason, please report it with the file',
});

interface Side {
  /** `evenGenerated`: whatever it says of a machine that wrote it. */
  scan(path: string, bytes: Uint8Array, evenGenerated?: boolean): Scanned | undefined;
  holds(): boolean;
  /** Looks for uses of what other files hold. */
  follow(path: string, bytes: Uint8Array, evenGenerated?: boolean): void;
  found(): ScannedSide;
}

function sideIn(scanner: Scanner): Side {
  const findings: Finding[] = [];
  const suppressions: Suppression[] = [];
  let held: readonly Held[] = [];
  const sourceOf = (path: string, bytes: Uint8Array, evenGenerated: boolean): SourceBytes | undefined => {
    const language = languageOf(path);
    return language && { path, language, bytes: viewOf(bytes), evenGenerated };
  };
  return {
    scan(path, bytes, evenGenerated = false) {
      const source = sourceOf(path, bytes, evenGenerated);
      const scanned = source && scanner.scan(source);
      findings.push(...(scanned?.findings ?? []));
      suppressions.push(...(scanned?.suppressions ?? []));
      if (scanned && scanned.held.length > 0) held = [...held, ...scanned.held];
      return scanned;
    },
    holds: () => held.length > 0,
    follow(path, bytes, evenGenerated = false) {
      const source = sourceOf(path, bytes, evenGenerated);
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
  hidden?: WhySkipped;
}

/**
 * What is looked at, a few files at a time, with what each was before where a change is. Bytes are good until the next file is asked for. Parsed
 * files live outside of the heap and are let go of between turns of the event loop only, which reading alone never gives.
 */
async function* sourcesOf(job: ScanJob, onSkip: Listing['onSkip']): AsyncGenerator<Iterable<Both>> {
  const listing: Listing = {
    workingFolder: job.workingFolder,
    policy: job.policy,
    isLanguage: (path) => languageOf(path) !== undefined,
    ...(onSkip && { onSkip }),
  };
  for (const folder of await apart(job))
    for await (const some of job.since ? changedIn(folder, job.since, job, listing) : allIn(folder, job, listing)) {
      yield some;
      await setImmediate();
    }
}

async function* changedIn(
  folder: string,
  since: Since,
  { except }: ScanJob,
  listing: Listing,
): AsyncGenerator<Iterable<Both>> {
  for await (const { path, after, before, hidden } of changedSources(folder, since, listing)) {
    if (except.has(path)) continue;
    yield [
      {
        path,
        ...(hidden && { hidden }),
        ...(after && { after: after.bytes }),
        ...(before && { before: { path: before.path, bytes: before.text.bytes } }),
      },
    ];
  }
}

async function* allIn(folder: string, { except }: ScanJob, listing: Listing): AsyncGenerator<Iterable<Both>> {
  const read = sourceReader();
  for await (const some of listSources(folder, listing)) yield readEach(some, read, except, listing);
}

function* readEach(
  some: readonly Source[],
  read: ReturnType<typeof sourceReader>,
  except: ScanJob['except'],
  { onSkip }: Listing,
): Generator<Both> {
  for (const source of some) {
    if (except.has(source.path)) continue;
    const text = read(source);
    if (text && 'why' in text) onSkip?.(source.path, text.why);
    else if (text) yield { path: source.path, after: text.bytes };
  }
}

/** Whether it would be the change itself that says a machine wrote the file: nobody hides a rule so. */
const isOwnMark = ({ since }: ScanJob, before: Both['before']): boolean =>
  since !== undefined && !(before && isGenerated(viewOf(before.bytes).toString()));

const kinds: Readonly<Partial<Record<WhySkipped, string>>> = {
  'symbolic link': 'is a link to where no product source is looked for',
  submodule: 'is a repository of its own',
  'nested repository': 'is a repository of its own',
  binary: 'holds bytes that are no text',
  'too large': 'is larger than a file that people write',
};

/** What a change makes unreadable is said: it would excuse itself otherwise. */
const hiddenIn = (path: string, why: WhySkipped): Diagnostic => ({
  rule: 'hidden-source',
  severity: 'warning',
  message: `this ${kinds[why] ?? `cannot be read (${why})`}, so nobody looked for rules in what the change puts there`,
  at: topOf(path),
  help: 'look yourself; what is no product source belongs under exclude in policies/scan.yaml',
});

const viewOf = (bytes: Uint8Array): Buffer =>
  Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** The folders without those that lie in others. Paths count from the top of a repository, so all must lie in one. */
async function apart({ folders, workingFolder }: ScanJob): Promise<string[]> {
  const scanned = await Promise.all(folders.map((folder) => scannedFolder(folder, workingFolder)));
  const tops = new Set(scanned.map(({ top }) => top));
  if (scanned.some(({ inGit }) => inGit) && tops.size > 1)
    throw new UsageError('the folders lie in different repositories', 'scan one repository at a time');
  const roots = [...new Set(scanned.map(({ root }) => root))];
  return roots.filter((root) => !roots.some((other) => other !== root && root.startsWith(`${other}${sep}`)));
}
