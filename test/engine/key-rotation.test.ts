import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { firstKeyset } from '../../engine/keys/first-keyset.ts';
import { nextKeyset } from '../../engine/keys/next-keyset.ts';
import { type PublishResult, publish } from '../../engine/publish/publish.ts';
import { openTerms } from '../../runtime/client/open-terms.ts';
import type { Terms } from '../../runtime/client/terms.ts';
import { decodeHead, type Head, type HeadPayload, signHead } from '../../runtime/snapshot/head.ts';
import type { Keyset } from '../../runtime/snapshot/keyset.ts';
import { openFileStore } from '../../runtime/stores/file.ts';
import type { WriteStore } from '../../runtime/stores/store.ts';
import { timesFrom } from '../fixtures/release/counts.ts';
import { numberedSnapshot, sampleAncestry } from '../fixtures/release/sample.ts';
import { testKey } from '../fixtures/signing/test-key.ts';
import { temporaryFolder } from '../temporary-repository.ts';

const ROTATIONS = timesFrom('PROVISO_ROTATIONS', 10);
const PLACE = { repo: 'acme/terms', env: 'production', channel: 'stable', staleAfterMs: 7_200_000 };
const EXPIRES = '2030-01-01T00:00:00.000Z';
const NOW = '2026-06-03T00:00:00.000Z';

/** Whoever has a store and keys: publishes, and is told what went wrong. */
class Publisher {
  readonly store: WriteStore;
  readonly keysets: Keyset[];
  commits = 0;

  constructor(store: WriteStore, first: Keyset) {
    this.store = store;
    this.keysets = [first];
  }

  get headKey(): string {
    return `head ${this.keysets.length}`;
  }

  async publish(takeOver?: { from: Head | undefined }): Promise<PublishResult> {
    this.commits += 1;
    const { commits } = this;
    return publish(
      {
        store: this.store,
        signing: { keysets: this.keysets, signers: [testKey(this.headKey)] },
        assemble: () => numberedSnapshot(commits),
        ancestry: async (first, second) => sampleAncestry(first, second),
        now: () => new Date(NOW),
        pause: async () => {},
        ...(takeOver && { takeOver }),
      },
      { ...PLACE, commit: `c${commits}`, policyDigest: 'none', evidence: 'none' },
    );
  }

  async current(): Promise<Head> {
    const at = await this.store.getHead(PLACE.env, PLACE.channel);
    return decodeHead(at?.envelope ?? new Uint8Array());
  }

  async rotate(): Promise<void> {
    const before = this.keysets.at(-1) as Keyset;
    const version = this.keysets.length + 1;
    const next = await nextKeyset(before, [testKey('root a')], {
      expires: EXPIRES,
      newHeads: [testKey(`head ${version}`)],
      keptHeads: [],
      newRoots: [],
      droppedRoots: [],
    });
    this.keysets.push(next);
  }
}

/** Writes whatever a thief of a head key likes, over what is there; his releases name a commit of his own. */
async function steal(store: WriteStore, key: string, from: HeadPayload, more: Partial<HeadPayload>): Promise<void> {
  const at = await store.getHead(PLACE.env, PLACE.channel);
  const { envelope } = await signHead({ ...from, commit: 'stolen', ...more }, [testKey(key)]);
  expect(await store.casHead(PLACE.env, PLACE.channel, at?.token ?? null, envelope)).toBe('ok');
}

interface Reader {
  terms: Terms;
  commits: string[];
  refused: number;
}

async function refresh(reader: Reader): Promise<void> {
  try {
    await reader.terms.refresh();
  } catch (error) {
    expect(error).toMatchObject({ name: 'TermsError', code: 'untrusted' });
    reader.refused += 1;
  }
  const { commit } = reader.terms.release;
  if (reader.commits.at(-1) !== commit) reader.commits.push(commit);
}

test(`keys are replaced ${ROTATIONS} times while products read and a thief writes`, {
  timeout: 60_000 + ROTATIONS * 2_000,
}, async () => {
  const store = openFileStore(temporaryFolder());
  const first = await firstKeyset(PLACE.repo, [testKey('root a'), testKey('root b')], 1, [testKey('head 1')], EXPIRES);
  const publisher = new Publisher(store, first);
  expect(await publisher.publish()).toMatchObject({ outcome: 'published' });
  const open = async (keys: Keyset): Promise<Reader> => ({
    terms: await openTerms({
      follow: false,
      store,
      environment: PLACE.env,
      keys: keys.envelope,
      now: () => Date.parse(NOW),
    }),
    commits: [],
    refused: 0,
  });
  const readers = [await open(first), await open(first), await open(first)];
  let done = false;
  const traffic = readers.map(async (reader) => {
    while (!done) {
      await refresh(reader);
      await turn();
    }
  });

  for (let round = 1; round <= ROTATIONS; round += 1) {
    expect(await publisher.publish()).toMatchObject({ outcome: 'published' });
    const old = publisher.headKey;
    const before = await publisher.current();
    await publisher.rotate();
    expect(await publisher.publish()).toMatchObject({ outcome: 'published' });
    const good = await publisher.current();
    for (const reader of readers) await refresh(reader);
    expect(readers.map(({ terms }) => terms.release.commit)).toEqual(readers.map(() => good.payload.commit));

    // From here on the old key is worth nothing: neither in its own name, nor in that of the new keyset.
    const { keyset, epoch } = good.payload;
    for (const words of [{ n: good.payload.n + 1 }, { n: 2 ** 53 - 1 }, { n: good.payload.n + 2, epoch, keyset }]) {
      await steal(store, old, before.payload, words);
      for (const reader of readers) {
        const { refused } = reader;
        await refresh(reader);
        expect([reader.terms.release.commit, reader.refused > refused]).toEqual([good.payload.commit, true]);
      }
      await expect(open(publisher.keysets.at(-1) as Keyset)).rejects.toMatchObject({ code: 'untrusted' });
      expect(await publisher.publish({ from: good })).toMatchObject({ outcome: 'published' });
      expect((await publisher.current()).payload.epoch).toBe(epoch);
      good.hash = (await publisher.current()).hash;
      good.payload = (await publisher.current()).payload;
      for (const reader of readers) await refresh(reader);
      expect(readers.map(({ terms }) => terms.release.commit)).toEqual(readers.map(() => good.payload.commit));
    }
    readers.push(await open(publisher.keysets.at(-1) as Keyset));
    readers.shift();
  }
  done = true;
  await Promise.all(traffic);
  for (const { commits } of readers) {
    expect(commits).not.toContain('stolen');
    expect(commits).toEqual([...commits].sort((a, b) => Number(a.slice(1)) - Number(b.slice(1))));
  }
});

test('a stolen key that used up the numbers is got over: new keys, and a takeover', async () => {
  const store = openFileStore(temporaryFolder());
  const first = await firstKeyset(PLACE.repo, [testKey('root a')], 1, [testKey('head 1')], EXPIRES);
  const publisher = new Publisher(store, first);
  await publisher.publish();
  const good = await publisher.current();
  const terms = await openTerms({
    follow: false,
    store,
    environment: PLACE.env,
    keys: first.envelope,
    now: () => Date.parse(NOW),
  });
  await steal(store, 'head 1', good.payload, { n: 2 ** 53 - 1 });
  // While the key counts, nobody can tell the thief's release from one of ours.
  expect([await terms.refresh(), terms.release.commit]).toEqual([true, 'stolen']);
  expect(await publisher.publish({ from: good })).toMatchObject({ outcome: 'refused', reason: 'noNumber' });

  await publisher.rotate();
  expect(await publisher.publish({ from: good })).toMatchObject({ outcome: 'published', release: 2 });
  expect([await terms.refresh(), terms.release]).toMatchObject([true, { n: 2, commit: `c${publisher.commits}` }]);
  await steal(store, 'head 1', good.payload, { n: 2 ** 53 - 1 });
  await expect(terms.refresh()).rejects.toMatchObject({ code: 'untrusted' });
  expect(terms.release.n).toBe(2);
});
