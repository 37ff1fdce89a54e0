import { defineCommand } from '../command.ts';

export const command = defineCommand({
  summary: 'the release in force, and whether git says something else',
  arguments: {},
  options: { commit: { type: 'string', value: 'ref', summary: 'the commit to compare with (default: HEAD)' } },
  async run(context, _args, options) {
    const [
      { compileCommit },
      { withStore },
      { report },
      { driftOf },
      { decodeHead },
      { UsageError },
      { plural },
      { list },
      { refuseUnpublished },
    ] = await Promise.all([
      import('../compile-commit.ts'),
      import('../release-tools.ts'),
      import('../report.ts'),
      import('../../engine/publish/drift.ts'),
      import('../../runtime/snapshot/head.ts'),
      import('../../engine/usage-error.ts'),
      import('../../engine/report/plural.ts'),
      import('../../engine/report/list.ts'),
      import('../refuse-unpublished.ts'),
    ]);
    return withStore(context, async (store) => {
      const at = await store.getHead(context.environment, context.channel);
      if (!at) {
        await refuseUnpublished(context);
        throw new UsageError(
          `nothing is published for ${context.environment}/${context.channel} yet`,
          'publish first: `proviso publish`',
        );
      }
      const { payload } = decodeHead(at.envelope);
      const here = await compileCommit(context, options.commit ?? 'HEAD');
      const { n: release, root, commit, issuedAt, staleAfter, kind, releaseHold } = payload;
      const changed = await driftOf((hashes) => store.get(hashes), root, here.snapshot);
      const drift = root !== here.snapshot.root;
      const isStale = context.at.instant > Date.parse(staleAfter);
      return report(context, {
        diagnostics: here.diagnostics,
        sources: here.files,
        json: () => ({
          release,
          root,
          commit,
          kind,
          issuedAt,
          staleAfter,
          drift,
          changed,
          ...(releaseHold && { releaseHold }),
        }),
        text: () =>
          [
            `Release ${release} (${kind}) of commit ${commit.slice(0, 12)}, issued ${issuedAt}${isStale ? ', stale' : ''}.`,
            drift
              ? `Drift: commit ${here.commit.slice(0, 12)} says something else for ${changed.length === 0 ? 'no customer, but for plans or rules' : `${plural(changed.length, 'customer')}: ${list(changed, 10)}`}.`
              : `No drift: the store holds what commit ${here.commit.slice(0, 12)} says.`,
            releaseHold ? `Publishing is held until a commit builds on ${releaseHold.slice(0, 12)}.` : '',
          ]
            .filter(Boolean)
            .map((line) => `${line}\n`)
            .join(''),
      });
    });
  },
});
