/** Where a thread begins that compiles a part of the customers: what it is to do is its `workerData`, what comes of it its messages. */
import { parentPort, workerData } from 'node:worker_threads';
import { assemblePart } from '../../runtime/snapshot/release.ts';
import { prepareWorld } from '../compile/prepare-world.ts';
import type { Diagnostic } from '../diagnostic.ts';
import { loadModel } from '../load-model.ts';
import { compileEach } from '../publish/compile-each.ts';
import { releaseInput } from '../publish/release-input.ts';
import { readCatalogue } from '../read-catalogue.ts';
import { soundEntryOf } from '../register/sound-entry-of.ts';
import type { CompileAnswer, CompileTask } from './compile-in-threads.ts';
import { readBlobs } from './read-blobs.ts';
import { readEntries } from './read-repository.ts';
import { sharedPaths } from './rooms.ts';
import { listTree } from './trees.ts';

const { root, commit, worldDigest, wanted, atOnce } = workerData as CompileTask;

const { files, hasSettings } = await readEntries(root, await listTree(root, commit, sharedPaths));
const { settings = {} } = readCatalogue(files, hasSettings);
const { model } = await loadModel(files, settings);
if (model.world.digest !== worldDigest) throw new Error('plans and policies read differently here');
const world = prepareWorld(model.world);

for (let start = 0; start < wanted.length; start += atOnce) {
  const part = wanted.slice(start, start + atOnce);
  const blobs = await readBlobs(
    root,
    part.map(({ oid }) => oid),
  );
  const customers = new Map(
    part.map(({ path, oid }, index) => {
      const entry = soundEntryOf({ path, oid, bytes: blobs[index] as Uint8Array });
      return [entry.id, entry] as const;
    }),
  );
  const diagnostics: Diagnostic[] = [];
  const compiled = compileEach(customers.values(), world, diagnostics);
  const input = releaseInput({ ...model, customers }, { world, customers: compiled });
  const objects = new Map<string, Uint8Array>();
  const { names, entries } = assemblePart(input.customers, objects);
  const all = [...objects.values()];
  const bytes = new Uint8Array(all.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const each of all) {
    bytes.set(each, at);
    at += each.length;
  }
  const sizes = all.map(({ length }) => length);
  const answer: CompileAnswer = {
    names,
    entries,
    hashes: [...objects.keys()],
    sizes,
    bytes,
    diagnostics,
    customers: part.length,
  };
  parentPort?.postMessage(answer, [bytes.buffer]);
}
