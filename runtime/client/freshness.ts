/** Where what is read came from: the store, what was kept on the disk of this machine, or what was baked into its image. */
export type Origin = 'store' | 'disk' | 'bundle';

/** How far an answer can be relied on; every property says how it is when it is asked. */
export interface Freshness {
  readonly release: number;
  /** `store` where the store has said since the start that this is the release in force. */
  readonly source: Origin;
  /** Milliseconds since whoever publishes last said that this release is in force: hourly, where `proviso refresh` runs. */
  readonly age: number;
  /** Milliseconds since the store last answered, with what is in force, whole; undefined where it has not since the start. */
  readonly lastAnswer: number | undefined;
  /**
   * `stale`: nobody has confirmed the release, which is signed, for so long that newer ones may be withheld; settings with a
   * `whenStale` value have that. `unreachable`: the store has not answered for 15 minutes.
   */
  readonly state: 'fresh' | 'unreachable' | 'stale';
  /** The machine's clock was found more than five minutes behind what signed releases and earlier readings say. */
  readonly isClockBehind: boolean;
}
