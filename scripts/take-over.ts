import { type TakeoverBase, takeoverBase } from '../engine/publish/takeover-base.ts';
import { plain } from '../engine/report/plain.ts';
import { plural } from '../engine/report/plural.ts';
import { UsageError } from '../engine/usage-error.ts';
import type { Context, ExitCode } from './command.ts';
import { gitHubOf } from './github/pull-requests.ts';
import { openForRelease } from './open-for-release.ts';
import { reportStopped } from './outcome.ts';
import { parseReason } from './parse-reason.ts';
import { publishCommit } from './publish-commit.ts';
import { releaseTools, targetOf, withStore } from './release-tools.ts';
import { reportPublished } from './report-published.ts';

export interface TakeoverWishes {
  from?: string;
  because: string;
  commit?: string;
  approvals?: string;
  isDryRun: boolean;
}

/** Says what the store holds that is none of ours, asks where somebody can be asked, and publishes on top of what is. */
export async function takeOver(context: Context, wishes: TakeoverWishes): Promise<ExitCode> {
  const because = parseReason(wishes.because);
  const base = await withStore(context, async (store) =>
    takeoverBase(await releaseTools(context, store), await targetOf(context), wishes.from),
  );
  if ('outcome' in base) return reportStopped(context, base);
  context.writeError(wordsOf(base, because));
  if (
    !wishes.isDryRun &&
    context.ask &&
    (await context.ask({ message: 'Go on from there?', choices: [{ value: 'no' }, { value: 'yes' }] })) !== 'yes'
  )
    throw new UsageError('nothing was taken over');
  const commit = await openForRelease(context, wishes.commit ?? 'HEAD');
  const attempt = await publishCommit(context, commit, {
    dryRun: wishes.isDryRun,
    takeOver: { from: base.from },
    places: { ...gitHubOf(context), approvals: wishes.approvals },
  });
  return reportPublished(context, attempt);
}

function wordsOf({ from, passedOver }: TakeoverBase, because: string): string {
  const shown = passedOver.slice(0, 10).map(({ hash, release, because: why }) => {
    const name = release === undefined ? `head ${hash.slice(0, 12)}` : `release ${release} (${hash.slice(0, 12)})`;
    return `  passes over ${name}: ${plain(why)}\n`;
  });
  const more = passedOver.length - shown.length;
  return [
    `Takes over, because ${plain(because)}\n`,
    ...shown,
    ...(more > 0 ? [`  and ${plural(more, 'head')} before those\n`] : []),
    from
      ? `Goes on from release ${from.payload.n} of commit ${from.payload.commit.slice(0, 12)} (${from.hash.slice(0, 12)}).\n`
      : 'Nothing there is ours: this begins anew.\n',
  ].join('');
}
