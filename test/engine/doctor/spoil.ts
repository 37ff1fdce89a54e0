/** One edit of the safe repository each, and all the doctor must say of it: `severity path:line:column rule`. */
export interface Spoiled {
  title: string;
  path: string;
  /** What is replaced, once; without it `to` is a file of its own. */
  from?: string;
  to: string;
  found: readonly string[];
}

export const REVIEW = '.github/workflows/review.yml';
export const PUBLISH = '.github/workflows/publish.yml';
export const REFRESH = '.github/workflows/refresh.yml';
export const VERIFY = '.github/workflows/verify.yaml';
export const INSTALL = '.github/actions/install/action.yml';
export const NEW = '.github/workflows/new.yml';
export const SHA = 'fbc6f3992d24b796d5a048ff273f7fcc4a7b6c09';

export const spoil = (
  title: string,
  path: string,
  from: string | undefined,
  to: string,
  ...found: string[]
): Spoiled => ({
  title,
  path,
  from,
  to,
  found,
});

/** A workflow with one job of these lines, each indented under it. */
export const workflow = (on: string, ...lines: string[]): string =>
  [
    `on: ${on}`,
    'permissions: {}',
    'jobs:',
    '  one:',
    '    timeout-minutes: 5',
    ...lines.map((line) => `    ${line}`),
    '',
  ].join('\n');

export const linux = 'runs-on: ubuntu-24.04';
