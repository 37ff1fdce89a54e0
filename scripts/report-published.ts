import { formatDiff } from '../engine/diff/format-diff.ts';
import { list } from '../engine/report/list.ts';
import { plural } from '../engine/report/plural.ts';
import type { Context, ExitCode } from './command.ts';
import { reportStopped } from './outcome.ts';
import type { Pending, PublishAttempt } from './publish-commit.ts';
import { report } from './report.ts';

/** Tells what became of a publish. */
export function reportPublished(
  context: Context,
  { commit, diagnostics, result }: PublishAttempt,
  { pending, pendingDiff }: Pending = { pending: [] },
): ExitCode {
  const sources = commit.files;
  if (pending.length > 0 && context.format !== 'json') {
    context.writeError(`Not published, because not committed: ${list(pending)}\n`);
    if (pendingDiff) context.writeError(`\n${formatDiff(pendingDiff)}\n`);
  }
  if (!result) return report(context, { diagnostics, sources });
  switch (result.outcome) {
    case 'refused':
    case 'lost':
      return reportStopped(context, result);
    case 'superseded':
      return report(context, {
        diagnostics,
        sources,
        json: () => ({ ...result, pending }),
        text: () => `Nothing to do: release ${result.release} holds the newer commit ${short(result.commit)}.\n`,
      });
    case 'held':
      return report(context, {
        diagnostics,
        sources,
        json: () => ({ ...result, pending }),
        text: () =>
          `Held: release ${result.release} is a rollback. The next commit that builds on ${short(result.hold)} will be published.\n`,
      });
    default: {
      const { outcome: _, ...published } = result;
      return report(context, {
        diagnostics,
        sources,
        json: () => ({ ...published, outcome: result.outcome, pending }),
        text: () =>
          result.outcome === 'unchanged'
            ? `Nothing to do: release ${result.release} is this commit already.\n`
            : `Release ${result.release}: ${plural(result.customers, 'customer')}, commit ${short(result.commit)}, root ${result.root.slice(0, 16)}. Wrote ${plural(result.written.objects, 'object')}, ${result.written.bytes} bytes.\n`,
      });
    }
  }
}

const short = (commit: string): string => commit.slice(0, 12);
