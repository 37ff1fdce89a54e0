import { unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { editFile, newFile } from '../../../engine/edit/edit-file.ts';
import { judgeEdits } from '../../../engine/edit/judge-edits.ts';
import { nextContractId, nextExceptionIds } from '../../../engine/edit/next-id.ts';
import { KnownCustomers } from '../../../engine/register/known-customers.ts';
import { type Editable, openEditable } from '../../../scripts/open-editable.ts';
import { sharedFiles } from '../../fixtures/register/random-history.ts';
import { saidOf } from '../../fixtures/register/said-of.ts';
import { commitAll, git, temporaryFolder, writeFiles } from '../../temporary-repository.ts';

const usual = { mostChanged: { files: 1_000, share: 0 } };
const ACME = 'customers/acme.yaml';
const DUNE = 'customers/eu/dune.yaml';
const contract = (id: string): string =>
  `  - { id: ${id}, plan: studio@2, signed: 2026-01-01, starts: 2026-01-01, ends: 2026-12-31 }\n`;

function company(): string {
  const root = temporaryFolder();
  git(root, 'init', '--quiet');
  writeFiles(root, {
    ...(sharedFiles() as Record<string, string>),
    [ACME]: 'name: Acme\nplan: studio@2\naccount: bolt\n',
    'customers/eu/coil.yaml': `name: Coil\nplan: studio@2\ncontracts:\n${contract('C-2026-007')}${contract('C-2026-9')}`,
    [DUNE]: 'name: Dune\nplan: studio@1\n',
    // Nobody can read it, and its numbers are taken.
    'customers/broken.yaml': 'name: [\n# EX-0041, C-2026-012, C-2027-003\n',
  });
  commitAll(root);
  return root;
}

/** What may lie in the folder beside what is committed. */
const states: Readonly<Record<string, (root: string) => void>> = {
  'what is committed': () => undefined,
  'a customer who is not committed': (root) =>
    writeFiles(root, { 'customers/us/elm.yaml': `name: Elm\nplan: studio@2\ncontracts:\n${contract('C-2026-020')}` }),
  'nobody where somebody was': (root) => unlinkSync(join(root, DUNE)),
};

/** What is proposed, of a repository as it lies there. */
const proposals: Readonly<Record<string, (repository: Editable) => Parameters<typeof judgeEdits>[1]>> = {
  nothing: () => [],
  'a new customer': () => [newFile('customers/us/fern.yaml', 'customer', { name: 'Fern', plan: 'studio@2' })],
  'a new customer with an account that somebody has': () => [
    newFile('customers/us/fern.yaml', 'customer', { name: 'Fern', plan: 'studio@2', account: 'bolt' }),
  ],
  'a customer whose plan there is not': () => [
    newFile(DUNE, 'customer', { name: 'Dune', plan: 'moon@1', quantities: { seats: 3 } }),
  ],
  'an edit of who lies there': (repository) => {
    const [file] = repository.filesAt([ACME]);
    const change = { append: ['statuses'], items: [{ stage: 'closed', since: '2026-02-01' }] };
    return [editFile(ACME, file?.bytes ?? new Uint8Array(), [change])];
  },
  'a plan that customers have': () => [
    newFile('plans/studio@1.yaml', 'plan', { name: 'Studio', rank: 20, settings: { nothing: 4 } }),
  ],
};

const cases = Object.keys(states).flatMap((state) => Object.keys(proposals).map((proposal) => [state, proposal]));

describe('a repository that is edited', () => {
  it.each(cases)('of %s, with %s, is judged as if everything had been read', async (state = '', proposal = '') => {
    const root = company();
    states[state]?.(root);
    const opened = [
      await openEditable({ root }, {}, { ...usual, few: 0 }),
      await openEditable({ root }, {}, { ...usual, few: 1_000 }),
    ] as const;
    expect(opened.map(({ model }) => model.customers instanceof KnownCustomers)).toEqual([true, false]);
    const [known, whole] = await Promise.all(
      opened.map(async (repository) => {
        const { model, files } = repository;
        const judged = await judgeEdits(repository, proposals[proposal]?.(repository) ?? [], ['acme', 'dune', 'fern']);
        return {
          said: saidOf({ ...repository, ...judged }),
          compiled: [...judged.customers].map(([id, { timeline }]) => [id, JSON.stringify(timeline)]),
          paths: [...repository.paths()].sort(),
          ids: [
            ...nextExceptionIds(model, files, 2),
            ...['2025', '2026', '2027'].map((year) => nextContractId(model, files, year)),
          ],
        };
      }),
    );
    expect(known).toEqual(whole);
    expect(known?.ids.slice(0, 2)).toEqual(['EX-0042', 'EX-0043']);
  });

  it('at a commit is what that commit holds, whatever lies in the folder', async () => {
    const root = company();
    writeFiles(root, { 'customers/us/elm.yaml': 'name: Elm\nplan: studio@2\n' });
    const opened = await openEditable({ root }, { ref: 'HEAD' }, { ...usual, few: 0 });
    const [whole] = [await openEditable({ root }, { ref: 'HEAD' }, { ...usual, few: 1_000 })];
    expect(saidOf(opened)).toEqual(saidOf(whole));
    expect([opened.commit, opened.model.customers.has('elm')]).toEqual([whole.commit, false]);
  });
});
