import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { MeterError, openMeter } from '../../../runtime/enforce/index.ts';
import type { MeterPlace } from '../../../runtime/enforce/open-counter.ts';
import { temporaryFolder, writeFiles } from '../../temporary-repository.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** What a product is told that has only these packages beside the compiled runtime, and one that is too old. */
function toldWith(packages: readonly string[], place: string, old?: string): string {
  const folder = temporaryFolder();
  cpSync(join(root, 'dist/runtime'), join(folder, 'runtime'), { recursive: true });
  mkdirSync(join(folder, 'node_modules'));
  for (const name of packages) symlinkSync(join(root, 'node_modules', name), join(folder, 'node_modules', name));
  if (old) writeFiles(folder, { [`node_modules/${old}/index.js`]: 'exports.createClient = () => {};\n' });
  const entry = pathToFileURL(join(folder, 'runtime/enforce/index.js')).href;
  const code = `const { openMeter } = await import(${JSON.stringify(entry)});
    const meter = await openMeter({ in: ${JSON.stringify(place)} }).catch((error) => error);
    console.log(meter.code ? \`\${meter.name} \${meter.code}: \${meter.message}\` : 'opened');
    await meter.close?.();`;
  return execFileSync(process.execPath, ['--input-type=module', '--eval', code], { cwd: folder, encoding: 'utf8' });
}

const limiters = 'counting use needs a package that is not installed: npm install rate-limiter-flexible@11.4.0';

test.each<[string, string[], string, string]>([
  ['memory', [], 'memory:', `MeterError packageMissing: ${limiters}\n`],
  ['Redis', [], 'redis://127.0.0.1:1', `MeterError packageMissing: ${limiters}\n`],
  [
    'Redis with what counts',
    ['rate-limiter-flexible'],
    'redis://127.0.0.1:1',
    'MeterError packageMissing: counting in Redis needs a package that is not installed: npm install redis@6.3.1\n',
  ],
  [
    'PostgreSQL with what counts',
    ['rate-limiter-flexible'],
    'postgres://127.0.0.1:1/x',
    'MeterError packageMissing: counting in PostgreSQL needs a package that is not installed: npm install pg@8.23.1\n',
  ],
  ['memory with what counts', ['rate-limiter-flexible'], 'memory:', 'opened\n'],
])('a meter in %s says which package is missing', (_, packages, place, expected) => {
  expect(toldWith(packages, place)).toBe(expected);
});

test.each<[string, string, string]>([
  [
    'rate-limiter-flexible',
    'memory:',
    'counting use needs a newer package than the one that is installed: npm install rate-limiter-flexible@11.4.0',
  ],
  [
    'redis',
    'redis://127.0.0.1:1',
    'counting in Redis needs a newer package than the one that is installed: npm install redis@6.3.1',
  ],
  [
    'pg',
    'postgres://127.0.0.1:1/x',
    'counting in PostgreSQL needs a newer package than the one that is installed: npm install pg@8.23.1',
  ],
])('a meter says so where %s is too old to count with', (old, place, message) => {
  expect(toldWith(old === 'rate-limiter-flexible' ? [] : ['rate-limiter-flexible'], place, old)).toBe(
    `MeterError packageMissing: ${message}\n`,
  );
});

const places =
  'use is counted in memory:, redis://…, rediss://… or postgres://…, or through a client of redis or a pool of pg';
test.each<[unknown, string]>([
  ['file:./counts', places],
  ['memory', places],
  [undefined, `\`in\` of openMeter is missing: ${places}`],
  [null, `\`in\` of openMeter is null: ${places}`],
  [7, `\`in\` of openMeter is 7: ${places}`],
  [{}, places],
  [
    { defineCommand() {}, sendCommand() {} },
    'use is not counted through a client of ioredis: give its URL, or a client of redis',
  ],
  [
    'redis://user:secret@[broken',
    'this Redis URL cannot be read; write redis://user:password@host:6379/0, with %40 for an "@" in a password',
  ],
  [
    'postgres://user:secret@[broken',
    'this PostgreSQL URL cannot be read; write postgres://user:password@host:5432/database, with %40 for an "@" in a password',
  ],
])('a meter in %j is refused, without saying what is secret', async (place, message) => {
  const opened = await openMeter({ in: place as MeterPlace }).catch((error: unknown) => error);
  expect(opened).toBeInstanceOf(MeterError);
  expect([(opened as MeterError).code, (opened as MeterError).message]).toEqual(['badPlace', message]);
  expect(JSON.stringify(opened)).not.toContain('secret');
  expect((opened as MeterError).cause).toBeUndefined();
});
