import type { Terminal } from '../scripts/ask.ts';
import { runCommand } from '../scripts/run-command.ts';

export interface Ran {
  exitCode: number;
  stdout: string;
  stderr: string;
}

export interface RunIn {
  folder: string;
  variables?: Readonly<Record<string, string>>;
  /** What the clock says. */
  now?: string;
  isTTY?: boolean;
  /** Where somebody sits who answers. */
  terminal?: Terminal;
  /** When a command that goes on until it is told to stop is told so. */
  untilStopped?: Promise<void>;
  /** Told what it says on stderr while it runs. */
  onError?: (text: string) => void;
}

/** Runs a command line in this process, in a world of its own. */
export async function runProviso(
  argv: readonly string[],
  { folder, variables = {}, now = '2026-06-01T12:00:00Z', isTTY = false, terminal, untilStopped, onError }: RunIn,
): Promise<Ran> {
  const ran = { stdout: '', stderr: '' };
  const into = (stream: 'stdout' | 'stderr') => ({
    isTTY,
    write: (text: string) => {
      ran[stream] += text;
      if (stream === 'stderr') onError?.(text);
    },
  });
  const system = {
    folder,
    variables,
    now: () => Date.parse(now),
    stdout: into('stdout'),
    stderr: into('stderr'),
    terminal,
    ...(untilStopped && { untilStopped: () => untilStopped }),
  };
  const exitCode = await runCommand(argv, system);
  return { exitCode, ...ran };
}
