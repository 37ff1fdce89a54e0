import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { writeSchemas } from '../../../engine/io/generated-schemas.ts';
import { staleSchemasOf } from '../../../engine/io/stale-schemas-of.ts';
import { commitAll, git, temporaryFolder, writeFiles } from '../../temporary-repository.ts';

/** Notes in a file that it was evaluated. */
const settings = (notes: string, label: string): string =>
  [
    `import { appendFileSync } from 'node:fs';`,
    `import { defineSettings, feature } from 'proviso/settings';`,
    `appendFileSync(${JSON.stringify(notes)}, 'x');`,
    'export const settings = defineSettings({',
    `  sso: feature({ area: 'access', default: false, label: '${label}', description: 'Sign-in.' }),`,
    '});',
    '',
  ].join('\n');

it('evaluates the settings of a commit once, as long as neither they nor what is made of them change', async () => {
  const root = temporaryFolder();
  const notes = join(temporaryFolder(), 'notes');
  const times = (): number => (existsSync(notes) ? readFileSync(notes, 'utf8').length : 0);
  git(root, 'init', '--quiet');
  const commitSettings = async (label: string): Promise<string> => {
    writeFiles(root, { 'schemas/settings.ts': settings(notes, label) });
    await writeSchemas(root);
    return commitAll(root);
  };
  /** How often code ran for an answer, and what is stale. */
  const ask = async (commit: string, version: string) => {
    const before = times();
    const stale = await staleSchemasOf(root, commit, version);
    return [times() - before, stale.map(({ at }) => at.path)];
  };
  const first = await commitSettings('Single sign-on');
  expect(await ask(first, '1')).toEqual([1, []]);
  expect(await ask(first, '1')).toEqual([0, []]);
  writeFiles(root, { 'customers/acme.yaml': 'name: Acme\n' });
  expect(await ask(commitAll(root), '1')).toEqual([0, []]);
  expect(await ask(first, '2')).toEqual([1, []]);

  writeFiles(root, { 'schemas/settings.ts': settings(notes, 'Sign-on') });
  const stale = commitAll(root);
  const [, paths] = await ask(stale, '2');
  expect(paths).toContain('schemas/generated/catalogue.json');
  expect(await ask(stale, '2')).toEqual([1, paths]);
  expect(await ask(await commitSettings('Sign-on'), '2')).toEqual([1, []]);
});
