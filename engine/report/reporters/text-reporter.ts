import { formatDiagnostics } from '../format-diagnostics.ts';
import type { Reporter } from '../reporter.ts';

/** For a terminal: the result on stdout, what is wrong with its lines on stderr. */
export const textReporter: Reporter = ({ diagnostics, text }, { textOf, paint }) => {
  const problems = formatDiagnostics(diagnostics, { textOf, paint });
  return { out: text?.() ?? '', ...(problems && { error: text ? `${problems}\n` : problems }) };
};
