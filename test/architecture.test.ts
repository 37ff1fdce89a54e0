import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { type Module, readModule } from './architecture/read-module.ts';
import { findViolations, rules } from './architecture/rules.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

function readModules(): Map<string, Module> {
  const modules = new Map<string, Module>();
  for (const room of ['schemas', 'runtime', 'engine', 'scripts', 'test'])
    for (const name of readdirSync(`${root}/${room}`, { recursive: true, encoding: 'utf8' }).sort()) {
      const path = `${room}/${name.replaceAll('\\', '/')}`;
      if (path.startsWith('test/fixtures/scan/')) continue;
      if (/\.(ts|mjs)$/.test(path)) modules.set(path, readModule(path, readFileSync(`${root}/${path}`, 'utf8')));
    }
  return modules;
}

const modules = readModules();

describe('the house', () => {
  it('has no file that breaks a rule', () => {
    expect(findViolations(modules)).toEqual([]);
  });

  it('was read whole', () => {
    expect(modules.size).toBeGreaterThan(50);
    expect([...modules.values()].flatMap((module) => module.imports).length).toBeGreaterThan(200);
  });
});

/** Files that break one rule each, and what must be said of them. */
const planted: readonly [rule: string, path: string, text: string, message: string][] = [
  [
    'direction',
    'runtime/terms/planted.ts',
    "import { x } from '../../engine/model.ts';",
    'runtime/terms/ may not import engine/model.ts',
  ],
  [
    'direction',
    'runtime/terms/planted.ts',
    "import type { X } from '../stores/store.ts';",
    'runtime/terms/ may not import types of runtime/stores/store.ts',
  ],
  [
    'direction',
    'runtime/snapshot/planted.ts',
    "import { type X, y } from '../../schemas/setting.ts';",
    'runtime/snapshot/ may not import schemas/setting.ts',
  ],
  [
    'direction',
    'runtime/snapshot/planted.ts',
    "import { type X } from '../../schemas/setting.ts';",
    'runtime/snapshot/ may not import schemas/setting.ts',
  ],
  [
    'direction',
    'runtime/stores/file/planted.ts',
    "import { x } from '../../client/open.ts';",
    'runtime/stores/ may not import runtime/client/open.ts',
  ],
  [
    'direction',
    'schemas/planted.ts',
    "export { at } from '../runtime/terms/at.ts';",
    'schemas/ may not import runtime/terms/at.ts',
  ],
  [
    'direction',
    'engine/planted.ts',
    "const later = () => import('./io/git.ts');",
    'engine/ may not import engine/io/git.ts',
  ],
  [
    'direction',
    'engine/planted.ts',
    "import { openStore } from '../runtime/stores/registry.ts';",
    'engine/ may not import runtime/stores/registry.ts',
  ],
  [
    'direction',
    'engine/planted.ts',
    "import { x } from '../scripts/report.ts';",
    'engine/ may not import scripts/report.ts',
  ],
  [
    'direction',
    'engine/planted.ts',
    "type X = import('../test/oracle/model.ts').Y;",
    'engine/ may not import types of test/oracle/model.ts',
  ],
  [
    'direction',
    'engine/io/planted.ts',
    "import { x } from '../../runtime/client/open.ts';",
    'engine/io/ may not import runtime/client/open.ts',
  ],
  ['outside', 'engine/planted.ts', "import { readFileSync } from 'node:fs';", 'engine/ may not load node:fs'],
  ['outside', 'engine/planted.ts', "import { readFile } from 'node:fs/promises';", 'engine/ may not load node:fs'],
  ['outside', 'engine/planted.ts', "import net from 'net';", 'engine/ may not load net'],
  [
    'outside',
    'schemas/planted.ts',
    "const x = import('node:child_process');",
    'schemas/ may not load node:child_process',
  ],
  ['parser', 'engine/planted.ts', "import { parse } from 'yaml';", 'engine/planted.ts may not import yaml'],
  ['parser', 'scripts/planted.ts', "import { load } from 'js-yaml';", 'scripts/planted.ts may not import js-yaml'],
  [
    'store-client',
    'scripts/planted.ts',
    "const pg = () => import('pg');",
    'pg is imported outside runtime/stores/ and runtime/packages/',
  ],
  [
    'store-client',
    'runtime/enforce/planted.ts',
    "import { createClient } from 'redis';",
    'redis is imported at the top of a file',
  ],
  [
    'store-client',
    'runtime/stores/file/planted.ts',
    "import { createClient } from 'redis';",
    'redis is imported at the top of a file',
  ],
  ['start', 'scripts/commands/validate.ts', "import '../planted.ts';", 'loads zod before anything runs'],
  ['circle', 'engine/planted.ts', "import './planted.ts';", 'loads itself through other files'],
  ['registry', 'scripts/commands/planted.ts', 'export const command = {};', 'is not in scripts/commands/registry.ts'],
  ['registry', 'runtime/stores/planted.ts', 'export const open = {};', 'is not in runtime/stores/registry.ts'],
  ['registry', 'engine/checks/planted.ts', 'export const check = {};', 'is not in engine/checks/registry.ts'],
  [
    'registry',
    'engine/doctor/rules/planted.ts',
    'export const planted = {};',
    'is not in engine/doctor/rules/registry.ts',
  ],
  ['size', 'engine/planted.ts', 'export const x = 1;\n'.repeat(401), 'has 401 lines; the most is 400'],
  ['any', 'engine/planted.ts', 'export const x = (y: readonly any[]) => y;', 'uses the type any'],
  ['pure', 'engine/planted.ts', 'export const x = Date.now();', 'reads Date.now'],
  ['pure', 'engine/planted.ts', "export const x = Date['now']();", 'reads Date.now'],
  ['pure', 'runtime/terms/planted.ts', 'export const x = new Date();', 'reads new Date()'],
  ['pure', 'engine/planted.ts', 'export const x = Math.random();', 'reads Math.random'],
  ['pure', 'engine/planted.ts', 'console.log(1);', 'uses console'],
  ['pure', 'schemas/planted.ts', 'export const { env } = process;', 'uses process'],
  ['pure', 'engine/planted.ts', "export const x = () => fetch('https://x.example');", 'uses fetch'],
  ['pure', 'runtime/snapshot/planted.ts', 'export const x = performance.now();', 'uses performance'],
  ['pure', 'engine/planted.ts', 'export const x = { setTimeout };', 'uses setTimeout'],
  ['pure', 'engine/planted.ts', 'export const x = globalThis.process;', 'uses globalThis'],
  ['pure', 'scripts/commands/validate.ts', 'export const x = process.argv;', 'uses process'],
  ['unfinished', 'engine/planted.ts', `// TO${'DO'}: later`, 'leaves work in a comment'],
  ['left-out-test', 'test/planted.test.ts', "it.only('x', () => {});", 'uses .only'],
  ['file-name', 'engine/PlantedThing.ts', 'export const x = 1;', 'PlantedThing.ts is not kebab-case'],
  ['file-name', 'engine/date-utils.ts', 'export const x = 1;', 'has a name that says nothing'],
  ['file-name', 'engine/helpers/planted.ts', 'export const x = 1;', 'has a name that says nothing'],
  ['vague-name', 'engine/planted.ts', 'export class StoreManager {}', 'StoreManager is a vague name'],
  ['vague-name', 'engine/planted.ts', 'export interface IStore {}', 'IStore is a vague name'],
  ['default-export', 'engine/planted.ts', 'export default 1;', 'has a default export'],
  ['barrel', 'engine/planted.ts', "export * from './model.ts';", 'only exports what others export'],
  ['barrel', 'runtime/client/index.ts', "export * from './clock.ts';", 'only exports what others export'],
];

/** Files of the repository that the planted ones lean on. */
const around = [
  ['scripts/planted.ts', "import { z } from 'zod'; export const x = z;"],
  ['scripts/commands/registry.ts', "export const commands = { validate: () => import('./validate.ts') };"],
  ['engine/doctor/rules/registry.ts', "import { x } from './pinned-actions.ts'; export const doctorRules = [x];"],
  ['runtime/stores/registry.ts', "export const stores = { file: () => import('./file.ts') };"],
  ['engine/checks/registry.ts', "import { check } from './known.ts'; export const checks = [check];"],
] as const;

describe('a planted violation', () => {
  it.each(planted)('of %s in %s is reported (%#)', (rule, path, text, message) => {
    const files = new Map([...around, [path, text] as const].map(([name, source]) => [name, readModule(name, source)]));
    const found = findViolations(files).filter((line) => line.startsWith(`${path}:`));
    expect(found.map((line) => line.split('. ')[0])).toContain(
      `${path}:${rule === 'size' ? 401 : 1} ${rule}: ${message}`,
    );
  });

  it('is planted for every rule', () => {
    expect([...new Set(planted.map(([rule]) => rule))].sort()).toEqual(
      [...new Set(rules.map(({ name }) => name))].sort(),
    );
  });
});

describe('what looks like a violation and is none', () => {
  it.each([
    ['runtime/terms/planted.ts', "import type { X } from '../../schemas/setting.ts';"],
    ['engine/planted.ts', "import type { WriteStore } from '../runtime/stores/store.ts';"],
    ['engine/planted.ts', 'export const x = (event: { process: number; console: string }) => event.process;'],
    ['engine/planted.ts', 'export const x = (instant: number) => new Date(instant).toISOString();'],
    ['engine/planted.ts', 'export type X = NodeJS.Process; // any process and fetch'],
    ['engine/planted.ts', "import { hash } from 'node:crypto'; export const x = hash;"],
    ['engine/planted.ts', "import { a } from './document.ts'; export const any = a; export const text = 'any';"],
    ['engine/document/planted.ts', "import { parseEvents } from 'js-yaml'; export const x = parseEvents;"],
    ['runtime/stores/file/planted.ts', "export const open = () => import('redis');"],
    ['runtime/index.ts', "export { at } from './terms/at.ts';"],
    ['runtime/enforce/index.ts', "export { openMeter } from './open-meter.ts';"],
    ['runtime/packages/planted.ts', "export const open = () => import('pg');"],
    ['scripts/commands/validate.ts', "export const run = () => import('../planted.ts');"],
  ])('%s: %s', (path, text) => {
    const files = new Map([...around, [path, text] as const].map(([name, source]) => [name, readModule(name, source)]));
    expect(findViolations(files).filter((line) => line.startsWith(`${path}:`))).toEqual([]);
  });
});
