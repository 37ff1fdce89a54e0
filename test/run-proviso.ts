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
}

/** Runs a command line in this process, in a world of its own. */
export async function runProviso(
  argv: readonly string[],
  { folder, variables = {}, now = '2026-06-01T12:00:00Z', isTTY = false, terminal }: RunIn,
): Promise<Ran> {
  const ran = { stdout: '', stderr: '' };
  const into = (stream: 'stdout' | 'stderr') => ({
    isTTY,
    write: (text: string) => {
      ran[stream] += text;
    },
  });
  const system = {
    folder,
    variables,
    now: () => Date.parse(now),
    stdout: into('stdout'),
    stderr: into('stderr'),
    terminal,
  };
  const exitCode = await runCommand(argv, system);
  return { exitCode, ...ran };
}
