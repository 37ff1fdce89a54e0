import { isHash, SnapshotError } from '../../../runtime/snapshot/object.ts';
import type { StorePlace, WriteStore } from '../../../runtime/stores/store.ts';
import { plural } from '../../report/plural.ts';
import { keepFor, keepRoots } from '../collect-garbage.ts';
import { keptHeads } from '../kept-heads.ts';
import { keysetsFrom } from '../keysets-from.ts';
import { walkRelease } from '../walk-release.ts';
import type { Contents } from './contents.ts';
import type { Frame } from './frames.ts';

export interface ExportTools {
  store: Pick<WriteStore, 'get' | 'history'>;
  now(): Date;
  progress?(line: string): void;
}

/**
 * Everything a store holds of these places: every head, the releases that may be brought back and are whole, and what
 * proves approvals and signatures. Objects are read a few at a time, and twice: first to know which releases are whole.
 *
 * @throws SnapshotError where what is in force is not whole, or a head that matters is not what it was.
 */
export async function* exportBackup(
  { store, now, progress = () => {} }: ExportTools,
  places: readonly StorePlace[],
): AsyncGenerator<Frame> {
  const get = (hashes: readonly string[]) => store.get(hashes);
  const policy = { roots: keepRoots, since: now().getTime() - keepFor };
  const contents: Contents = {
    format: 'proviso-backup',
    v: 1,
    made: now().toISOString(),
    places: [],
    roots: [],
    beside: [],
  };
  const checked = new Set<string>();
  const beside = new Set<string>();
  for (const place of places) {
    const { kept, dropped, evidence, keysets } = await keptHeads(store, place, policy);
    const [newest] = kept;
    if (!newest) continue;
    contents.places.push({ ...place, heads: kept.length + dropped.length });
    for (const { payload } of kept) {
      if (contents.roots.includes(payload.root)) continue;
      progress(`reading release ${payload.n} of ${place.env}/${place.channel}`);
      const fault = await faultIn(payload.root);
      if (!fault) contents.roots.push(payload.root);
      else if (payload.root === newest.payload.root) throw fault;
    }
    for (const hash of [...evidence].filter(isHash)) beside.add(hash);
    for (const hash of await keysetsFrom(get, keysets)) beside.add(hash);
  }
  contents.beside = [...(await get([...beside])).keys()];
  yield { kind: 'B', body: Buffer.from(JSON.stringify(contents)) };
  for (const [index, { env, channel, heads }] of contents.places.entries()) {
    const envelopes: Uint8Array[] = [];
    for await (const envelope of store.history(env, channel)) envelopes.push(envelope);
    // Heads that came into force meanwhile may name what is not in here.
    for (const envelope of envelopes.reverse().slice(0, heads))
      yield { kind: 'H', body: Buffer.concat([Buffer.from([index]), envelope]) };
  }
  for (const hash of contents.beside) yield await objectOf(hash);
  const written = new Set<string>(contents.beside);
  for (const root of contents.roots)
    for await (const { hash, bytes, fault } of walkRelease(get, root, { reads: true, known: written })) {
      if (fault) throw fault;
      if (!bytes || written.has(hash)) continue;
      written.add(hash);
      if (written.size % 5_000 === 0) progress(`wrote ${plural(written.size, 'object')}`);
      yield { kind: 'O', body: bytes };
    }

  /** What was found whole once need not be read again for another release; what was not stays in doubt. */
  async function faultIn(root: string): Promise<SnapshotError | undefined> {
    const seen = new Set<string>();
    const known = { has: (hash: string): boolean => checked.has(hash) || seen.has(hash) };
    for await (const { hash, fault } of walkRelease(get, root, { reads: true, known })) {
      if (fault) return fault;
      seen.add(hash);
    }
    for (const hash of seen) checked.add(hash);
    return undefined;
  }

  async function objectOf(hash: string): Promise<Frame> {
    const body = (await get([hash])).get(hash);
    if (!body) throw new SnapshotError('missing', hash, `object ${hash} is missing from the store`);
    return { kind: 'O', body };
  }
}
