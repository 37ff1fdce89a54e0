import type { Objects } from '../../runtime/snapshot/object.ts';
import { joinParts, type Snapshot, type SnapshotPart } from '../../runtime/snapshot/release.ts';
import { checkWorld } from '../compile/check-world.ts';
import { prepareWorld } from '../compile/prepare-world.ts';
import type { Diagnostic } from '../diagnostic.ts';
import type { Model } from '../model.ts';
import { releaseInput } from '../publish/release-input.ts';
import { filesOf } from '../register/files-of.ts';
import type { NamedBlob } from '../register/known-customers.ts';
import { inParts, inThreads } from './in-threads.ts';

/** What a thread is to compile, of a commit whose plans and policies it reads itself. */
export interface CompileTask {
  root: string;
  commit: string;
  /** Of what these say. */
  worldDigest: string;
  wanted: readonly NamedBlob[];
  /** So many make one answer. */
  atOnce: number;
}

type Compiled = SnapshotPart & Pick<CompileAnswer, 'diagnostics'>;

/** Customers that a thread holds: more cost memory, and each batch costs a git. */
const AT_ONCE = 3_000;

/** What some more customers come to; their objects' bytes lie one after the other. */
export interface CompileAnswer extends SnapshotPart {
  hashes: readonly string[];
  sizes: readonly number[];
  bytes: Uint8Array;
  diagnostics: readonly Diagnostic[];
  customers: number;
}

/**
 * Compiles a commit into the very release `compileRelease` makes of it, with all processors; its objects are added to
 * `objects`. `onCompiled` is told how many customers were compiled so far.
 *
 * @throws whatever a thread ended with.
 */
export async function compileInThreads(
  { root, commit, model, objects }: { root: string; commit: string; model: Model; objects: Objects },
  onCompiled: (customers: number) => void,
  atOnce = AT_ONCE,
): Promise<{ snapshot: Snapshot; diagnostics: Diagnostic[] }> {
  const task = { root, commit, worldDigest: model.world.digest, atOnce };
  const tasks = inParts(filesOf(model.customers)).map((wanted): CompileTask => ({ ...task, wanted }));
  const parts = tasks.map((): Compiled[] => []);
  let compiled = 0;
  await inThreads<CompileTask, CompileAnswer>('compile-worker', tasks, (answer, index) => {
    const { names, entries, diagnostics } = answer;
    parts[index]?.push({ names, entries, diagnostics });
    addObjects(objects, answer);
    compiled += answer.customers;
    onCompiled(compiled);
  });
  const all = parts.flat();
  const input = releaseInput(model, { world: prepareWorld(model.world), customers: [] });
  return {
    snapshot: joinParts(all, input, objects),
    diagnostics: [...checkWorld(model.world), ...all.flatMap(({ diagnostics }) => diagnostics)],
  };
}

function addObjects(objects: Objects, { hashes, sizes, bytes }: CompileAnswer): void {
  let at = 0;
  for (const [index, hash] of hashes.entries()) {
    const end = at + (sizes[index] as number);
    objects.set(hash, bytes.subarray(at, end));
    at = end;
  }
}
