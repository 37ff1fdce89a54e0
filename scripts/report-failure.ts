import { formatSarif } from '../engine/report/format-sarif.ts';
import { escapeWorkflowData } from '../engine/report/format-workflow-commands.ts';
import { plain } from '../engine/report/plain.ts';
import type { ExitCode } from './command.ts';
import type { System } from './context.ts';
import { version } from './version.ts';

interface Failure {
  exitCode: ExitCode;
  kind: 'usage' | 'store' | 'github' | 'defect';
  message: string;
  help?: string;
}

/**
 * Tells a user why a command could not do its work: one sentence and what to do, never a stack trace unless PROVISO_DEBUG=1 asks for it.
 * Under `json` stdout still holds one object, `{diagnostics: [], error: {kind, message, help?}}`, under `sarif` a run that failed.
 */
export function reportFailure(error: unknown, format: string, system: System): ExitCode {
  const { exitCode, kind, message, help } = describe(error);
  if (format === 'json')
    system.stdout.write(`${JSON.stringify({ diagnostics: [], error: { kind, message, ...(help && { help }) } })}\n`);
  if (format === 'sarif')
    system.stdout.write(formatSarif([], { textOf: () => undefined, folder: '', version: version(), failure: message }));
  if (format === 'github')
    system.stdout.write(
      `::error title=${kind}::${escapeWorkflowData(plain(help ? `${message}; ${help}` : message))}\n`,
    );
  else system.stderr.write(`proviso: ${plain(message)}\n${help ? `  help: ${plain(help)}\n` : ''}`);
  if (system.variables.PROVISO_DEBUG === '1' && error instanceof Error) system.stderr.write(`${error.stack}\n`);
  return exitCode;
}

/** By name, so that saying what went wrong with a store does not load every store. */
function describe(error: unknown): Failure {
  const named = error instanceof Error ? error : new Error(String(error));
  const help = 'help' in named && typeof named.help === 'string' ? named.help : undefined;
  if (named.name === 'UsageError') return { exitCode: 2, kind: 'usage', message: named.message, help };
  if (named.name === 'StoreError') return { exitCode: 3, kind: 'store', message: named.message, help };
  if (named.name === 'GitHubError') return { exitCode: 3, kind: 'github', message: named.message, help };
  if (named.name === 'SnapshotError')
    return {
      exitCode: 3,
      kind: 'store',
      message: `what the store holds cannot be read: ${named.message}`,
      help: 'restore the store from a backup, or publish into a new one',
    };
  return {
    exitCode: 2,
    kind: 'defect',
    message: `this should not have happened: ${named.message}`,
    help: 'this is a defect of proviso; PROVISO_DEBUG=1 shows where, please report it with that',
  };
}
