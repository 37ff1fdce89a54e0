/** The `${{ … }}` of a workflow, and whose words they bring. */
import { type Fields, fieldsOf, textOf } from './workflow.ts';

/**
 * `hostile`: somebody outside can choose it; `harmless`: they choose it among numbers and hashes; `unknown`: comes from
 * a step or a caller that may have passed on such words.
 */
export type Trust = 'hostile' | 'harmless' | 'unknown';

/** Every expression of a text as it stands there, braces included. */
export function expressionsIn(text: string): string[] {
  const found: string[] = [];
  for (let start = text.indexOf('${{'); start !== -1; start = text.indexOf('${{', start)) {
    const close = text.indexOf('}}', start);
    if (close === -1) break;
    found.push(text.slice(start, close + 2));
    start = close + 2;
  }
  return found;
}

/** Deeper than anybody nests calls. */
const MOST_NESTED = 20;

/** Without literal texts and without functions that only answer yes or no; `github['head_ref']` as `github.head_ref`. */
export function simplify(expression: string): string {
  let plain = expression.replace(/\[\s*'([A-Za-z0-9_-]+)'\s*\]/g, '.$1').replace(/'(?:[^']|'')*'/g, "''");
  for (let round = 0; round < MOST_NESTED; round++)
    plain = plain.replace(/\b(contains|startsWith|endsWith|hashFiles)\([^()]*\)/gi, 'true');
  return plain.toLowerCase();
}

const CONTEXT = /(?<![\w.-])(github|inputs|env|steps|needs|matrix|secrets)\b(?:\s*\.\s*[\w*-]+)*/g;

const branches = ['github.head_ref', 'github.ref', 'github.ref_name'];

/** What only numbers, hashes and links of GitHub's own making can be. */
const HARMLESS = /^github\.event\.(?:.*\.)?(?:number|id|node_id|sha|html_url|merged|draft|action)$/;

/** The worst of what an expression brings; undefined where it is GitHub's own or fixed in the file. */
export function trustOf(expression: string, known: Fields = {}): Trust | undefined {
  let worst: Trust | undefined;
  for (const [context] of simplify(expression).matchAll(CONTEXT)) {
    const trust = trustOfContext(context.replace(/\s/g, ''), known);
    if (trust === 'hostile') return trust;
    worst = trust === 'unknown' || worst === undefined ? (trust ?? worst) : worst;
  }
  return worst;
}

function trustOfContext(context: string, known: Fields): Trust | undefined {
  const [first, second = ''] = context.split('.');
  if (first === 'github') {
    if (second === '' || branches.includes(context)) return 'hostile';
    // A branch that is there already, chosen by whoever opens a pull request.
    if (second === 'base_ref') return 'unknown';
    if (second !== 'event') return undefined;
    return HARMLESS.test(context) ? 'harmless' : 'hostile';
  }
  if (first === 'inputs') return 'hostile';
  if (first === 'env') {
    const value = Object.entries(known).find(([name]) => name.toLowerCase() === second)?.[1];
    if (value === undefined) return 'unknown';
    const inside = expressionsIn(textOf(value)).map((one) => trustOf(one));
    return inside.includes('hostile') ? 'hostile' : (inside.find((trust) => trust !== undefined) ?? undefined);
  }
  if (first === 'matrix') return isWorkedOut(known[MATRIX], second) ? 'unknown' : undefined;
  if (first === 'steps' || first === 'needs')
    return /\.(outcome|conclusion|result)$/.test(context) ? undefined : 'unknown';
  return undefined;
}

/** A matrix that stands in the file is fixed; a part that is an expression comes from a step. */
function isWorkedOut(matrix: unknown, name: string): boolean {
  if (typeof matrix === 'string') return true;
  const { include, ...parts } = fieldsOf(matrix);
  const part = Object.entries(parts).find(([key]) => key.toLowerCase() === name)?.[1];
  return [part, include].some((value) => expressionsIn(JSON.stringify(value ?? '')).length > 0);
}

/** No variable has such a name. */
const MATRIX = ' matrix';

/** Variables a step sees by what the file says, and its job's matrix. */
export const knownTo = (workflow: Fields, job: Fields, step: Fields): Fields => ({
  ...fieldsOf(workflow.env),
  ...fieldsOf(job.env),
  ...fieldsOf(step.env),
  [MATRIX]: fieldsOf(job.strategy).matrix,
});
