import { defineCommand } from '../command.ts';

export const command = defineCommand({
  summary: 'show what a change really does to every customer',
  arguments: {},
  options: {
    base: {
      type: 'string',
      value: 'ref',
      summary: 'compare with this commit (default: HEAD when the folder holds edits, else the commit before)',
    },
    head: { type: 'string', value: 'ref', summary: 'this commit instead of the folder' },
  },
  examples: ['proviso diff', 'proviso diff --base main', 'proviso diff --base v1 --head v2 --format json'],
  async run(context, _args, options) {
    const [
      { openSides },
      { compareRepositories, isWorldBroken },
      { formatDiff },
      { checksumOf },
      { formatChecksum },
      { paintFor },
      { report },
    ] = await Promise.all([
      import('../open-sides.ts'),
      import('../compare-repositories.ts'),
      import('../../engine/diff/format-diff.ts'),
      import('../../engine/diff/checksum-of.ts'),
      import('../../engine/diff/format-checksum.ts'),
      import('../paint.ts'),
      import('../report.ts'),
    ]);
    context.progress('reading both sides …');
    const { head, base } = await openSides(context, options);
    if (isWorldBroken(head)) return report(context, { diagnostics: head.diagnostics, sources: head });

    context.progress('comparing …');
    const { diff, diagnostics } = compareRepositories(base, head, context.at.day);
    const { diagnostics: _, ...json } = diff;
    return report(context, {
      diagnostics,
      sources: head,
      json: () => ({
        ...json,
        checksum: checksumOf(diff),
        baseCommit: base.commit ?? null,
        headCommit: head.commit ?? null,
      }),
      text: () =>
        `${diff.base} → ${diff.head}, as of ${diff.at}${base.why}\n\n${formatDiff(diff, { paint: paintFor(context) })}${formatChecksum(diff)}`,
    });
  },
});
