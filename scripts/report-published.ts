import { shownChecksum } from '../engine/diff/checksum-of.ts';
import { formatDiff } from '../engine/diff/format-diff.ts';
import { list } from '../engine/report/list.ts';
import { plain } from '../engine/report/plain.ts';
import { plural } from '../engine/report/plural.ts';
import { subjectLine } from '../engine/verify/main-commit.ts';
import type { CanaryShare } from '../runtime/snapshot/head.ts';
import type { Context, ExitCode } from './command.ts';
import { reportStopped } from './outcome.ts';
import type { Pending } from './pending-edits.ts';
import type { PublishAttempt } from './publish-commit.ts';
import { report } from './report.ts';

const NOTHING_VERIFIED =
  'First release here: there was nothing to hold it against, so nothing of it was verified (bootstrap).';

/** Tells what became of a publish. */
export function reportPublished(
  context: Context,
  { commit, diagnostics, result, verified, checksum }: PublishAttempt,
  { pending, pendingDiff }: Pending = { pending: [] },
): ExitCode {
  if (pending.length > 0 && context.format !== 'json') {
    context.writeError(`Not published, because not committed: ${list(pending)}\n`);
    if (pendingDiff) context.writeError(`\n${formatDiff(pendingDiff)}\n`);
  }
  if (!result) return report(context, { diagnostics, sources: commit });
  switch (result.outcome) {
    case 'refused':
    case 'lost':
      return reportStopped(context, result);
    case 'superseded':
      return report(context, {
        diagnostics,
        sources: commit,
        json: () => ({ ...result, pending }),
        text: () => `Nothing to do: release ${result.release} holds the newer commit ${short(result.commit)}.\n`,
      });
    case 'held':
      return report(context, {
        diagnostics,
        sources: commit,
        json: () => ({ ...result, pending }),
        text: () =>
          `Held: release ${result.release} is a rollback. The next commit that builds on ${short(result.hold)} will be published.\n`,
      });
    default: {
      const { outcome: _, evidence: word, ...published } = result;
      const isFirst = word === 'bootstrap';
      const evidence = verified
        ? { evidence: verified.evidence }
        : isFirst
          ? { evidence: word, note: NOTHING_VERIFIED }
          : {};
      const canary = canaryText(published.canary);
      const proof = isFirst ? `${NOTHING_VERIFIED}\n` : verifiedText(verified);
      return report(context, {
        diagnostics,
        sources: commit,
        json: () => ({
          ...published,
          outcome: result.outcome,
          ...evidence,
          ...(checksum !== undefined && { checksum }),
          pending,
        }),
        text: () =>
          result.outcome === 'unchanged'
            ? `Nothing to do: release ${result.release} is this commit already.\n`
            : result.outcome === 'planned'
              ? `${proof}Nothing was written. Release ${result.release} would be commit ${short(result.commit)}: ${plural(result.customers, 'customer')}, ${plural(result.written.objects, 'new object')}.\n${checksum === undefined ? '' : `Checksum of what it changes: ${shownChecksum(checksum)}\n`}${canary}`
              : `${proof}Release ${result.release}: ${plural(result.customers, 'customer')}, commit ${short(result.commit)}, root ${result.root.slice(0, 16)}. Wrote ${plural(result.written.objects, 'object')}, ${result.written.bytes} bytes.\n${canary}`,
      });
    }
  }
}

function canaryText(canary: CanaryShare | undefined): string {
  if (!canary) return '';
  const { percent, readers = [] } = canary;
  const whom = [...(percent > 0 || readers.length === 0 ? [`${percent} % of readers`] : []), ...readers];
  return (
    plain(`Canary for ${list(whom)}: \`proviso promote\` puts it in force for everybody, \`proviso abort\` ends it.`) +
    '\n'
  );
}

/** How each commit came to be approved, one a line. */
function verifiedText(verified: PublishAttempt['verified']): string {
  if (!verified) return '';
  const lines = verified.commits.map(({ judged, ratification, undoneBy }) => {
    const { commit, provenance, needs } = judged;
    const given = (ratification?.needs ?? needs).filter(({ satisfied }) => satisfied);
    const people = given.map((need) => `${need.label ?? need.class} by ${list(need.given.map(({ login }) => login))}`);
    const how = undoneBy
      ? `undone by ${short(undoneBy)}`
      : people.length > 0
        ? `approved: ${people.join('; ')}`
        : 'needs no approval';
    const by = ratification ? ` (ratified by #${ratification.pull})` : '';
    const pull = provenance?.pull ? ` #${provenance.pull.number}` : '';
    return `${plain(`${short(commit.id)}${pull} ${subjectLine(commit)}: ${how}${by}`)}\n`;
  });
  return lines.join('');
}

const short = (commit: string): string => commit.slice(0, 12);
