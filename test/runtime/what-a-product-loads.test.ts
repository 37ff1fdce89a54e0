import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { type ImportKind, readModule } from '../architecture/read-module.ts';
import { storeClients } from '../architecture/rooms.ts';
import { temporaryFolder } from '../temporary-repository.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Everything a file needs when it runs, loaded with it or later: our files, and what is not ours. */
function reach(entry: string, kinds: readonly ImportKind[]): { files: string[]; others: string[] } {
  const files = new Set<string>();
  const others = new Set<string>();
  const visit = (path: string): void => {
    if (files.has(path)) return;
    files.add(path);
    for (const { to, kind } of readModule(path, readFileSync(join(root, path), 'utf8')).imports)
      if (!kinds.includes(kind)) continue;
      else if (to.endsWith('.ts')) visit(to);
      else others.add(to);
  };
  visit(entry);
  return { files: [...files].sort(), others: [...others].sort() };
}

test('the runtime needs nothing but itself and Node: no zod, no parser, no engine', () => {
  const { files, others } = reach('runtime/index.ts', ['value', 'lazy']);
  expect(files.filter((path) => !path.startsWith('runtime/'))).toEqual([]);
  // A store's client is loaded when a store of its kind is opened; the architecture test holds that.
  expect(others.filter((name) => !name.startsWith('node:') && !storeClients.test(name))).toEqual([]);
  expect(files).toEqual(expect.arrayContaining(['runtime/client/open-terms.ts', 'runtime/stores/file.ts']));
});

test('only the provider needs OpenFeature; what a setting is as a flag does not', () => {
  const others = (entry: string) => reach(entry, ['value', 'lazy']).others.filter((name) => !name.startsWith('node:'));
  expect(others('runtime/openfeature/index.ts')).toEqual(['@openfeature/server-sdk']);
  expect(['evaluate', 'find-view'].flatMap((name) => others(`runtime/openfeature/${name}.ts`))).toEqual([]);
});

test('enforcement needs what counts and the client of the place where it is counted, each when it is opened, and no framework', () => {
  const { files, others } = reach('runtime/enforce/index.ts', ['value', 'lazy']);
  expect(files.filter((path) => !path.startsWith('runtime/'))).toEqual([]);
  expect(others.filter((name) => !name.startsWith('node:'))).toEqual(['pg', 'rate-limiter-flexible', 'redis']);
  expect(reach('runtime/enforce/index.ts', ['value']).others.filter((name) => !name.startsWith('node:'))).toEqual([]);
});

test('every entry of the package is a file that is built', () => {
  const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  for (const entry of Object.values<Record<string, string> | string>(exports))
    for (const path of Object.values(typeof entry === 'string' ? [entry] : entry))
      expect([path, existsSync(join(root, path))]).toEqual([path, true]);
});

test('the words of a catalogue need nothing at all', () => {
  expect(reach('schemas/setting.ts', ['value', 'lazy'])).toEqual({ files: ['schemas/setting.ts'], others: [] });
});

test('the compiled runtime runs in a folder that holds nothing else', () => {
  const folder = temporaryFolder();
  cpSync(join(root, 'dist/runtime'), join(folder, 'runtime'), { recursive: true });
  const entry = pathToFileURL(join(folder, 'runtime/index.js')).href;
  const code = `const { openTerms } = await import(${JSON.stringify(entry)});
    console.log(await openTerms({ store: 'file:./nothing' }).catch((error) => error.code));`;
  const args = ['--input-type=module', '--eval', code];
  expect(execFileSync(process.execPath, args, { cwd: folder, encoding: 'utf8' })).toBe('notPublished\n');
});
