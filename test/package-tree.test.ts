import { readdirSync, readFileSync } from 'node:fs';
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

interface Manifest {
  engines: { node: string };
  overrides?: unknown;
  peerDependencies: Readonly<Record<string, string>>;
  devDependencies: Readonly<Record<string, string>>;
}

const manifest = read('package.json') as Manifest;
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

describe('what a product may have beside it', () => {
  const { peerDependencies, devDependencies } = manifest;
  // Parsers are for who scans, and what is found depends on the version.
  const peers = Object.entries(peerDependencies).filter(([name]) => !name.startsWith('@ast-grep/'));

  it('may be of any version, as who reads from a folder may use a Redis of his own for something else', () => {
    const ranges = peers.filter(([name]) => name !== '@openfeature/server-sdk').map(([, range]) => range);
    expect([ranges.length, new Set(ranges)]).toEqual([6, new Set(['*'])]);
  });

  it('is named in messages and pages as it is tested here', () => {
    const texts = ['runtime', 'docs', 'deploy'].flatMap((folder) =>
      readdirSync(join(project, folder), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'utf8')),
    );
    const named = texts.flatMap((text) =>
      Array.from(text.matchAll(/(@?[a-z][\w-]*(?:\/[a-z][\w-]*)?)@(\d+\.\d+\.\d+)/g)),
    );
    const ours = named.filter(([, name = '']) => devDependencies[name] !== undefined);
    expect(new Set(ours.map(([, name]) => name))).toEqual(
      expect.toSatisfy((names) => peers.every(([name]) => names.has(name))),
    );
    expect(ours.filter(([, name = '', version]) => devDependencies[name] !== version).map(([text]) => text)).toEqual(
      [],
    );
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
