import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { KnownCustomers } from '../../../engine/register/known-customers.ts';
import { openFolder } from '../../../scripts/open-folder.ts';
import { openRepository } from '../../../scripts/open-repository.ts';
import { sharedFiles } from '../../fixtures/register/random-history.ts';
import { saidOf } from '../../fixtures/register/said-of.ts';
import { chanceFrom } from '../../oracle/random.ts';
import { commitAll, git, temporaryFolder, writeFiles } from '../../temporary-repository.ts';

const always = { few: 0, mostChanged: { files: 1_000, share: 0 } };

const ACME = 'customers/acme.yaml';
const acme = 'name: Acme\nplan: studio@2\naccount: bolt\n';

/** The sample company in a folder of a repository, with customers of its own, all of it committed. */
function company(folder = '.'): { root: string; top: string } {
  const top = temporaryFolder();
  const root = join(top, folder).replace(/\/$/, '');
  git(top, 'init', '--quiet');
  writeFiles(root, {
    ...(sharedFiles() as Record<string, string>),
    [ACME]: acme,
    'customers/eu/coil.yaml': 'name: Coil\nplan: studio@2\n',
    'customers/eu/dune.yaml': 'name: Dune\nplan: studio@1\n',
    '.gitignore': 'customers/draft-*\n',
  });
  commitAll(top);
  return { root, top };
}

/** Whether only what differs was read; either way it is what reading everything says. */
async function holds(root: string): Promise<'known' | 'whole'> {
  const opened = await openFolder({ root }, undefined, always);
  expect(saidOf(opened)).toEqual(saidOf(await openRepository({ root })));
  return opened.model.customers instanceof KnownCustomers ? 'known' : 'whole';
}

type Act = (root: string, top: string) => void;
const write =
  (path: string, text: string): Act =>
  (root) =>
    writeFiles(root, { [path]: text });

/** What may lie in a folder, and whether it can be told without reading everything. */
const states: Readonly<Record<string, readonly ['known' | 'whole', Act]>> = {
  'nothing but what is committed': ['known', () => undefined],
  'an edit': ['known', write(ACME, `${acme}quantities: { seats: 4 }\n`)],
  'an edit that was added': [
    'known',
    (root, top) => {
      write(ACME, acme.replace('Acme', 'Acne'))(root, top);
      git(top, 'add', '--all');
    },
  ],
  'another edit than the one that was added': [
    'known',
    (root, top) => {
      write(ACME, acme.replace('Acme', 'Acne'))(root, top);
      git(top, 'add', '--all');
      write(ACME, acme)(root, top);
    },
  ],
  'an edit of the same length and the same time': [
    'known',
    (root) => {
      const then = new Date('2026-01-01');
      writeFileSync(join(root, ACME), acme.replace('Acme', 'Acne'));
      utimesSync(join(root, ACME), then, then);
    },
  ],
  'a new customer': ['known', write('customers/us/elm.yaml', 'name: Elm\nplan: studio@2\n')],
  'a new customer that takes another’s account': [
    'known',
    write('customers/bolt.yaml', 'name: Bolt\nplan: studio@2\n'),
  ],
  'a customer that git ignores': ['known', write('customers/draft-x.yaml', 'name: X\nplan: studio@2\n')],
  'a customer of a name that git quotes': ['known', write('customers/näw "x".yaml', 'name: X\nplan: studio@2\n')],
  'nobody where somebody was': ['known', (root) => unlinkSync(join(root, ACME))],
  'a customer that moved': [
    'known',
    (root) => {
      mkdirSync(join(root, 'customers/us'));
      renameSync(join(root, ACME), join(root, 'customers/us/acme.yaml'));
    },
  ],
  'a customer twice': ['known', write('customers/us/acme.yaml', acme)],
  'a customer that git was told to forget': ['known', (_root, top) => git(top, 'rm', '--quiet', '--cached', '-r', '.')],
  'a file that was only touched': ['known', (root) => utimesSync(join(root, ACME), new Date(), new Date())],
  'a file that was made executable': ['known', (root) => chmodSync(join(root, ACME), 0o755)],
  'what cannot be parsed': ['known', write(ACME, 'name: [\n')],
  'a plan that was edited': ['known', (root) => appendFileSync(join(root, 'plans/studio@2.yaml'), '# words\n')],
  'a plan that is gone': ['known', (root) => unlinkSync(join(root, 'plans/studio@1.yaml'))],
  'a catalogue that was edited': [
    'whole',
    (root) => appendFileSync(join(root, 'schemas/generated/catalogue.json'), '\n'),
  ],
  'no catalogue': ['whole', (root) => unlinkSync(join(root, 'schemas/generated/catalogue.json'))],
  'no settings': ['known', (root) => unlinkSync(join(root, 'schemas/settings.ts'))],
  'files of editors': ['known', write('customers/.acme.yaml.swp', 'x')],
  'a link': ['whole', (root) => symlinkSync('acme.yaml', join(root, 'customers/link.yaml'))],
  'a link that is committed': [
    'known',
    (root, top) => {
      symlinkSync('acme.yaml', join(root, 'customers/link.yaml'));
      commitAll(top);
    },
  ],
  'a folder of customers that is a link': [
    'whole',
    (root) => {
      renameSync(join(root, 'customers'), join(root, 'kept'));
      symlinkSync('kept', join(root, 'customers'));
    },
  ],
  'a pipe in the place of a file': [
    'whole',
    (root) => {
      unlinkSync(join(root, ACME));
      execFileSync('mkfifo', [join(root, ACME)]);
    },
  ],
  'a folder in the place of a file': [
    'whole',
    (root, top) => {
      unlinkSync(join(root, ACME));
      write(`${ACME}/acme.yaml`, acme)(root, top);
    },
  ],
  'a repository inside': [
    'whole',
    (root) => {
      writeFiles(root, { 'customers/sub/inner.yaml': 'name: Inner\nplan: studio@2\n' });
      git(join(root, 'customers/sub'), 'init', '--quiet');
      commitAll(join(root, 'customers/sub'));
    },
  ],
  'a submodule': [
    'whole',
    (root, top) => {
      write('customers/sub/inner.yaml', 'name: Inner\nplan: studio@2\n')(root, top);
      git(top, 'update-index', '--add', '--cacheinfo', `160000,${'1'.repeat(40)},customers/sub`);
      git(top, 'commit', '--quiet', '--message', 'a submodule');
    },
  ],
  'an edit that git was told not to see': [
    'whole',
    (root, top) => {
      git(root, 'update-index', '--assume-unchanged', ACME);
      write(ACME, `${acme}quantities: { seats: 4 }\n`)(root, top);
    },
  ],
  'a sparse checkout': ['whole', (root) => git(root, 'sparse-checkout', 'set', '--no-cone', '/*', '!/customers/eu/')],
  'a filter': [
    'whole',
    (root, top) => {
      write('.gitattributes', '*.yaml filter=loud\n')(root, top);
      git(top, 'config', 'filter.loud.smudge', 'sed s/Coil/COIL/');
      git(top, 'add', '.gitattributes');
      git(top, 'commit', '--quiet', '--message', 'loud');
      rmSync(join(root, 'customers/eu/coil.yaml'));
      git(root, 'checkout', '--', 'customers');
      expect(readFileSync(join(root, 'customers/eu/coil.yaml'), 'utf8')).toContain('COIL');
    },
  ],
  'attributes of a folder': ['whole', write('customers/.gitattributes', '*.yaml ident\n')],
  'a conflict': [
    'whole',
    (root, top) => {
      write(ACME, acme.replace('Acme', 'One'))(root, top);
      commitAll(top);
      git(top, 'checkout', '--quiet', '-b', 'other', 'HEAD~1');
      write(ACME, acme.replace('Acme', 'Two'))(root, top);
      commitAll(top);
      expect(() => git(top, 'merge', 'main')).toThrow('git');
    },
  ],
  'no commit yet': ['whole', (_root, top) => rmSync(join(top, '.git/refs/heads/main'))],
  'no repository': ['whole', (_root, top) => rmSync(join(top, '.git'), { recursive: true })],
};

describe('a folder is read as it lies there', () => {
  it.each(Object.entries(states))('%s', async (_name, [how, act]) => {
    const { root, top } = company();
    expect(await holds(root)).toBe('known');
    act(root, top);
    expect(await holds(root)).toBe(how);
  });

  it('where it is a part of a larger repository', async () => {
    const { root, top } = company('terms');
    writeFiles(top, { 'customers/elsewhere.yaml': 'name: Elsewhere\n' });
    writeFiles(root, { [ACME]: acme.replace('Acme', 'Acne') });
    expect(await holds(root)).toBe('known');
  });

  it('whatever was done to it, one after the other', async () => {
    const seed = Number(process.env.PROVISO_SEED ?? Date.now() % 1_000_000);
    const chance = chanceFrom(seed);
    const kept = Object.entries(states).filter(([name, [how]]) => how === 'known' && !name.includes('forget'));
    const { root, top } = company();
    for (let step = 0; step < 12; step += 1) {
      const [name, [, act]] = chance.pick(kept);
      try {
        act(root, top);
      } catch {
        // Such as what is gone already.
      }
      if (chance.yes(0.3)) commitAll(top);
      await expect(holds(root), `PROVISO_SEED=${seed}, step ${step}: ${name}`).resolves.toBe('known');
    }
  });
});
