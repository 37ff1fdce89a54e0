import type { Head } from '../../runtime/snapshot/head.ts';
import { decodeHead, type HeadPayload, signHead } from '../../runtime/snapshot/head.ts';
import type { WriteStore } from '../../runtime/stores/store.ts';
import { historyOf } from './history.ts';
import { oursIn } from './ours-in.ts';
import { type Refused, refuse } from './outcome.ts';
import type { Place } from './place.ts';
import { readBack } from './read-back.ts';
import { readStanding, type Standing, type StandingTools } from './read-standing.ts';
import type { Signing } from './signing.ts';
import type { Witness } from './witness.ts';

/** Where a release goes, and what every head that goes there says. */
export interface Target extends Place {
  /** Readers call a release stale when no newer head came for this long. */
  staleAfterMs: number;
  /** The folder of the repository the terms lie in; absent at its top. */
  folder?: string;
}

export interface SwapTools extends StandingTools {
  store: WriteStore;
  witness?: Witness;
  /** Opens a connection of its own, over which what was put in force is read back. */
  reopen?(): Promise<WriteStore>;
  now(): Date;
  /** Waits a random time up to this many milliseconds, so that publishers who collided do not collide again. */
  pause(maxMs: number): Promise<void>;
}

/**
 * What is for the caller to say about a next head; the rest follows from the target and the head before. A `folder` given
 * here, also as undefined, stands before that of the target: what was published from elsewhere stays from there.
 */
export type NextHead = Pick<
  HeadPayload,
  | 'kind'
  | 'root'
  | 'count'
  | 'commit'
  | 'policyDigest'
  | 'compiler'
  | 'evidence'
  | 'schema'
  | 'releaseHold'
  | 'canary'
  | 'folder'
>;

export interface Swapped {
  outcome: 'swapped';
  head: Head;
}

/** Others were faster every time; nothing of ours became visible. Trying again is right. */
export interface Lost {
  outcome: 'lost';
  tries: number;
}

const maxTries = 8;

/**
 * What a publisher found in the store is kept from being swept for a week; long before, it must be done or begin anew.
 * Milliseconds.
 */
export const publishWithin = 60 * 60 * 1000;

/**
 * Moves the head: reads it, asks `decide` for the next one or for a reason to stop, signs, and swaps. `news` is what readers
 * of the head before will look at, which the store may pass on. Repeats on a lost
 * race; an answer that was lost on the way is settled by reading, never by guessing.
 */
export async function swapHead<Stop>(
  tools: SwapTools,
  target: Target,
  decide: (standing: Standing) => Promise<{ next: NextHead; news?: readonly string[] } | { stop: Stop }>,
): Promise<Swapped | Stop | Refused | Lost> {
  const { store, signing, now, pause } = tools;
  const { env, channel } = target;
  const started = now().getTime();
  for (let tries = 1; tries <= maxTries; tries += 1) {
    const standing = await readStanding(tools, target);
    if ('outcome' in standing) return standing;
    const decision = await decide(standing);
    if ('stop' in decision) return decision.stop;
    const payload = fillIn(decision.next, standing, target, signing, now());
    if ('outcome' in payload) return payload;
    if (signing) await putKeysets(store, signing, standing);
    if (now().getTime() - started > publishWithin) return tooLate;
    const next = await signHead(payload, signing?.signers ?? []);
    const swap = await store.casHead(env, channel, standing.token, next.envelope, decision.news);
    if (swap === 'ok' || (swap === 'unknown' && (await isInForceOrWas(store, env, channel, next.hash)))) {
      const head = decodeHead(next.envelope);
      const forgotten = await (signing && tools.witness)?.remember(
        next.envelope,
        head,
        oursIn(target, signing).isOurs ?? (() => true),
      );
      if (forgotten !== undefined)
        tools.warn?.(`release ${payload.n} is in force, and the witness in git does not know: ${forgotten}`);
      if (tools.reopen) await readBack({ ...tools, reopen: tools.reopen }, target, head);
      return { outcome: 'swapped', head };
    }
    await pause(Math.min(1000, 10 * 2 ** tries));
  }
  return { outcome: 'lost', tries: maxTries };
}

const tooLate: Refused = refuse(
  'tooLate',
  'this took longer than an hour, and what it relied on at its beginning may be gone',
  'run it again: what was written stays, so that there is less to do',
);

/** Why a head cannot be signed, where it has to be: known before anything is written. */
export function withoutKey(signing: Signing | undefined): Refused | undefined {
  if (!signing || (signing.keysets.length > 0 && signing.signers.length > 0)) return undefined;
  return refuse(
    'noKey',
    'this environment takes signed releases, and there is no key to sign with',
    signing.keysets.length > 0
      ? 'give a head key of the newest keyset in PROVISO_HEAD_KEY, or the path of its file in PROVISO_HEAD_KEY_FILE'
      : 'make keys with `proviso keys init`',
  );
}

/** Numbers beyond this were not reached by counting; a release a second takes 34,000 years to. */
const MOST = 2 ** 40;

function fillIn(
  next: NextHead,
  { current, before }: Standing,
  { staleAfterMs, ...place }: Target,
  signing: Signing | undefined,
  now: Date,
): HeadPayload | Refused {
  const unable = withoutKey(signing);
  if (unable) return unable;
  const keyset = signing?.keysets.at(-1);
  const epoch = keyset?.payload.version ?? 0;
  // A new epoch outranks every number of the one before: whoever had its keys may have used up the numbers.
  const taken = [current?.payload, before].flatMap((head) =>
    head && (head.epoch === epoch || head.n < MOST) ? head.n : [],
  );
  const n = Math.max(0, ...taken) + 1;
  if (n >= MOST)
    return refuse(
      'noNumber',
      `release ${n - 1} leaves no number for the next one: nobody counted that far`,
      'its key was used by somebody else: replace the keys with `proviso keys rotate`, and go on with `proviso takeover`',
    );
  return {
    v: 1,
    ...place,
    epoch,
    ...(keyset && { keyset: keyset.hash }),
    n,
    prev: before?.hash ?? null,
    ...next,
    issuedAt: now.toISOString(),
    staleAfter: new Date(now.getTime() + staleAfterMs).toISOString(),
  };
}

/** A head may only be seen once the keysets that lead to its own can be read. */
async function putKeysets(store: WriteStore, { keysets }: Signing, { stored }: Standing): Promise<void> {
  const known = stored?.payload.epoch ?? 0;
  const later = keysets.filter(({ payload }) => payload.version > known);
  if (later.length > 0) await store.putAll(new Map(keysets.map(({ hash, envelope }) => [hash, envelope])));
}

async function isInForceOrWas(store: WriteStore, env: string, channel: string, hash: string): Promise<boolean> {
  for await (const head of historyOf(store, { env, channel, isOurs: () => true })) if (head.hash === hash) return true;
  return false;
}
