import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { settings } from '../schemas/settings.ts';
import { type Module, readModule } from './architecture/read-module.ts';
import { runProviso } from './run-proviso.ts';
import { temporaryRepository } from './temporary-repository.ts';

/*
 * What we ask of products holds for this repository: no customer and no setting decides in its code. Settings are data, so that a company
 * with other settings changes no line of it.
 */

const root = fileURLToPath(new URL('..', import.meta.url));
const below = (room: string): string[] => readdirSync(`${root}/${room}`, { recursive: true, encoding: 'utf8' }).sort();

const customers = below('customers')
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => basename(name, '.yaml'));
const words: ReadonlySet<string> = new Set([...customers, ...Object.keys(settings)]);

/** Texts, keys and members that are the id of a customer or the key of a setting; examples in help name them among other words. */
function hardcodedIn({ path, walk, lineOf }: Module): string[] {
  const found: string[] = [];
  walk((node, _, field) => {
    const isKey = node.type === 'Identifier' && (field === 'property' || field === 'key');
    const cooked = node.type === 'TemplateElement' ? (node.value as { cooked?: unknown }).cooked : undefined;
    const said = isKey ? node.name : (cooked ?? node.value);
    if (typeof said === 'string' && words.has(said.trim())) found.push(`${path}:${lineOf(node)} ${said.trim()}`);
  });
  return found;
}

function readSource(): Module[] {
  const paths = ['engine', 'runtime', 'scripts'].flatMap((room) => below(room).map((name) => `${room}/${name}`));
  return (
    paths
      // The random company is data that comes as code: it has the settings of the sample, as the sample's files do.
      .filter((path) => /\.(ts|mjs)$/.test(path) && !path.startsWith('engine/generate/'))
      .map((path) => readModule(path, readFileSync(`${root}/${path}`, 'utf8')))
  );
}

describe('the source of this repository', () => {
  it('has no rule about a customer', async () => {
    const argv = ['scan', 'engine', 'runtime', 'scripts', 'schemas', '--root', '.', '--no-color'];
    const { exitCode, stdout, stderr } = await runProviso(argv, { folder: root });
    expect(stdout).toMatch(/^no rules about accounts\n[\d,]+ files looked at for \d\d accounts, /);
    expect([exitCode, stderr]).toEqual([0, '']);
  });

  it.each(customers.slice(0, 3))('would not get a rule about %s past its own scanner', async (id) => {
    const planted = `export const isBig = (account: Account) => account.id === '${id}';\n`;
    const { root: other } = temporaryRepository({ 'engine/planted.ts': planted });
    const { exitCode, stdout } = await runProviso(['scan', '--root', root, '--format', 'json'], { folder: other });
    expect(JSON.parse(stdout).findings).toMatchObject([{ path: 'engine/planted.ts', line: 1, account: id }]);
    expect(exitCode).toBe(1);
  });

  it('names no customer and no setting', () => {
    const modules = readSource();
    expect(modules.flatMap(hardcodedIn)).toEqual([]);
    expect(modules.length).toBeGreaterThan(300);
    expect(customers.length).toBeGreaterThan(20);
  });

  it.each([
    ["const x = 'seats';", 'seats'],
    ['const x = `harbor-mutual`;', 'harbor-mutual'],
    ['const x = terms.auditLog;', 'auditLog'],
    ["const x = terms['auditLog'];", 'auditLog'],
    ['const x = { dataRegion: 1 };', 'dataRegion'],
    ['const { dataRegion } = terms;', 'dataRegion'],
    ["switch (key) { case 'sso': }", 'sso'],
    ["type X = 'apiCalls';", 'apiCalls'],
  ])('would not hide one: %s', (text, word) => {
    expect(hardcodedIn(readModule('engine/planted.ts', text))).toContain(`engine/planted.ts:1 ${word}`);
  });

  it.each([
    "const help = 'proviso get harbor-mutual seats';",
    'const exceptions = `exceptions: [{ set: { sso: true } }]`;',
    'const seats = 1; count(seats);',
    '// seats',
  ])('may speak of one in words: %s', (text) => expect(hardcodedIn(readModule('engine/x.ts', text))).toEqual([]));
});
