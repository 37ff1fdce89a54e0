/** `publish-release <root> <folder>`: publishes the same release into new file stores, and writes its bytes as single files, in turn. */
import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { readWorkingTree } from '../../../engine/io/read-repository.ts';
import { loadModel } from '../../../engine/load-model.ts';
import { publish } from '../../../engine/publish/publish.ts';
import { readCatalogue } from '../../../engine/read-catalogue.ts';
import { openFileStore } from '../../../runtime/stores/file.ts';
import { median } from '../measure.ts';
import { releaseOf } from './release-of.ts';
import { tell } from './tell.ts';

const [root = '.', folder = '.'] = process.argv.slice(2);
const ROUNDS = 7;

const { files, hasSettings } = readWorkingTree(root);
const { settings = {} } = readCatalogue(files, hasSettings);
const snapshot = releaseOf((await loadModel(files, settings)).model);
const target = { repo: 'bench', env: 'local', channel: 'stable', staleAfterMs: 7_200_000 };
const request = { ...target, commit: '0'.repeat(40), policyDigest: 'none', evidence: 'none' };

async function intoStore(round: number): Promise<void> {
  const store = openFileStore(join(folder, `store-${round}`));
  const tools = {
    store,
    now: () => new Date(),
    pause: async () => {},
    ancestry: async () => 'same' as const,
    assemble: () => snapshot,
  };
  const { outcome } = await publish(tools, request);
  if (outcome !== 'published') throw new Error(`publish ended with ${outcome}`);
}

function intoFile(round: number): void {
  const path = join(folder, `packed-${round}`);
  const file = openSync(`${path}.new`, 'w');
  writeSync(file, Buffer.concat([...snapshot.objects.values()]));
  fsyncSync(file);
  closeSync(file);
  renameSync(`${path}.new`, path);
}

const times = { store: [] as number[], packed: [] as number[] };
mkdirSync(folder, { recursive: true });
for (let round = 0; round <= ROUNDS; round += 1) {
  const begun = performance.now();
  await intoStore(round);
  const between = performance.now();
  intoFile(round);
  const ended = performance.now();
  // The first round warms both sides.
  if (round === 0) continue;
  times.store.push(between - begun);
  times.packed.push(ended - between);
}
tell({ store: median(times.store), packed: median(times.packed) });
