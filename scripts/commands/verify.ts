import { defineCommand } from '../command.ts';

export const command = defineCommand({
  summary: 'prove that store, git and approvals say the same',
  arguments: { release: { summary: 'its number (default: the release in force)' } },
  options: {
    approvals: { type: 'string', value: 'file', summary: 'with `verify: file`: approvals that were written down' },
  },
  examples: ['proviso verify --env production', 'proviso verify 41'],
  async run(context, args, options) {
    const [
      { verifyPublished },
      { parseRelease },
      { verificationText },
      { report },
      { refuseUnpublished },
      { UsageError },
    ] = await Promise.all([
      import('../verify-published.ts'),
      import('../parse-release.ts'),
      import('../../engine/report/verification-text.ts'),
      import('../report.ts'),
      import('../refuse-unpublished.ts'),
      import('../../engine/usage-error.ts'),
    ]);
    const release = args.release === undefined ? undefined : parseRelease(args.release);
    const verification = await verifyPublished(context, release, options.approvals);
    if (!verification) {
      await refuseUnpublished(context);
      throw new UsageError(
        release === undefined
          ? `nothing is published for ${context.environment}/${context.channel} yet`
          : `there is no release ${release}`,
        release === undefined ? 'publish first: `proviso publish`' : '`proviso history` lists the releases',
      );
    }
    report(context, { diagnostics: [], json: () => verification, text: () => verificationText(verification) });
    return verification.proofs.some(({ result }) => result === 'failed') ? 1 : 0;
  },
});
