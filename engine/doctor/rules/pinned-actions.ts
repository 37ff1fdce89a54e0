import type { Place } from '../../diagnostic.ts';
import { allJobs, everyStep } from '../job-facts.ts';
import type { DoctorRule, Finding } from '../rule.ts';
import { fieldsOf, placeOf, placeOfJob, textOf } from '../workflow.ts';

const DIGEST = /@sha256:[0-9a-f]{64}$/i;

/** Every code from elsewhere that workflows and actions run, as it is named. */
function* findNamed(setup: Parameters<DoctorRule['find']>[0]): Generator<[named: string, at: Place]> {
  for (const { step } of everyStep(setup)) if (step.uses !== '') yield [step.uses, placeOf(step, ['uses'], 'value')];
  for (const job of allJobs(setup)) {
    const { document } = job.workflow;
    if (job.data.uses !== undefined) yield [textOf(job.data.uses), document.locate([...job.pointer, 'uses'])];
  }
}

function* findImages(setup: Parameters<DoctorRule['find']>[0]): Generator<[image: string, at: Place]> {
  for (const job of allJobs(setup)) {
    const { container } = job.data;
    const image = textOf(container) || textOf(fieldsOf(container).image);
    if (image !== '') yield [image, placeOfJob(job, ['container'])];
    for (const [name, service] of Object.entries(fieldsOf(job.data.services)))
      yield [textOf(fieldsOf(service).image), placeOfJob(job, ['services', name])];
  }
  for (const { document } of setup.actions) {
    const { image } = fieldsOf(fieldsOf(document.data).runs);
    if (textOf(image).startsWith('docker://')) yield [textOf(image), document.locate(['runs', 'image'])];
  }
}

function judge(named: string, at: Place): Finding | undefined {
  if (named.startsWith('./') || /@[0-9a-f]{40}$/i.test(named)) return undefined;
  if (named.startsWith('docker://')) return DIGEST.test(named) ? undefined : { message: `${named} is not pinned`, at };
  const [, version] = named.split('@');
  return {
    message: version ? `${named} is a name that can be moved to other code` : `${named} names no version`,
    at,
  };
}

export const pinnedActions: DoctorRule = {
  name: 'pinned-actions',
  severity: 'error',
  fix: 'name the commit with all its 40 digits (an image: its @sha256: digest) and the version in a comment behind it',
  why: 'who can move a tag or a branch of it can run their code here',
  *find(setup) {
    for (const [named, at] of findNamed(setup)) {
      const finding = judge(named, at);
      if (finding) yield finding;
    }
    for (const [image, at] of findImages(setup))
      if (image !== '' && !DIGEST.test(image))
        yield { message: `the image ${image} is not pinned`, at, severity: 'warning' };
  },
};
