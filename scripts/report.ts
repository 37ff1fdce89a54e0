import { relative, sep } from 'node:path';
import type { Diagnostic } from '../engine/diagnostic.ts';
import { flattenDiagnostics } from '../engine/report/flatten-diagnostics.ts';
import { formatDiagnostics, type TextOf } from '../engine/report/format-diagnostics.ts';
import { formatWorkflowCommands, withoutWorkflowCommands } from '../engine/report/format-workflow-commands.ts';
import type { SourceFile } from '../engine/source-file.ts';
import type { Context, ExitCode } from './command.ts';
import { paintFor } from './paint.ts';

/** What a command found out. */
export interface Result {
  diagnostics: readonly Diagnostic[];
  /** The files the diagnostics point into, for code frames. */
  sources?: readonly SourceFile[];
  /** The result for programs; `diagnostics` are added to it. */
  json?: () => object;
  /** The result for people, ending in a newline. */
  text?: () => string;
}

/** Prints a result as the format asks. Gives the exit code: 1 when there is an error among the diagnostics, else 0. */
export function report(context: Context, { diagnostics, sources = [], json, text }: Result): ExitCode {
  context.progress('');
  if (context.format === 'json') {
    context.writeOut(`${JSON.stringify({ ...json?.(), ...flattenDiagnostics(diagnostics) })}\n`);
  } else if (context.format === 'github') {
    context.writeOut(formatWorkflowCommands(diagnostics, folderInCheckout(context)));
    context.writeOut(withoutWorkflowCommands(text?.() ?? ''));
  } else {
    const problems = formatDiagnostics(diagnostics, { textOf: textIn(sources), paint: paintFor(context) });
    if (problems) context.writeError(text ? `${problems}\n` : problems);
    context.writeOut(text?.() ?? '');
  }
  return diagnostics.some(({ severity }) => severity === 'error') ? 1 : 0;
}

/** Where the terms lie in the checkout a workflow runs on, which is where GitHub looks for the files of annotations. */
function folderInCheckout({ root, variables }: Context): string {
  const folder = variables.GITHUB_WORKSPACE ? relative(variables.GITHUB_WORKSPACE, root) : '';
  return folder.startsWith('..') ? '' : folder.split(sep).join('/');
}

function textIn(sources: readonly SourceFile[]): TextOf {
  return (path) => {
    const bytes = sources.find((file) => file.path === path)?.bytes;
    // Not fatal: what is no text is shown with replacement characters, and a diagnostic says so.
    return bytes && new TextDecoder().decode(bytes);
  };
}
