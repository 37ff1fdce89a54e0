import { randomBytes } from 'node:crypto';
import type { WriteStore } from '../store.ts';

/** What a check of the probe is given to try a store out with. */
export interface Trial {
  /** Clients that share nothing; each talks to the store on its own. */
  clients: readonly [WriteStore, WriteStore, ...WriteStore[]];
  /** The environment that is for this probe alone, and a second one beside it. */
  env: string;
  otherEnv: string;
}

export interface Place {
  env: string;
  channel: string;
}

/** One thing a store must do. */
export interface Check {
  /** Kebab-case, stable for machines. */
  name: string;
  /** What a store that passes does, in words for people. */
  proves: string;
  /** What went wrong and what would come of it; undefined where nothing did. */
  run(trial: Trial): Promise<string | undefined>;
}

/** Bytes nobody stored before. */
export const newBytes = (size = 32): Uint8Array => randomBytes(size);

export const isSame = (a: Uint8Array | undefined, b: Uint8Array | undefined): boolean =>
  a !== undefined && b !== undefined && Buffer.compare(a, b) === 0;

export async function headsOf(client: WriteStore, { env, channel }: Place): Promise<Uint8Array[]> {
  const heads: Uint8Array[] = [];
  for await (const envelope of client.history(env, channel)) heads.push(envelope);
  return heads;
}

/** The bytes and token of the head, both null before the first. */
export async function headOf(
  client: WriteStore,
  { env, channel }: Place,
): Promise<{ envelope: Uint8Array | undefined; token: string | null }> {
  const head = await client.getHead(env, channel);
  return { envelope: head?.envelope, token: head?.token ?? null };
}

/** Whether a swap won. An answer of `unknown` is settled as a publisher does it: what was in force is in the history. */
export async function swap(
  client: WriteStore,
  place: Place,
  expected: string | null,
  envelope: Uint8Array,
): Promise<boolean> {
  const answer = await client.casHead(place.env, place.channel, expected, envelope);
  if (answer !== 'unknown') return answer === 'ok';
  return (await headsOf(client, place)).some((head) => isSame(head, envelope));
}
