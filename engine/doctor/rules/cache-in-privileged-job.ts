import { actionName, allJobs, isPrivileged, stepsOf } from '../job-facts.ts';
import type { DoctorRule } from '../rule.ts';
import { placeOf, type Step, textOf } from '../workflow.ts';

const CACHES =
  /^(actions\/cache(\/(restore|save))?|swatinem\/rust-cache|mozilla-actions\/sccache-action|gradle\/actions\/setup-gradle|gradle\/gradle-build-action|hendrikmuhs\/ccache-action|coursier\/cache-action|buildjet\/cache|namespacelabs\/nscloud-cache-action)$/;

/** These cache unless they are told not to. */
const cachesByDefault: Readonly<Record<string, string>> = {
  'actions/setup-go': 'cache',
  'astral-sh/setup-uv': 'enable-cache',
  'golangci/golangci-lint-action': 'skip-cache',
};

const INPUT = /^(cache|enable-cache|bundler-cache|package-manager-cache|cache-from|use-cache)$/;

const isOff = (value: unknown): boolean => ['', 'false'].includes(textOf(value).toLowerCase());

/** How a step restores a cache, in words; nothing where it does not. */
function cacheOf(step: Step): { what: string; input?: string } | undefined {
  const name = actionName(step);
  if (CACHES.test(name)) return { what: `${name} restores a cache` };
  const byDefault = cachesByDefault[name];
  if (byDefault !== undefined) {
    const said = step.with[byDefault];
    const isStopped = byDefault.startsWith('skip') ? !isOff(said) : said !== undefined && isOff(said);
    return isStopped ? undefined : { what: `${name} restores a cache by itself`, input: byDefault };
  }
  const input = Object.keys(step.with).find((key) => INPUT.test(key) && !isOff(step.with[key]));
  return input === undefined ? undefined : { what: `${name} restores a cache`, input };
}

export const cacheInPrivilegedJob: DoctorRule = {
  name: 'cache-in-privileged-job',
  severity: 'error',
  fix: 'remove the cache from this job (setup actions: turn it off)',
  why: 'a cache is written by jobs that run what a pull request or a package brings, and its content is run here with more rights',
  *find(setup) {
    for (const job of allJobs(setup)) {
      if (!isPrivileged(job)) continue;
      for (const step of stepsOf(job, setup)) {
        const cache = step.uses === '' ? undefined : cacheOf(step);
        if (!cache) continue;
        const part = cache.input !== undefined && cache.input in step.with ? ['with', cache.input] : ['uses'];
        yield { message: `${cache.what} in a job with rights`, at: placeOf(step, part) };
      }
    }
  },
};
