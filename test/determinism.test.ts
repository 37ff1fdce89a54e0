import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compileModel } from '../engine/compile/compile-model.ts';
import { readWorkingTree } from '../engine/io/read-repository.ts';
import { loadModel } from '../engine/load-model.ts';
import { releaseInput } from '../engine/publish/release-input.ts';
import { readCatalogue } from '../engine/read-catalogue.ts';
import type { SourceFile } from '../engine/source-file.ts';
import { assembleSnapshot } from '../runtime/snapshot/release.ts';
import { generateRepository } from '../scripts/generate.ts';
import { drawFrom, seed } from './fixtures/release/counts.ts';
import { runProviso } from './run-proviso.ts';
import { copySample } from './scenarios/sample-company.ts';
import { commitAll, git, initAll, temporaryFolder, temporaryRepository } from './temporary-repository.ts';

const bin = fileURLToPath(new URL('../dist/scripts/proviso.js', import.meta.url));

/** The root of a commit as the program publishes it, in a process and a store of its own. */
function rootOf(argv: readonly string[], cwd: string, variables: Readonly<Record<string, string>> = {}): string {
  const store = `file:${mkdtempSync(join(tmpdir(), 'proviso-store-'))}`;
  try {
    const words = ['publish', '--format', 'json', '--store', store, ...argv];
    const env = { ...process.env, GITHUB_ACTIONS: '', ...variables };
    const { root, release } = JSON.parse(
      execFileSync(process.execPath, [bin, ...words], { cwd, env, encoding: 'utf8' }),
    );
    expect(release).toBe(1);
    return root;
  } finally {
    rmSync(store.slice('file:'.length), { recursive: true });
  }
}

/** The root of a folder's files in the order they are given. */
async function rootOfFiles(files: readonly SourceFile[]): Promise<string> {
  const { settings = {} } = readCatalogue(files, false);
  const { model, diagnostics } = await loadModel(files, settings);
  const compiled = compileModel(model);
  expect([...diagnostics, ...compiled.diagnostics].filter(({ severity }) => severity === 'error')).toEqual([]);
  return assembleSnapshot(releaseInput(model, compiled)).root;
}

describe.each([
  ['the sample company', async (folder: string) => copySample(folder)],
  ['a generated company', (folder: string) => generateRepository({ customers: 60, out: folder, seed: 3 })],
])('%s has one root', (_, make) => {
  let folder = '';
  let root = '';
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'proviso-test-'));
    await make(folder);
    initAll(folder);
    root = rootOf([], folder);
  }, 60_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each([
    { TZ: 'Pacific/Kiritimati', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' },
    { TZ: 'America/St_Johns', LANG: 'C', LC_ALL: 'C' },
    { TZ: 'Europe/Stockholm', LANG: 'de_DE.UTF-8', LC_ALL: 'sv_SE.ISO-8859-1' },
  ])('with %o', (variables) => {
    expect(rootOf([], folder, variables)).toBe(root);
  });

  it('from another working folder', () => {
    expect(rootOf(['-C', folder], '/')).toBe(root);
    expect(rootOf(['--root', '..'], join(folder, 'customers'))).toBe(root);
  });

  it('from a clone, a shallow clone, and where the folder holds something else', () => {
    const clones = temporaryFolder();
    git(clones, 'clone', '--quiet', folder, 'whole');
    git(clones, 'clone', '--quiet', '--depth', '1', `file://${folder}`, 'shallow');
    expect(rootOf([], join(clones, 'shallow'))).toBe(root);
    rmSync(join(clones, 'whole/customers'), { recursive: true });
    expect(rootOf([], join(clones, 'whole'))).toBe(root);
  });

  it('in a folder of a larger repository', () => {
    const { root: larger } = temporaryRepository({ 'README.md': 'A product.\n' });
    cpSync(folder, join(larger, 'company/terms'), { recursive: true, filter: (path) => !path.endsWith('.git') });
    commitAll(larger);
    expect(rootOf(['-C', join(larger, 'company/terms')], larger)).toBe(root);
  });

  it(`from the folder’s files in any order (seed ${seed})`, async () => {
    const { files } = readWorkingTree(folder);
    const draw = drawFrom(seed);
    for (let round = 0; round < 5; round += 1) {
      const drawn = files.map((file) => ({ file, at: draw() })).sort((a, b) => a.at - b.at);
      expect(await rootOfFiles(drawn.map(({ file }) => file))).toBe(root);
    }
  });

  it('on any day, whatever the clock says', async () => {
    for (const now of ['1999-12-31T23:59:59Z', '2026-06-03T00:00:00Z', '2040-02-29T12:00:00Z']) {
      const store = `file:${temporaryFolder()}`;
      const { stdout } = await runProviso(['publish', '--format', 'json', '--store', store], { folder, now });
      expect(JSON.parse(stdout).root).toBe(root);
    }
  });

  it('is written as the same bytes into every store', async () => {
    const packs = async (): Promise<string[]> => {
      const store = temporaryFolder();
      await runProviso(['publish', '--store', `file:${store}`], { folder });
      return readdirSync(join(store, 'packs'));
    };
    // A pack is named by what it holds.
    expect(await packs()).toEqual(await packs());
  });
});

/** Says something of every kind, in letters and numbers that machines could take differently. */
const fixed = {
  'schemas/generated/catalogue.json': JSON.stringify({
    v: 1,
    settings: {
      seats: { kind: 'limit', unit: 'seat', area: 'access', description: 'People.', default: 3, favours: 'more' },
      hours: {
        kind: 'limit',
        unit: 'hour',
        area: 'support',
        description: 'Help.',
        default: 0.1,
        favours: 'more',
        fractional: true,
      },
      sso: { kind: 'feature', area: 'access', description: 'Sign-in.', default: false, favours: true },
      region: { kind: 'choice', of: ['us', 'eu'], area: 'hosting', description: 'Rows.', default: 'us', onEnd: 'hold' },
      greeting: { kind: 'text', area: 'onboarding', description: 'Hello.', default: 'Grüße, İstanbul 👋' },
      formats: { kind: 'list', area: 'access', description: 'Files.', default: ['csv', 'ärger', 'zebra'] },
    },
  }),
  'plans/free@1.yaml': 'name: Free\nrank: 1\nsettings: {}\nprice: { free: true }\n',
  'plans/studio@1.yaml':
    'name: Studio\nrank: 20\nsettings: { seats: 5, hours: 0.1, formats: [zebra, ärger, csv] }\n' +
    'price: { currency: USD, per: month, amount: "49.00", units: { seats: { amount: "9.00" } } }\n',
  'plans/studio@10.yaml':
    'name: Studio\nrank: 20\nsettings: { seats: 1000000, region: eu }\nprice: { contactSales: true }\n',
  'policies/lifecycle.yaml':
    'stages: { grace: { days: 14 }, lapsed: { plan: free@1 }, suspended: { set: { seats: 0 } } }\n',
  'policies/menu.yaml':
    'addOns: { more: { plans: [studio], adds: { hours: 0.2 }, price: { amount: "1.00", per: month } } }\n',
  'customers/acme.yaml':
    'name: Äcme & Søn\naccount: ACC-9\nplan: free@1\naddOns: [{ id: more }]\ncontracts:\n' +
    '  - id: C-1\n    plan: studio@1\n    starts: 2024-02-29\n    ends: 2025-02-28\n    renewal: { kind: manual, months: 12 }\n' +
    '    quantities: { seats: 7 }\n    billing: { unitPrices: { seats: "8.50" } }\n',
  'customers/b/ii.yaml':
    'name: ıİiI\nplan: studio@10\nstatuses: [{ stage: suspended, since: 2026-01-01, until: 2026-01-31 }]\n',
  'customers/ii-2.yaml': 'name: "\\u0130"\nplan: studio@1\nquantities: { seats: 9 }\n',
};

it('a fixed company has the same root on every machine and under every version of Node', () => {
  const { root } = temporaryRepository(fixed);
  // Changes only together with the format of releases or a rule of the language: then every published root does.
  expect(rootOf([], root)).toBe('6f827b6f9bfcbde63fa28f035793d2ac460dc9ca594c93193be7c1fa38c07e5b');
});
