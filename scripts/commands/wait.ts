import { defineCommand, type ExitCode } from '../command.ts';

export const command = defineCommand({
  summary: 'wait until the clients that report serve a release',
  arguments: {},
  options: {
    release: { type: 'string', value: 'n', summary: 'this release or a newer one (default: the one in force)' },
    timeout: { type: 'string', value: '5m', summary: 'give up after so long, with exit code 3 (default: 5m)' },
    'at-least': { type: 'string', value: 'count', summary: 'so many clients (default: one, or all that are named)' },
    clients: { type: 'strings', value: 'names', summary: 'only these, by name, with commas between' },
  },
  examples: ['proviso wait --env production --timeout 2m', 'proviso wait --release 42 --clients web-1,web-2'],
  async run(context, _args, options) {
    const [
      { withStore },
      { readLiveRelease },
      { waitForRelease },
      { parseRelease },
      { parseCount },
      { parseDuration },
    ] = await Promise.all([
      import('../release-tools.ts'),
      import('../read-live-release.ts'),
      import('../wait-for-release.ts'),
      import('../parse-release.ts'),
      import('../parse-count.ts'),
      import('../parse-duration.ts'),
    ]);
    const [{ report }, { waitText }, { UsageError }] = await Promise.all([
      import('../report.ts'),
      import('../../engine/report/wait-text.ts'),
      import('../../engine/usage-error.ts'),
    ]);
    const given = options.release === undefined ? undefined : parseRelease(options.release);
    const timeout = parseDuration('--timeout', options.timeout ?? '5m');
    const named = [...new Set(options.clients.flatMap((names) => names.split(',')).filter((name) => name !== ''))];
    const most = 10_000;
    const atLeast = options['at-least'] === undefined ? 1 : parseCount('at-least', options['at-least'], most);
    if (named.length > 0 && atLeast > named.length)
      throw new UsageError(`--at-least ${atLeast} is more than the ${named.length} that --clients names`);
    const expected = { atLeast, named };
    return withStore<ExitCode>(context, async (store) => {
      const live = await readLiveRelease(context, store, given);
      const seen = await waitForRelease(context, store, live, expected, timeout);
      const { release, epoch, channel } = live;
      report(context, {
        diagnostics: [],
        json: () => ({ release, epoch, channel, ...seen }),
        text: () => waitText(release, seen, expected),
      });
      return seen.isLive ? 0 : 3;
    });
  },
});
