import { topOf } from '../../diagnostic.ts';
import { daysLeft } from '../../keys/days-left.ts';
import type { DoctorRule } from '../rule.ts';
import { signedEnvironments } from '../signed-environments.ts';

/** Enough for somebody to be back from a holiday and to find the root key. */
const SOON = 30;

export const signingKeys: DoctorRule = {
  name: 'signing-keys',
  severity: 'error',
  fix: 'make new ones with `proviso keys rotate`, and publish',
  why: 'readers take only what these keys sign, and call what they hold stale once the keys have ended',
  *find(setup) {
    const { keys } = setup;
    if (keys.trouble !== undefined) {
      yield {
        message: keys.trouble.message,
        at: topOf('keys'),
        ...(keys.trouble.help !== undefined && { fix: keys.trouble.help }),
      };
      return;
    }
    const newest = keys.keysets.at(-1);
    if (!newest) {
      for (const { name, at } of signedEnvironments(setup))
        yield {
          message: `${name} takes signed releases, and there are no keys yet: nothing can be published there`,
          at,
          severity: 'warning',
          fix: 'make keys with `proviso keys init --out <folder>`, or write `signed: false` where releases are only tried out',
        };
      return;
    }
    const { version, expires } = newest.payload;
    const left = daysLeft(expires, keys.now);
    if (left >= SOON) return;
    yield {
      message:
        left < 0
          ? `the keys of keyset ${version} have ended`
          : `the keys of keyset ${version} end within ${left + 1} days`,
      at: topOf(`keys/${version}.json`),
      ...(left >= 0 && { severity: 'warning' as const }),
    };
  },
};
