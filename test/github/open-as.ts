import { openGitHub } from '../../engine/io/github/open-github.ts';
import type { FakeGitHub } from './fake/open-fake-github.ts';

/** The real client with the token of an account, on a clock that only `sleep` moves; `slept` holds its waits in milliseconds. */
export async function openAs(fake: FakeGitHub, login = 'github-actions[bot]') {
  const slept: number[] = [];
  let now = fake.clock;
  const pace = {
    now: () => now,
    sleep: async (milliseconds: number) => {
      slept.push(milliseconds);
      now += milliseconds;
    },
  };
  const token = fake.tokenFor(login);
  const github = await openGitHub({ token, repository: 'acme/terms', baseUrl: fake.url, pace });
  return { github, slept };
}
