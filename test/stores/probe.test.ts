import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sha256 } from '../../runtime/snapshot/object.ts';
import { openFileStore } from '../../runtime/stores/file.ts';
import { probeStore } from '../../runtime/stores/probe/probe-store.ts';
import { type HeadAt, StoreError, type WriteStore } from '../../runtime/stores/store.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'proviso-probe-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A file store with some of what it does done wrong. `shared` is what all clients of one probe have in common. */
type Twin = (honest: WriteStore, shared: Map<string, unknown>) => Partial<WriteStore>;

const probeTwin = (twin: Twin) => {
  const shared = new Map<string, unknown>();
  return probeStore(async () => {
    const honest = openFileStore(folder);
    return { ...honest, ...twin(honest, shared) };
  });
};

const failed = async (twin: Twin): Promise<string[]> =>
  (await probeTwin(twin)).findings.filter(({ failure }) => failure !== undefined).map(({ name }) => name);

const scratchLeft = (): string[] =>
  readdirSync(join(folder, 'heads')).filter((env) => env.startsWith('scratch-') || env.startsWith('kept-'));

/** Takes any swap: the token of now stands for whatever was expected. */
const swapAnyway =
  (honest: WriteStore, when: (expected: string | null) => boolean): WriteStore['casHead'] =>
  async (env, channel, expected, envelope) => {
    const now = (await honest.getHead(env, channel))?.token ?? null;
    return honest.casHead(env, channel, when(expected) ? now : expected, envelope);
  };

const without = (found: ReadonlyMap<string, Uint8Array>, which: (size: number) => boolean): Map<string, Uint8Array> =>
  new Map([...found].filter(([, bytes]) => !which(bytes.length)));

const twins: Record<string, { twin: Twin; refusedBy: string[] }> = {
  'answers for objects it never had': {
    twin: (honest) => ({
      get: async (hashes) => {
        const found = await honest.get(hashes);
        return new Map(hashes.map((hash) => [hash, found.get(hash) ?? Buffer.from('made up')]));
      },
    }),
    refusedBy: ['absent-objects'],
  },
  'says that it has everything': {
    twin: () => ({ has: async (hashes) => new Set(hashes) }),
    refusedBy: ['absent-objects'],
  },
  'loses large objects': {
    twin: (honest) => ({ putAll: (objects) => honest.putAll(without(objects, (size) => size > 500_000)) }),
    refusedBy: ['whole-objects'],
  },
  'loses empty objects': {
    twin: (honest) => ({ get: async (hashes) => without(await honest.get(hashes), (size) => size === 0) }),
    refusedBy: ['whole-objects'],
  },
  'reads objects as text': {
    twin: (honest) => ({
      get: async (hashes) =>
        new Map(
          [...(await honest.get(hashes))].map(([hash, bytes]) => [hash, Buffer.from(Buffer.from(bytes).toString())]),
        ),
    }),
    refusedBy: ['whole-objects', 'objects-twice', 'objects-together'],
  },
  'remembers that an object was not there': {
    twin: (honest) => {
      const absent = new Set<string>();
      return {
        get: async (hashes) => {
          const found = await honest.get(hashes.filter((hash) => !absent.has(hash)));
          for (const hash of hashes) if (!found.has(hash)) absent.add(hash);
          return found;
        },
      };
    },
    refusedBy: ['whole-objects'],
  },
  'forgets that it has an object': {
    twin: (honest) => ({ has: async (hashes) => new Set([...(await honest.has(hashes))].slice(1)) }),
    refusedBy: ['absent-objects', 'whole-objects'],
  },
  'removes an object that is stored again': {
    twin: (honest, shared) => ({
      putAll: async (objects) => {
        await honest.putAll(objects);
        for (const [hash, bytes] of objects)
          if (bytes.length > 0) shared.set(hash, shared.has(hash) ? 'twice' : 'once');
      },
      get: async (hashes) => honest.get(hashes.filter((hash) => shared.get(hash) !== 'twice')),
    }),
    refusedBy: ['objects-twice', 'objects-together'],
  },
  'stores for one at a time': {
    twin: (honest, shared) => ({
      putAll: async (objects) => {
        const writers = Number(shared.get('writers') ?? 0);
        shared.set('writers', writers + 1);
        await new Promise((resolve) => setImmediate(resolve));
        if (writers === 0) await honest.putAll(objects);
        shared.set('writers', Number(shared.get('writers')) - 1);
      },
    }),
    refusedBy: ['objects-together'],
  },
  'lets the first head be created twice': {
    twin: (honest) => ({ casHead: swapAnyway(honest, (expected) => expected === null) }),
    refusedBy: ['first-head-once'],
  },
  'looks at no token': {
    twin: (honest) => ({ casHead: swapAnyway(honest, () => true) }),
    refusedBy: ['first-head-once', 'stale-swap', 'foreign-swap', 'same-bytes-again'],
  },
  'takes the token of another place': {
    twin: (honest, shared) => ({
      getHead: async (env, channel) => {
        const head = await honest.getHead(env, channel);
        if (head) shared.set(head.token, `${env}/${channel}`);
        return head;
      },
      casHead: async (env, channel, expected, envelope) => {
        const seenIn = shared.get(expected ?? '') ?? `${env}/${channel}`;
        const now = (await honest.getHead(env, channel))?.token ?? null;
        return honest.casHead(env, channel, seenIn === `${env}/${channel}` ? expected : now, envelope);
      },
    }),
    refusedBy: ['foreign-swap'],
  },
  'tells states apart by their bytes': {
    twin: (honest) => {
      const tokenOf = (head: HeadAt): string => sha256(head.envelope);
      return {
        getHead: async (env, channel) => {
          const head = await honest.getHead(env, channel);
          return head && { ...head, token: tokenOf(head) };
        },
        casHead: async (env, channel, expected, envelope) => {
          const head = await honest.getHead(env, channel);
          if ((head ? tokenOf(head) : null) !== expected) return 'conflict';
          return honest.casHead(env, channel, head?.token ?? null, envelope);
        },
      };
    },
    refusedBy: ['same-bytes-again'],
  },
  'reads, then writes': {
    twin: (honest) => ({
      casHead: async (env, channel, expected, envelope) => {
        const seen = (await honest.getHead(env, channel))?.token ?? null;
        await new Promise((resolve) => setImmediate(resolve));
        if (seen !== expected) return 'conflict';
        const now = (await honest.getHead(env, channel))?.token ?? null;
        return honest.casHead(env, channel, now, envelope);
      },
    }),
    refusedBy: ['one-winner'],
  },
  'tells everybody who came in time that he won': {
    twin: (honest) => ({
      casHead: async (env, channel, expected, envelope) => {
        const inTime = ((await honest.getHead(env, channel))?.token ?? null) === expected;
        const answer = await honest.casHead(env, channel, expected, envelope);
        return inTime ? 'ok' : answer;
      },
    }),
    refusedBy: ['one-winner'],
  },
  'says ok to whoever lost': {
    twin: (honest) => ({
      casHead: async (...swap) => {
        await honest.casHead(...swap);
        return 'ok';
      },
    }),
    refusedBy: ['first-head-once', 'stale-swap', 'foreign-swap', 'same-bytes-again', 'one-winner'],
  },
  'says ok and writes nothing': {
    twin: () => ({ casHead: async () => 'ok' }),
    refusedBy: [
      'first-head-once',
      'whole-heads',
      'stale-swap',
      'foreign-swap',
      'same-bytes-again',
      'one-winner',
      'seen-at-once',
      'whole-history',
      'places-apart',
      'scratch-only',
    ],
  },
  'never takes a head that follows another': {
    twin: (honest) => ({
      casHead: async (env, channel, expected, envelope) =>
        expected === null ? honest.casHead(env, channel, null, envelope) : 'conflict',
    }),
    refusedBy: ['stale-swap', 'same-bytes-again', 'one-winner', 'seen-at-once', 'whole-history'],
  },
  'reads the head before the newest': {
    twin: (honest) => ({
      getHead: async (env, channel) => {
        const newest = await honest.getHead(env, channel);
        const heads: Uint8Array[] = [];
        for await (const envelope of honest.history(env, channel)) heads.push(envelope);
        const envelope = heads[1] ?? heads[0];
        return newest && envelope && { ...newest, envelope };
      },
    }),
    refusedBy: ['stale-swap', 'seen-at-once'],
  },
  'cuts large heads': {
    twin: (honest) => ({
      casHead: (env, channel, expected, envelope) =>
        honest.casHead(env, channel, expected, envelope.subarray(0, 8_192)),
    }),
    refusedBy: ['whole-heads'],
  },
  'drops one head of its history': {
    twin: (honest) => ({
      async *history(env, channel) {
        let index = 0;
        for await (const envelope of honest.history(env, channel)) if ((index += 1) !== 3) yield envelope;
      },
    }),
    refusedBy: ['one-winner', 'whole-history'],
  },
  'tells its history oldest first': {
    twin: (honest) => ({
      async *history(env, channel) {
        const heads: Uint8Array[] = [];
        for await (const envelope of honest.history(env, channel)) heads.unshift(envelope);
        yield* heads;
      },
    }),
    refusedBy: ['one-winner', 'whole-history'],
  },
  'keeps the channels of all environments together': {
    twin: (honest) => ({
      getHead: (_env, channel) => honest.getHead('scratch-all', channel),
      casHead: (_env, channel, ...swap) => honest.casHead('scratch-all', channel, ...swap),
      history: (_env, channel) => honest.history('scratch-all', channel),
    }),
    refusedBy: ['places-apart', 'scratch-only'],
  },
  'drops any environment': {
    twin: (honest) => ({
      dropScratch: async (env) => {
        if (env.startsWith('scratch-')) await honest.dropScratch(env);
      },
    }),
    refusedBy: ['scratch-only'],
  },
  'drops nothing': {
    twin: () => ({
      dropScratch: async (env) => {
        if (!env.startsWith('scratch-')) throw new StoreError('unsuitable', 'not for trying out');
      },
    }),
    refusedBy: ['scratch-only'],
  },
  'drops every environment whose name begins alike': {
    twin: (honest) => ({
      dropScratch: async (env) => {
        await honest.dropScratch(env);
        await honest.dropScratch(env.replace(/-2$/, ''));
      },
    }),
    refusedBy: ['scratch-only'],
  },
};

test('an honest store passes every check, with some two hundred operations, and nothing is left of them', async () => {
  const kept = openFileStore(folder);
  await kept.casHead('production', 'stable', null, Buffer.from('in force'));
  await kept.putAll(new Map([[sha256('kept'), Buffer.from('kept')]]));
  const progress: string[] = [];
  const result = await probeStore(
    async () => openFileStore(folder),
    (done, of, proves) => progress.push(`${done}/${of} ${proves}`),
  );
  expect(result.findings.filter(({ failure }) => failure !== undefined)).toEqual([]);
  expect(progress).toEqual(result.findings.map(({ proves }, index) => `${index}/${result.findings.length} ${proves}`));
  expect(result.operations).toBeGreaterThan(200);
  expect(scratchLeft()).toEqual([]);
  expect(Buffer.from((await kept.getHead('production', 'stable'))?.envelope ?? []).toString()).toBe('in force');
  expect((await kept.get([sha256('kept')])).size).toBe(1);
});

describe('a store that', () => {
  test.each(Object.keys(twins))('%s is refused, by name', async (name) => {
    const { twin, refusedBy } = twins[name] as { twin: Twin; refusedBy: string[] };
    expect(await failed(twin)).toEqual(refusedBy);
  });
});

test('every check is the one that some broken store is refused by', () => {
  const caught = new Set(Object.values(twins).flatMap(({ refusedBy }) => refusedBy));
  expect(caught.size).toBe(14);
});

test('an answer of "unknown" is settled by reading, whichever way it went', async () => {
  let calls = 0;
  const unsure: Twin = (honest) => ({
    casHead: async (...swap) => {
      const answer = await honest.casHead(...swap);
      calls += 1;
      return calls % 3 === 0 ? 'unknown' : answer;
    },
  });
  expect(await failed(unsure)).toEqual([]);
});

test('what was made for trying out is removed also where the store gives up in the middle', async () => {
  let calls = 0;
  const failing: Twin = (honest) => ({
    casHead: async (...swap) => {
      calls += 1;
      if (calls > 60) throw new StoreError('unavailable', 'the store went away');
      return honest.casHead(...swap);
    },
  });
  await expect(probeTwin(failing)).rejects.toMatchObject({ name: 'StoreError', message: 'the store went away' });
  expect(scratchLeft()).toEqual([]);
});

test('every client is closed, whatever happens', async () => {
  let open = 0;
  const counted: Twin = () => {
    open += 1;
    return {
      close: async () => {
        open -= 1;
      },
    };
  };
  await probeTwin(counted);
  expect(open).toBe(0);
  await expect(
    probeTwin((honest, shared) => ({
      ...counted(honest, shared),
      get: async () => {
        throw new StoreError('denied', 'no');
      },
    })),
  ).rejects.toThrow('no');
  expect(open).toBe(0);
});
