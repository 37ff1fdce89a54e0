import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { createContext } from '../../scripts/context.ts';
import { temporaryFolder, writeFiles } from '../temporary-repository.ts';

const publish = `language: 1
environments:
  production: { store: "file:./production" }
  staging: { store: "redis://user:secret@cache.example/0" }
  local: { store: "file:./here" }
  test: {}
`;

function contextOf(folder: string, flags: Record<string, string>, variables: Record<string, string> = {}) {
  const stream = { write: () => undefined };
  return createContext(flags, { folder, variables, now: () => 0, stdout: stream, stderr: stream });
}

it('is the flag, then PROVISO_STORE, then the environment’s, then a folder in the repository', async () => {
  const folder = temporaryFolder();
  const inFolder = (path: string) => pathToFileURL(`${folder}/${path}`).href;
  const url = (flags: Record<string, string>, variables?: Record<string, string>) =>
    contextOf(folder, flags, variables).storeUrl();
  expect(await url({})).toBe(inFolder('.proviso/store'));
  writeFiles(folder, { 'policies/publish.yaml': publish });
  expect(await url({})).toBe(inFolder('here'));
  expect(await url({ env: 'production' })).toBe(inFolder('production'));
  expect(await url({ env: 'staging' })).toBe('redis://user:secret@cache.example/0');
  expect(await url({ env: 'test' })).toBe(inFolder('.proviso/store'));
  expect(await url({ env: 'constructor' })).toBe(inFolder('.proviso/store'));
  expect(await url({}, { PROVISO_STORE: '' })).toBe(inFolder('here'));
  expect(await url({}, { PROVISO_STORE: 'file:///srv/store' })).toBe('file:///srv/store');
  expect(await url({ store: 'file:' })).toBe('file:');
  expect(await url({ store: 'file:other' }, { PROVISO_STORE: 'file:///srv/store' })).toBe(inFolder('other'));
});

it('does not fail on a policy that cannot be read', async () => {
  const folder = temporaryFolder();
  writeFiles(folder, { 'policies/publish.yaml': 'environments: [\n' });
  expect(await contextOf(folder, {}).storeUrl()).toBe(pathToFileURL(`${folder}/.proviso/store`).href);
});

it('moments are days and instants, the same in every time zone', () => {
  const at = (text: string) => contextOf('/', { at: text }).at;
  expect(at('2026-06-03')).toEqual({ instant: Date.UTC(2026, 5, 3), day: '2026-06-03' });
  expect(at('2026-06-02T23:59:59Z')).toEqual({ instant: Date.UTC(2026, 5, 2, 23, 59, 59), day: '2026-06-02' });
  expect(at('2026-06-03T01:30:00+02:00')).toEqual({ instant: Date.UTC(2026, 5, 2, 23, 30), day: '2026-06-02' });
  expect(contextOf('/', {}).at).toEqual({ instant: 0, day: '1970-01-01' });
});
