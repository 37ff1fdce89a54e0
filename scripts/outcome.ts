import type { Refused } from '../engine/publish/outcome.ts';
import type { Lost } from '../engine/publish/swap-head.ts';
import { plain } from '../engine/report/plain.ts';
import type { Context, ExitCode } from './command.ts';

/** Says why nothing was published: refused is a problem found, a lost race is for the caller to try again. */
export function reportStopped(context: Context, result: Refused | Lost): ExitCode {
  const [message, help] =
    result.outcome === 'lost'
      ? [`somebody else published ${result.tries} times while this was trying`, 'run it again']
      : [result.message, result.help];
  if (context.format === 'json') {
    const reason = result.outcome === 'lost' ? 'lost' : result.reason;
    const commits = result.outcome === 'refused' && result.commits ? { commits: result.commits } : {};
    context.writeOut(
      `${JSON.stringify({ outcome: result.outcome, reason, message, help, ...commits, diagnostics: [] })}\n`,
    );
  } else context.writeError(`proviso: ${plain(message)}\n  help: ${plain(help)}\n`);
  return result.outcome === 'lost' ? 3 : 1;
}
