import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { generateCustomer } from '../../../engine/generate/generate-customer.ts';
import { openCommit } from '../../../scripts/open-tree.ts';
import { customerEdits } from '../../fixtures/register/customer-edits.ts';
import { registersIn, replaceFile } from '../../fixtures/register/damage-register.ts';
import { sharedFiles } from '../../fixtures/register/random-history.ts';
import type { Tree } from '../../fixtures/register/terms.ts';
import { importHistory } from '../../fixtures/verify/import-history.ts';
import { chanceFrom } from '../../oracle/random.ts';
import { runProviso } from '../../run-proviso.ts';
import { temporaryFolder } from '../../temporary-repository.ts';

const PLACES = 12;

const kim = { name: 'Kim', email: 'kim@product.example' };

/** Two commits, the second with edits that make checks ask about everybody else. */
function twoCommits(git: string): string[] {
  execFileSync('git', ['init', '--quiet', '--bare', git]);
  const before: Tree = sharedFiles();
  for (let index = 0; index < 80; index += 1) {
    const { path, text } = generateCustomer(1, index);
    before[path] = text;
  }
  const after = { ...before };
  const chance = chanceFrom(3);
  for (const name of ['copyException', 'copyWording', 'sameAccount', 'sameDomain', 'looksAlike', 'close'])
    customerEdits[name]?.(after, chance);
  const commit = { author: kim, message: 'edits', at: Date.parse('2026-05-01T00:00:00Z') };
  const ids = importHistory(git, [
    { ...commit, parents: [], files: before },
    { ...commit, parents: [0], files: after },
  ]);
  execFileSync('git', ['update-ref', 'HEAD', ids[1] as string], { cwd: git });
  return ids;
}

it('says the same, once, wherever a register is damaged, and does away with it', async () => {
  const folder = temporaryFolder();
  const git = join(folder, 'terms.git');
  const [base = '', head = ''] = twoCommits(git);
  let names = 0;
  const anew = (): string => {
    names += 1;
    const name = join(folder, `as-${names}.git`);
    symlinkSync(git, name);
    return name;
  };
  const check = () => runProviso(['check', '--base', base, '--head', head, '--format', 'json'], { folder: anew() });
  const cold = await check();
  expect(JSON.parse(cold.stdout)).toMatchObject({ base, head });

  await openCommit({ root: anew() }, base, { few: 0, mostChanged: { files: 1_000, share: 0 } });
  const [register = ''] = registersIn(git);
  const sound = readFileSync(register);
  expect(await check()).toEqual(cold);
  expect(readFileSync(register), 'what is sound is kept').toEqual(sound);

  let noticed = 0;
  for (let place = 0; place < PLACES; place += 1) {
    const bytes = Buffer.from(sound);
    const at = Math.floor(((place + 0.5) * bytes.length) / PLACES);
    bytes[at] = (bytes[at] as number) ^ 0x10;
    replaceFile(register, bytes);
    expect(await check(), `byte ${at} of ${bytes.length}`).toEqual(cold);
    if (!existsSync(register)) noticed += 1;
  }
  // Some places are of customers nobody asks about; most are not.
  expect(noticed).toBeGreaterThan(PLACES / 4);
});
