import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type Diagnostic, isError } from '../engine/diagnostic.ts';
import { resolveCommit } from '../engine/io/git.ts';
import { baseCommit } from '../engine/io/scan/base-commit.ts';
import { hasCommit, type Since } from '../engine/io/scan/differing-files.ts';
import { loadInstalled } from '../engine/io/scan/load-installed.ts';
import { type ScannedFolders, scanFolders } from '../engine/io/scan/scan-folders.ts';
import { type ScannedFolder, scannedFolder } from '../engine/io/scan/scanned-folder.ts';
import { languages } from '../engine/scan/languages/registry.ts';
import {
  type Baseline,
  baselineFile,
  emptyBaseline,
  pruneBaseline,
  updateBaseline,
} from '../engine/scan/living/baseline.ts';
import { baselineText, type ReadBaseline } from '../engine/scan/living/baseline-file.ts';
import { judgeChange, judgeScan, type ScanJudge } from '../engine/scan/living/judge-scan.ts';
import { openScanner } from '../engine/scan/open-scanner.ts';
import type { ScanResult } from '../engine/scan/scan-result.ts';
import { openGrammars } from '../engine/scan/syntax/grammars.ts';
import type { SourceFile } from '../engine/source-file.ts';
import { UsageError } from '../engine/usage-error.ts';
import type { Context } from './command.ts';
import { openScan } from './open-scan.ts';
import { ownPackage } from './own-package.ts';
import { pathFromTop } from './path-from-top.ts';
import { readBaselineAt, readBaselineFile } from './read-baseline-file.ts';

export interface ScanWishes {
  folders: readonly string[];
  accounts?: string | undefined;
  base?: string | undefined;
  staged?: boolean;
  baseline?: string | undefined;
  /** Writes the baseline: anew, or without what is gone. */
  write?: 'update' | 'prune' | undefined;
}

export interface ScannedProduct {
  /** Absent where the accounts could not be read. */
  result?: ScanResult;
  diagnostics: readonly Diagnostic[];
  sources: readonly SourceFile[];
  /** The top of the scanned repository: paths count from there. */
  top: string;
  /** What was written. */
  written?: string;
}

/** Scans product source for rules about accounts, and judges what is found. Throws `UsageError` for what cannot be done as asked. */
export async function scanProduct(context: Context, wishes: ScanWishes): Promise<ScannedProduct> {
  const folders = wishes.folders.map((folder) => resolve(context.folder, folder));
  const scanned = await Promise.all(folders.map((folder) => scannedFolder(folder, context.folder)));
  const top = scanned[0]?.top ?? context.folder;
  const since = await sinceOf(top, wishes);
  const open = await openScan(context, wishes.accounts, top, since && (await judgedFrom(top, wishes)));
  if (!open.dictionary) return { diagnostics: open.diagnostics, sources: open.sources, top };
  const grammarOf = openGrammars(languages, {
    versions: ownPackage().peerDependencies ?? {},
    load: loadInstalled,
    isFile: existsSync,
  });
  const path =
    wishes.baseline === undefined ? baselineFile : pathFromTop(top, resolve(context.folder, wishes.baseline));
  const seen = await scanFolders({
    folders,
    workingFolder: context.folder,
    except: new Set([path, open.file ?? path]),
    policy: { ...open.policy, exclude: [...open.policy.exclude, ...open.terms] },
    scanner: openScanner(open.dictionary, open.policy, grammarOf, { offers: open.offers }),
    ...(since && { since }),
    onProgress: progressOn(context),
  });
  context.progress('');
  const baseline = await readBaselineFile(top, path, wishes.baseline !== undefined && wishes.write !== 'update');
  const covers = coversOf(scanned);
  const judge: ScanJudge = {
    day: context.at.day,
    known: open.known,
    covers,
    placeInBaseline: (content) => baseline.placeOf(content),
  };
  const written = wishes.write && (await writeBaseline(join(top, path), wishes.write, seen, baseline, judge));
  const known = written ?? baseline.baseline ?? emptyBaseline;
  const head = { ...seen.head, baseline: known };
  const judgement = since
    ? judgeChange({ base: { ...seen.base, baseline: await baselineBefore(top, since, path) }, head }, judge)
    : judgeScan(head, judge);
  const diagnostics = [
    ...open.diagnostics,
    ...(written ? [] : baseline.diagnostics),
    ...seen.diagnostics,
    ...judgement.diagnostics,
  ];
  return {
    result: {
      ...judgement,
      diagnostics,
      files: seen.files,
      ...(open.accounts !== undefined && { accounts: open.accounts }),
      ...(since && { base: 'commit' in since ? since.commit : 'HEAD' }),
    },
    diagnostics,
    sources: [...sourcesOf(seen), ...(baseline.source ? [baseline.source] : []), ...open.sources],
    top,
    ...(written && { written: path }),
  };
}

async function sinceOf(top: string, { base, staged, write }: ScanWishes): Promise<Since | undefined> {
  if (staged && base !== undefined) throw new UsageError('--staged and --base exclude each other', 'give one of them');
  if (write && (staged || base !== undefined))
    throw new UsageError('a baseline is written of everything, not of a change', 'leave out --base and --staged');
  if (staged) return { staged: true };
  return base === undefined || base === '' ? undefined : { commit: await baseCommit(top, base) };
}

/** Where what judges a change is read: at the tip of its base, which may know more than the commit the change began at. */
async function judgedFrom(top: string, { base, staged }: ScanWishes): Promise<string | undefined> {
  if (!staged) return resolveCommit(top, base ?? 'HEAD');
  return (await hasCommit(top)) ? resolveCommit(top, 'HEAD') : undefined;
}

const baselineBefore = (top: string, since: Since, path: string): Promise<Baseline> =>
  readBaselineAt(top, 'commit' in since ? since.commit : 'HEAD', path);

/** Paths at or below what was scanned. */
function coversOf(scanned: readonly ScannedFolder[]): (path: string) => boolean {
  const prefixes = scanned.map(({ prefix }) => prefix);
  return (path) => prefixes.some((prefix) => path.startsWith(prefix));
}

async function writeBaseline(
  file: string,
  how: 'update' | 'prune',
  { head }: ScannedFolders,
  { baseline, diagnostics }: ReadBaseline,
  judge: ScanJudge,
): Promise<Baseline> {
  if (how === 'prune' && diagnostics.some(isError))
    throw new UsageError(
      'the baseline has faults, so nothing can be taken out of it',
      'write it with --update-baseline',
    );
  const open = judgeScan({ ...head, baseline: emptyBaseline }, judge).findings.filter(({ state }) => state === 'new');
  const write = how === 'update' ? updateBaseline : pruneBaseline;
  const next = write(open, baseline ?? emptyBaseline, judge.covers);
  try {
    await writeFile(file, baselineText(next));
  } catch (error) {
    throw new UsageError(`the baseline cannot be written: ${error instanceof Error ? error.message : String(error)}`);
  }
  return next;
}

const sourcesOf = ({ texts }: ScannedFolders): SourceFile[] =>
  Array.from(texts, ([path, text]) => ({ path, bytes: new TextEncoder().encode(text), oid: '' }));

/** A line a tenth of a second at most. */
function progressOn(context: Context): (files: number) => void {
  let last = 0;
  return (files) => {
    if (files % 64 !== 0) return;
    const now = context.now();
    if (now - last < 100) return;
    last = now;
    context.progress(`${files.toLocaleString('en')} files`);
  };
}
