import { createHash } from 'node:crypto';
import { lstatSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { type DecodedSource, decodeSource } from '../../scan/files/decode-source.ts';
import { isProductSource } from '../../scan/files/is-product-source.ts';
import type { WhySkipped } from '../../scan/files/why-skipped.ts';
import { UsageError } from '../../usage-error.ts';
import { readBlobs } from '../read-blobs.ts';
import { runGit } from '../run-git.ts';
import { type DifferingFile, differingFiles, type Since } from './differing-files.ts';
import { hidesSource } from './hides-source.ts';
import { LARGEST_SOURCE, type ReadSource, sourceReader } from './read-source.ts';
import { scannedFolder } from './scanned-folder.ts';
import { type Listing, type Source, sourceFinder } from './source-finder.ts';

/** A file of the product on both sides of a change. */
export interface ChangedSource extends Pick<Source, 'path'> {
  /** Absent where it is gone, or cannot be read. */
  after?: DecodedSource;
  /** Absent where it was not there, or was no product source. The path differs where it has been moved. */
  before?: { path: string; text: DecodedSource };
  /** Why nobody can look at what the change puts there. */
  hidden?: WhySkipped;
}

interface Changed {
  source: Source;
  staged?: string;
  before?: { path: string; oid: string };
}

/** Files whose old bytes are asked of git at once: few enough to hold. */
const AT_ONCE = 50;

/**
 * The product source at or below a folder that differs, with what it was before, sorted by path, and then what is gone. A file's text is good
 * until the next one is asked for. Throws `UsageError` outside of git.
 */
export async function* changedSources(
  folder: string,
  since: Since,
  listing: Listing & { largest?: number },
): AsyncGenerator<ChangedSource> {
  const scanned = await scannedFolder(folder);
  if (!scanned.inGit) throw new UsageError(`${folder} is not in a git repository`, 'scan it without a base');
  const top = (await runGit(scanned.root, ['rev-parse', '--show-toplevel'])).replace(/\n$/, '');
  const { files, gone } = await differingFiles(scanned, since);
  const isSource = (path: string): boolean =>
    isProductSource(path, listing.policy, path.startsWith(scanned.prefix) ? { folder: scanned.prefix } : {}).source;
  // A folder may be linked too: it is asked for no language.
  const mayBeSource = (path: string): boolean =>
    isSource(path) && (posix.extname(path) === '' || (listing.isLanguage?.(path) ?? true));
  const lost = gone.filter(({ path }) => isSource(path));
  const changed: Changed[] = [];
  const sourceOf = sourceFinder(scanned, listing);
  for (const file of files) {
    if (!inFolder(file, scanned.prefix)) continue;
    const source = sourceOf(below(file, scanned.prefix));
    if (!source) {
      if (await hidesSource(top, file, mayBeSource))
        yield { path: file.after.path.toString('utf8'), hidden: file.after.is as WhySkipped };
      continue;
    }
    const before = file.before ?? (file.after.oid ? undefined : movedFrom(source, lost, listing.largest));
    const { oid } = file.after;
    changed.push({
      source,
      ...('staged' in since && oid ? { staged: oid } : {}),
      ...(before && isSource(before.path) ? { before } : {}),
    });
  }
  for (let start = 0; start < changed.length; start += AT_ONCE)
    yield* readBoth(top, changed.slice(start, start + AT_ONCE), listing);
  const moved = new Set(changed.map(({ before }) => before?.path));
  const isRead = (path: string): boolean => listing.isLanguage?.(path) ?? true;
  yield* readGone(
    top,
    lost.filter(({ path }) => path.startsWith(scanned.prefix) && !moved.has(path) && isRead(path)),
    listing.largest,
  );
}

/** What stood in a file that is gone may stand in another now. */
async function* readGone(
  top: string,
  gone: readonly { path: string; oid: string }[],
  largest: number = LARGEST_SOURCE,
): AsyncGenerator<ChangedSource> {
  for (let start = 0; start < gone.length; start += AT_ONCE) {
    const some = gone.slice(start, start + AT_ONCE);
    const blobs = await readBlobs(
      top,
      some.map(({ oid }) => oid),
    );
    for (const [index, { path }] of some.entries()) {
      const bytes = blobs[index];
      const text = bytes && bytes.length <= largest ? decodeSource(bytes) : undefined;
      if (text) yield { path, before: { path, text } };
    }
  }
}

const inFolder = ({ after }: DifferingFile, prefix: string): boolean =>
  after.path.subarray(0, Buffer.byteLength(prefix)).equals(Buffer.from(prefix));

const below = ({ after }: DifferingFile, prefix: string): DifferingFile['after'] => ({
  ...after,
  path: after.path.subarray(Buffer.byteLength(prefix)),
});

/** The file that is gone and has the same bytes as one git does not know yet. */
function movedFrom(
  { file }: Source,
  gone: readonly { path: string; oid: string }[],
  largest: number = LARGEST_SOURCE,
): Changed['before'] {
  if (gone.length === 0) return undefined;
  const kind = gone[0]?.oid.length === 64 ? 'sha256' : 'sha1';
  try {
    const state = lstatSync(file);
    if (!state.isFile() || state.size > largest) return undefined;
    const bytes = readFileSync(file);
    const oid = createHash(kind).update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
    return gone.find((other) => other.oid === oid);
  } catch {
    return undefined;
  }
}

async function* readBoth(
  top: string,
  changed: readonly Changed[],
  { onSkip, largest = LARGEST_SOURCE }: Listing & { largest?: number },
): AsyncGenerator<ChangedSource> {
  const asked = [...new Set(changed.flatMap(({ staged, before }) => [staged ?? [], before?.oid ?? []].flat()))];
  const blobs = await readBlobs(top, asked);
  const bytesOf = new Map(asked.map((oid, index) => [oid, blobs[index] ?? new Uint8Array()]));
  const blob = (oid: string): ReadSource => {
    const bytes = bytesOf.get(oid) ?? new Uint8Array();
    return bytes.length > largest ? { why: 'too large' } : (decodeSource(bytes) ?? { why: 'binary' });
  };
  const read = sourceReader(largest);
  for (const { source, staged, before } of changed) {
    const after = staged ? blob(staged) : read(source);
    const { path } = source;
    if (after && 'why' in after) {
      onSkip?.(path, after.why);
      yield { path, hidden: after.why };
    }
    if (!after || 'why' in after) continue;
    const was = before && blob(before.oid);
    if (!before || !was || 'why' in was) yield { path, after };
    else if (Buffer.compare(was.bytes, after.bytes) !== 0 || before.path !== source.path)
      yield { path, after, before: { path: before.path, text: was } };
  }
}
