import { allJobs, hasTrigger, releasesIn, stepsOf } from '../job-facts.ts';
import type { DoctorRule } from '../rule.ts';
import { signedEnvironments } from '../signed-environments.ts';

const NAMED = /--env(?:=|[ \t]+)(["']?)([a-z][a-z0-9-]*)\1(?=[\s;&|]|$)/g;

/** Environments a script names; none where that is left to what it is run with. */
const namedIn = (script: string): string[] => [...script.matchAll(NAMED)].map(([, , name]) => name ?? '');

export const refreshSchedule: DoctorRule = {
  name: 'refresh-schedule',
  severity: 'warning',
  fix: 'run `proviso refresh --env <environment>` every hour, in a workflow on `schedule`',
  why: 'readers call a release stale a day after the last signature, as they cannot tell it from one that somebody keeps back',
  *find(setup) {
    const scripts = allJobs(setup)
      .filter((job) => hasTrigger(job, ['schedule']))
      .flatMap((job) => stepsOf(job, setup).map(({ run }) => run))
      .filter((run) => releasesIn(run).includes('refresh'));
    for (const { name, at } of signedEnvironments(setup)) {
      const isRefreshed = scripts.some((script) => {
        const named = namedIn(script);
        return named.length === 0 || named.includes(name);
      });
      if (!isRefreshed)
        yield { message: `${name} takes signed releases, and nothing refreshes them on a schedule`, at };
    }
  },
};
