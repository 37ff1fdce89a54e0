import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const project = fileURLToPath(new URL('..', import.meta.url));
const read = (path: string): unknown => JSON.parse(readFileSync(join(project, path), 'utf8'));

interface Locked {
  dev?: boolean;
  devOptional?: boolean;
  engines?: { node?: string };
}

const manifest = read('package.json') as { engines: { node: string }; overrides?: unknown };
const { packages } = read('package-lock.json') as { packages: Readonly<Record<string, Locked>> };

const numbers = (version: string): number[] => [0, 1, 2].map((at) => Number(version.split('.')[at] ?? 0));
const isOlder = (one: number[], other: number[]): boolean => {
  const at = one.findIndex((part, index) => part !== other[index]);
  return at >= 0 && (one[at] ?? 0) < (other[at] ?? 0);
};

/** Whether the oldest Node that Proviso runs on may run a package, by what its `engines` says. */
function admits(range: string, node: number[]): boolean {
  return range.split('||').some((part) => {
    const [, sign, version = ''] = /^\s*(>=|\^)?\s*([\d.]+)\s*$/.exec(part) ?? [];
    if (version === '') throw new Error(`"${range}" is a range that this test cannot read`);
    const from = numbers(version);
    return !isOlder(node, from) && (sign === '>=' || from[0] === node[0]);
  });
}

describe('what npm installs with the package', () => {
  const node = numbers(manifest.engines.node.replace(/^>=/, ''));
  const installed = Object.entries(packages).filter(([path, { dev, devOptional }]) => path && !dev && !devOptional);

  it('runs on the oldest Node that the package says it runs on', () => {
    expect(installed.length).toBeGreaterThan(20);
    const refused = installed.filter(([, { engines }]) => engines?.node && !admits(engines.node, node));
    expect(refused.map(([path, { engines }]) => `${path} needs Node ${engines?.node}`)).toEqual([]);
  });

  it('is what is tested here: overrides would hold for nobody but this project', () => {
    expect(manifest.overrides).toBeUndefined();
  });
});

describe('a range of Node', () => {
  it.each([
    ['>= 20', true],
    ['>=18.0.0', true],
    ['^16 || ^18 || >=20', true],
    ['^20.19.0 || >=22.12', true],
    ['^20.20.0 || >=22.12', false],
    ['>=20.19.1', false],
    ['>=22', false],
    ['^18', false],
  ])('%s', (range, expected) => {
    expect(admits(range, [20, 19, 0])).toBe(expected);
  });
});
