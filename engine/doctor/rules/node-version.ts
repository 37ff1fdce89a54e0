import { topOf } from '../../diagnostic.ts';
import { actionName, everyStep } from '../job-facts.ts';
import type { DoctorRule } from '../rule.ts';
import { fieldsOf, placeOf, textOf } from '../workflow.ts';

const LEAST: readonly [major: number, minor: number] = [20, 19];

/** `20` and `20.x` are the newest of their line. */
function isOlder(version: string): boolean {
  const [major = '', minor] = version.replace(/^[v^~>=\s]+/, '').split('.');
  if (!/^\d+$/.test(major)) return false;
  if (Number(major) !== LEAST[0]) return Number(major) < LEAST[0];
  return minor !== undefined && /^\d+$/.test(minor) && !/^[\^>]/.test(version) && Number(minor) < LEAST[1];
}

const DRIFTS = /^(?:latest|current|node|lts\/.*|\*|x)$/i;

export const nodeVersion: DoctorRule = {
  name: 'node-version',
  severity: 'error',
  fix: `name Node ${LEAST.join('.')} or a later one`,
  why: 'a workflow that takes one on which Proviso does not run fails on the day of a release',
  *find(setup) {
    for (const { step } of everyStep(setup)) {
      if (actionName(step) !== 'actions/setup-node') continue;
      const version = textOf(step.with['node-version']).trim();
      const at = placeOf(step, version === '' ? ['uses'] : ['with', 'node-version']);
      if (version === '') {
        if (step.with['node-version-file'] === undefined)
          yield { message: 'no version of Node is named: it is whatever the runner has', at, severity: 'warning' };
      } else if (isOlder(version)) yield { message: `Node ${version} is too old`, at };
      else if (DRIFTS.test(version))
        yield { message: `${version} is another Node from one day to the next`, at, severity: 'warning' };
    }
    const manifest = setup.files.get(`${setup.folder}package.json`);
    if (!manifest) return;
    const engines = textOf(fieldsOf(fieldsOf(parse(manifest.bytes)).engines).node);
    if (engines === '')
      yield {
        message: 'package.json does not say which Node it needs',
        at: topOf(manifest.path),
        severity: 'note',
        fix: `write "engines": { "node": ">=${LEAST.join('.')}" }`,
      };
  },
};

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}
