import { allJobs, hasTrigger, outsideTriggers, proposedTriggers } from '../job-facts.ts';
import type { DoctorRule } from '../rule.ts';
import { fieldsOf, type Job, placeOfJob, textOf } from '../workflow.ts';

const HOSTED = /^(ubuntu|windows|macos)-/i;

const asList = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value]);

/** A value of the matrix, or else a label that stands there. */
const CHOICE = /^\$\{\{\s*(?:matrix\.[\w-]+|'[^']*')(?:\s*\|\|\s*(?:matrix\.[\w-]+|'[^']*'))*\s*\}\}$/;

/** The labels of a job's runner; a label from the matrix is every value the file gives it. */
function labelsOf({ data }: Job): string[] {
  const said = data['runs-on'];
  const given = asList(fieldsOf(said).labels ?? said).map(textOf);
  const matrix = fieldsOf(fieldsOf(data.strategy).matrix);
  const included = asList(matrix.include ?? []).map(fieldsOf);
  return given.flatMap((label) => {
    if (!CHOICE.test(label)) return [label];
    const keys = [...label.matchAll(/matrix\.([\w-]+)/g)].map(([, key = '']) => key);
    const values = keys.flatMap((key) => [asList(matrix[key] ?? []), included.map((row) => row[key] ?? [])]);
    return [...values.flat(2).map(textOf), ...[...label.matchAll(/'([^']*)'/g)].map(([, word = '']) => word)];
  });
}

export const selfHostedRunner: DoctorRule = {
  name: 'self-hosted-runner',
  severity: 'error',
  fix: 'run it on a runner of GitHub’s own, such as ubuntu-latest',
  why: 'a pull request runs its code on that machine, and what it leaves there is met by the next job',
  *find(setup) {
    for (const job of allJobs(setup)) {
      if (!hasTrigger(job, [...outsideTriggers, ...proposedTriggers]) || job.data.uses !== undefined) continue;
      const labels = labelsOf(job);
      const at = placeOfJob(job, ['runs-on']);
      if (labels.some((label) => label.toLowerCase() === 'self-hosted'))
        yield { message: 'a runner of your own is used for pull requests', at };
      else if (fieldsOf(job.data['runs-on']).group !== undefined || labels.some((label) => !HOSTED.test(label)))
        yield {
          message: 'which machine this is cannot be told here, and it is used for pull requests',
          at,
          severity: 'warning',
        };
    }
  },
};
