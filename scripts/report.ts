import { relative, sep } from 'node:path';
import { type Diagnostic, isError } from '../engine/diagnostic.ts';
import type { TextOf } from '../engine/report/format-diagnostics.ts';
import { reporters } from '../engine/report/registry.ts';
import type { Finding, Reporter } from '../engine/report/reporter.ts';
import { isCounted } from '../engine/report/tracked.ts';
import type { SourceFile } from '../engine/source-file.ts';
import type { Context, ExitCode } from './command.ts';
import { paintFor } from './paint.ts';
import { version } from './version.ts';

/** Files that diagnostics point into: all of them, or who reads them when they are asked for. */
export type Sources = readonly SourceFile[] | { filesAt(paths: readonly string[]): readonly SourceFile[] };

/** What a command found out. */
export interface Result extends Finding {
  /** For code frames. */
  sources?: Sources;
  /** The folder paths of diagnostics count from, absolute, where that is not the root. */
  from?: string;
}

/** Prints a result as the format asks. Gives the exit code: 1 when there is an error among the diagnostics, else 0. */
export function report(context: Context, { sources = [], from = context.root, ...finding }: Result): ExitCode {
  context.progress('');
  const reporter: Reporter = reporters[context.format];
  const { out, error, summary } = reporter(finding, {
    paint: paintFor(context),
    textOf: textIn(filesOf(sources, finding.diagnostics)),
    folder: folderInCheckout(from, context),
    hasSummary: context.writeSummary !== undefined,
    version,
  });
  if (error) context.writeError(error);
  context.writeOut(out);
  if (summary) context.writeSummary?.(summary());
  return [...finding.diagnostics, ...(finding.tracked ?? []).filter(isCounted)].some(isError) ? 1 : 0;
}

/** Where a folder lies in the checkout a workflow runs on, which is where GitHub looks for the files of annotations. */
function folderInCheckout(from: string, { variables }: Context): string {
  const folder = variables.GITHUB_WORKSPACE ? relative(variables.GITHUB_WORKSPACE, from) : '';
  return folder.startsWith('..') ? '' : folder.split(sep).join('/');
}

/** All at once: to read them one by one takes as long for each. */
function filesOf(sources: Sources, diagnostics: readonly Diagnostic[]): readonly SourceFile[] {
  if (!('filesAt' in sources)) return sources;
  const places = diagnostics.flatMap(({ at, related = [] }) => [at, ...related.map((other) => other.at)]);
  return sources.filesAt([...new Set(places.map(({ path }) => path))]);
}

function textIn(sources: readonly SourceFile[]): TextOf {
  return (path) => {
    const bytes = sources.find((file) => file.path === path)?.bytes;
    // Not fatal: what is no text is shown with replacement characters, and a diagnostic says so.
    return bytes && new TextDecoder().decode(bytes);
  };
}
