import { beforeAll, describe, expect, test } from 'vitest';
import { loadModel } from '../../engine/load-model.ts';
import type { Model } from '../../engine/model.ts';
import { compileChanges } from '../../engine/publish/compile-changes.ts';
import { compileRelease } from '../../engine/publish/compile-release.ts';
import { type Assembled, type PublishResult, publish } from '../../engine/publish/publish.ts';
import { readStanding, type Standing } from '../../engine/publish/read-standing.ts';
import { readCatalogue } from '../../engine/read-catalogue.ts';
import { sha256 } from '../../runtime/snapshot/object.ts';
import type { Snapshot } from '../../runtime/snapshot/release.ts';
import { MemoryStore } from '../fixtures/release/memory-store.ts';
import { readEverything, sampleRequest, sampleTarget, sampleTools } from '../fixtures/release/sample.ts';
import { tinyCompany } from '../scenarios/tiny-company.ts';

type Files = Map<string, string>;

const pathOf = (id: string): string => `customers/${id}.yaml`;
const textOf = (id: string, more = ''): string => `name: ${id}\nplan: studio@1\n${more}`;
const closed = 'statuses: [{ stage: closed, since: 2026-01-01, because: they left }]\n';

/** So many customers, every third with an account. */
const filesOf = (count: number): Files =>
  new Map([
    ...Object.entries(tinyCompany),
    ...Array.from({ length: count }, (_, n) => {
      const more = n % 3 === 0 ? `account: acct_${n}\n` : n === 1 ? closed : '';
      return [pathOf(`c-${n}`), textOf(`c-${n}`, more)] as const;
    }),
  ]);

async function modelOf(files: Files): Promise<Model> {
  const read = [...files].map(([path, text]) => ({ path, bytes: Buffer.from(text), oid: sha256(text) }));
  const { settings, diagnostics } = readCatalogue(read, false);
  const loaded = await loadModel(read, settings ?? {});
  expect([...diagnostics, ...loaded.diagnostics]).toEqual([]);
  return loaded.model;
}

/** The same model, where nobody may go through all customers, and of each that was asked for it is known. */
function guarded({ world, customers }: Model): { model: Model; asked: string[] } {
  const asked: string[] = [];
  const onlyByName = new Proxy(customers, {
    get(target, name) {
      if (name === 'size') return target.size;
      if (name !== 'get') throw new Error(`customers.${String(name)} is asked of all of them`);
      return (id: string) => {
        asked.push(id);
        return target.get(id);
      };
    },
  });
  return { model: { world, customers: onlyByName }, asked };
}

/** The same model, where nobody may be asked for by name. */
function goneThrough({ world, customers }: Model): Model {
  const inTurn = new Proxy(customers, {
    get(target, name) {
      if (name === 'get') return (id: string) => expect.fail(`${id} is asked for by name`);
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  return { world, customers: inTurn };
}

test('a release made anew goes through everybody once', async () => {
  const model = await modelOf(filesOf(40));
  expect(compileRelease(goneThrough(model)).snapshot.root).toBe(compileRelease(model).snapshot.root);
});

class CountingStore extends MemoryStore {
  read: string[] = [];
  written: string[] = [];
  asked: string[] = [];
  override async get(hashes: readonly string[]): Promise<Map<string, Uint8Array>> {
    this.read.push(...hashes);
    return super.get(hashes);
  }
  override async has(hashes: Iterable<string>): Promise<Set<string>> {
    const all = [...hashes];
    this.asked.push(...all);
    return super.has(all);
  }
  override async putAll(objects: ReadonlyMap<string, Uint8Array>): Promise<void> {
    this.written.push(...objects.keys());
    return super.putAll(objects);
  }
}

const compileFrom =
  (store: MemoryStore, model: Model, changed: readonly string[]) =>
  async (from?: Standing): Promise<Assembled> => {
    const root = from?.stored?.payload.root;
    if (root === undefined) return compileRelease(model).snapshot;
    return (await compileChanges(model, { root, get: (hashes) => store.get(hashes) }, changed)).snapshot;
  };

const standing = async (store: MemoryStore): Promise<Standing> =>
  (await readStanding({ store }, sampleTarget)) as Standing;

const publishTo = (
  store: MemoryStore,
  commit: string,
  assemble: (from?: Standing) => unknown,
): Promise<PublishResult> =>
  publish({ ...sampleTools(store, () => ({}) as Snapshot), assemble: assemble as never }, sampleRequest(commit));

/** Edits of a company: what each does, and which customers it concerns. */
const edits: readonly [string, (files: Files) => unknown, string[]][] = [
  ['nothing', () => undefined, []],
  ['a plan of one', (files) => files.set(pathOf('c-2'), textOf('c-2', 'exceptions: []\n')), ['c-2']],
  [
    'a comment above',
    (files) => files.set(pathOf('c-2'), `# why\n${textOf('c-2', 'billing: { method: card }\n')}`),
    ['c-2'],
  ],
  ['one more', (files) => files.set(pathOf('new'), textOf('new', 'account: acct_new\n')), ['new']],
  ['one less', (files) => files.delete(pathOf('c-1')), ['c-1']],
  ['another account', (files) => files.set(pathOf('c-3'), textOf('c-3', 'account: acct_x\n')), ['c-3']],
  ['no account', (files) => files.set(pathOf('c-3'), textOf('c-3')), ['c-3']],
  [
    'an account for somebody else',
    (files) => files.set(pathOf('c-3'), textOf('c-3')).set(pathOf('c-4'), textOf('c-4', 'account: acct_3\n')),
    ['c-4', 'c-3'],
  ],
  [
    'a file elsewhere',
    (files) =>
      files.set('customers/eu/c-5.yaml', files.get(pathOf('c-5')) ?? textOf('c-5')) && files.delete(pathOf('c-5')),
    ['c-5'],
  ],
  ['somebody who never was', () => undefined, ['nobody']],
];

describe.each([0, 200, 300])('among %i customers', (count) => {
  let before: Snapshot;
  beforeAll(async () => {
    before = compileRelease(await modelOf(filesOf(count))).snapshot;
  });

  test.each(edits)('%s is compiled to what everything comes to', async (_, edit, changed) => {
    const files = filesOf(count);
    edit(files);
    const model = await modelOf(files);
    const whole = compileRelease(model);
    const get = async (hashes: readonly string[]) =>
      new Map(
        hashes.flatMap((hash) => (before.objects.has(hash) ? [[hash, before.objects.get(hash) as Uint8Array]] : [])),
      );
    const only = guarded(model);
    const made = await compileChanges(only.model, { root: before.root, get }, changed);
    const fresh = [...whole.snapshot.objects].filter(([hash]) => !before.objects.has(hash));
    expect([made.snapshot.root, made.snapshot.count]).toEqual([whole.snapshot.root, whole.snapshot.count]);
    expect([...made.snapshot.objects].sort()).toEqual(fresh.sort());
    expect(new Set(only.asked)).toEqual(new Set(changed));
  });
});

/** What is read and written to publish a change of one customer among so many. */
async function costAmong(count: number) {
  const files = filesOf(count);
  const store = new CountingStore();
  const before = await modelOf(files);
  files.set(pathOf('c-2'), textOf('c-2', 'billing: { method: card }\n'));
  const { model, asked } = guarded(await modelOf(files));
  const first = await publishTo(store, 'c1', () => compileRelease(before).snapshot);
  expect(first).toMatchObject({ outcome: 'published', customers: count + 1 });
  Object.assign(store, { read: [], written: [], asked: [] });
  expect(await publishTo(store, 'c2', compileFrom(store, model, ['c-2']))).toMatchObject({
    outcome: 'published',
    customers: count + 1,
  });
  const cost = {
    read: new Set(store.read).size,
    written: store.written.length,
    has: store.asked.length,
    customers: new Set(asked),
  };
  await readEverything(store);
  return cost;
}

test('a change of one costs the same among 1,000 customers and among 20,000', async () => {
  const [few, many] = [await costAmong(1_000), await costAmong(20_000)];
  // Root, bucket, leaf and record are written; the root, the bucket and the leaf before are read.
  expect(few).toEqual({ read: 3, written: 4, has: 4, customers: new Set(['c-2']) });
  expect(many).toEqual(few);
});

describe('a store that does not have what the release in force needs', () => {
  /** A published company, and the next commit of it. */
  async function published() {
    const files = filesOf(600);
    const store = new MemoryStore();
    const first = compileRelease(await modelOf(files)).snapshot;
    await publishTo(store, 'c1', () => first);
    files.set(pathOf('c-2'), textOf('c-2', 'billing: { method: card }\n'));
    const model = await modelOf(files);
    return { store, first, model, whole: compileRelease(model).snapshot };
  }

  /** As a command makes it: from the release in force where that can be read. */
  const assembleIn =
    (store: MemoryStore, { model, whole }: { model: Model; whole: Snapshot }, ways: string[]) =>
    async (from?: Standing) => {
      const made = from && (await compileFrom(store, model, ['c-2'])(from).catch(() => undefined));
      ways.push(made ? 'from the one before' : 'whole');
      return made ?? whole;
    };

  test('is refused or made whole, whatever it lacks, and says the same either way', async () => {
    const { store, first, model, whole: anew } = await published();
    const outcomes = new Set<string>();
    for (const hash of first.objects.keys()) {
      const bytes = store.objects.get(hash) as Uint8Array;
      const [heads, kept] = [new Map(store.heads), new Set(store.objects.keys())];
      store.objects.delete(hash);
      const ways: string[] = [];
      const made = await publishTo(store, 'c2', assembleIn(store, { model, whole: anew }, ways));
      for (const other of store.objects.keys()) if (!kept.has(other)) store.objects.delete(other);
      for (const [place, all] of heads) store.heads.set(place, all);
      const whole = await publishTo(store, 'c2', () => anew);
      for (const other of store.objects.keys()) if (!kept.has(other)) store.objects.delete(other);
      for (const [place, all] of heads) store.heads.set(place, all);
      store.objects.set(hash, bytes);
      expect(made).toEqual(whole);
      outcomes.add(`${ways.join(', then ')}: ${made.outcome}`);
    }
    expect(outcomes).toEqual(new Set(['from the one before: published', 'whole: published', 'whole: refused']));
  }, 120_000);

  test('gets everything where it has lost the release a snapshot was made from', async () => {
    const { store, model, whole } = await published();
    const made = (await compileFrom(store, model, ['c-2'])(await standing(store))) as Snapshot;
    // Somebody restored what was there before anything was published.
    store.heads.clear();
    store.objects.clear();
    const ways: string[] = [];
    const assemble = (from?: Standing): Snapshot => {
      ways.push(from?.stored ? 'over' : 'none');
      return ways.length === 1 ? made : whole;
    };
    expect(await publishTo(store, 'c2', assemble)).toMatchObject({
      outcome: 'published',
      root: whole.root,
      release: 1,
    });
    await readEverything(store);
  });

  test('gets a release made from what others have published meanwhile', async () => {
    const { store, first, model, whole } = await published();
    const cas = store.casHead.bind(store);
    const files = filesOf(600).set(pathOf('c-7'), textOf('c-7', 'billing: { method: card }\n'));
    const theirs = compileRelease(await modelOf(files)).snapshot;
    store.casHead = async (...args) => {
      store.casHead = cas;
      expect(await publishTo(store, 'c2', () => theirs)).toMatchObject({ outcome: 'published', release: 2 });
      return cas(...args);
    };
    const from: (string | undefined)[] = [];
    const assemble = async (base?: Standing): Promise<Assembled> => {
      from.push(base?.stored?.payload.root);
      return compileFrom(store, model, ['c-2', 'c-7'])(base);
    };
    expect(await publishTo(store, 'c3', assemble)).toMatchObject({
      outcome: 'published',
      root: whole.root,
      release: 3,
    });
    expect(from).toEqual([first.root, theirs.root]);
    await readEverything(store);
  });

  test('gets what it lacks of what a snapshot does not hold', async () => {
    const { store, model, whole, first } = await published();
    const made = (await compileFrom(store, model, ['c-2'])(await standing(store))) as Snapshot;
    const [leaf] = [...made.objects.keys()].filter((hash) => !first.objects.has(hash));
    const less = { ...made, objects: new Map([...made.objects].filter(([hash]) => hash !== leaf)) };
    const asked: boolean[] = [];
    const assemble = (from?: Standing): Snapshot => {
      asked.push(from !== undefined);
      return from ? less : whole;
    };
    expect(await publishTo(store, 'c2', assemble)).toMatchObject({ outcome: 'published', root: whole.root });
    expect(asked).toEqual([true, false]);
    await readEverything(store);
  });
});
