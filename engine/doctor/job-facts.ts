/** What a job holds, and who can start it. */
import { expressionsIn, simplify } from './expressions.ts';
import type { Setup } from './setup.ts';
import { fieldsOf, type Job, type Step, textOf, textsIn } from './workflow.ts';

/** Events that run the default branch's workflow, with its token and secrets, because of what somebody outside did. */
export const outsideTriggers = [
  'pull_request_target',
  'workflow_run',
  'issue_comment',
  'issues',
  'discussion',
  'discussion_comment',
  'fork',
  'watch',
] as const;

/** Events for which the workflow itself is what a pull request proposes. */
export const proposedTriggers = [
  'pull_request',
  'pull_request_review',
  'pull_request_review_comment',
  'merge_group',
] as const;

export const hasTrigger = ({ workflow }: Job, names: readonly string[]): boolean =>
  names.some((name) => workflow.triggers.has(name));

export const allJobs = ({ workflows }: Setup): Job[] => workflows.flatMap(({ jobs }) => jobs);

/** Scopes a job's token may write, by its own word or the workflow's; `everything` for `write-all`. */
export function writeScopes({ data, workflow }: Job): string[] {
  const said = data.permissions ?? workflow.data.permissions;
  if (said === 'write-all') return ['everything'];
  return Object.entries(fieldsOf(said))
    .filter(([, access]) => access === 'write')
    .map(([scope]) => scope);
}

/** The name of the environment a job deploys to; empty where it has none. */
export const environmentOf = ({ data }: Pick<Job, 'data'>): string =>
  textOf(data.environment) || textOf(fieldsOf(data.environment).name);

export interface UsedSecret {
  name: string;
  /** The text it stands in. */
  expression: string;
  pointer: readonly (string | number)[];
}

/** Secrets in a value, GITHUB_TOKEN left out; `*` for all of them at once. */
export function secretsIn(value: unknown): UsedSecret[] {
  const used: UsedSecret[] = [];
  for (const [text, pointer] of textsIn(value))
    for (const expression of expressionsIn(pointer.at(-1) === 'if' ? `\${{${text}}}` : text))
      for (const [, name] of simplify(expression).matchAll(/\bsecrets\b(?:\s*\.\s*([\w*-]+))?/g))
        if (name !== 'github_token') used.push({ name: name ?? '*', expression, pointer });
  return used;
}

/** Holds something worth stealing, or runs with the default branch's rights for somebody outside. */
export const isPrivileged = (job: Job): boolean =>
  hasTrigger(job, outsideTriggers) ||
  writeScopes(job).length > 0 ||
  environmentOf(job) !== '' ||
  job.data.secrets !== undefined ||
  secretsIn({ ...job.data, outer: job.workflow.data.env }).length > 0;

/** A job's steps, those of the repository's own composite actions in it included. */
export function stepsOf(job: Pick<Job, 'steps'>, { actions }: Pick<Setup, 'actions'>, depth = 0): Step[] {
  return job.steps.flatMap((step) => {
    const local = step.uses.startsWith('./') ? step.uses.slice(2).replace(/\/$/, '') : undefined;
    const action = depth < 9 && local !== undefined ? actions.find(({ folder }) => folder === local) : undefined;
    return action ? [step, ...stepsOf(action, { actions }, depth + 1)] : [step];
  });
}

/** Every step there is, each once, with the job it stands in where that is a workflow's. */
export const everyStep = ({ workflows, actions }: Setup): { step: Step; job?: Job }[] => [
  ...workflows.flatMap(({ jobs }) => jobs.flatMap((job) => job.steps.map((step) => ({ step, job })))),
  ...actions.flatMap(({ steps }) => steps.map((step) => ({ step }))),
];

/** `actions/checkout` of `actions/checkout@<sha>`, lower case. */
export const actionName = ({ uses }: Pick<Step, 'uses'>): string => (uses.split('@')[0] ?? '').toLowerCase();

/** Releases, as command lines of a job say them. */
const RELEASES =
  /\bproviso(?:\.js)?(?:[ \t]+-{1,2}\w[\w-]*(?:[= ](?!-)[^\s;&|]+)?)*[ \t]+(?:--[ \t]+)?(publish|rollback|promote|refresh|abort|takeover|gc)\b/g;

/** The commands of Proviso that change what is released, in a script. */
export const releasesIn = (script: string): string[] =>
  [...script.replace(/\\\r?\n/g, ' ').matchAll(RELEASES)].map(([, command]) => command ?? '');

/** A job that changes what is released somewhere. */
export function isDeployment(job: Job, setup: Setup): boolean {
  const environment = environmentOf(job);
  const named = Object.keys(setup.model.world.publish?.data.environments ?? {});
  return (
    /^(prod|stag|deploy|release)/i.test(environment) ||
    named.some((name) => environment === name || environment.startsWith(`${name}-`)) ||
    stepsOf(job, setup).some(({ run }) => releasesIn(run).length > 0)
  );
}
