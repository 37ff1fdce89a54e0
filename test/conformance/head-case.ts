import type { Alarm, Rejection } from '../../runtime/snapshot/accept-head.ts';
import type { Made } from './head-world.ts';

/** One case as the generator words it. */
export interface HeadCase {
  attack: string;
  name: string;
  /** Null: a reader that was told to take unsigned heads. */
  pinned: Made | null;
  /** Objects the store has under their own hashes, and what it answers instead for others. */
  objects?: readonly Made[];
  damaged?: Readonly<Record<string, Buffer>>;
  best?: { epoch: number; n: number; hash: string };
  now?: string;
  place?: { env: string; channel: string };
  reader?: number;
  envelope: Buffer;
  expect:
    | { verdict: 'accept' | 'same'; trust?: Made; alarms?: readonly Alarm[] }
    | { verdict: 'refuse'; reason: Rejection };
}
