/** How much one client may take of the server. Times are in milliseconds, sizes in bytes. */
export interface Limits {
  /** To send the head of a request. */
  headers: number;
  /** To send a whole request. */
  request: number;
  /** To work out an answer; streams only to begin. */
  answer: number;
  /** A client that takes nothing of what it is sent, for so long, or twice as long, is gone. */
  stalled: number;
  /** A connection without a request; more than load balancers wait, so that it is they who close it. */
  idle: number;
  body: number;
  url: number;
  headerBytes: number;
  headerCount: number;
  connections: number;
  /** Open streams of one token; of everybody together where there are no tokens. */
  streams: number;
  /** What is under way when the server stops may take so long. */
  stop: number;
}

export const defaultLimits: Readonly<Limits> = {
  headers: 10_000,
  request: 30_000,
  answer: 30_000,
  stalled: 60_000,
  idle: 65_000,
  body: 1_000_000,
  url: 4_096,
  headerBytes: 16_384,
  headerCount: 100,
  connections: 10_000,
  streams: 5_000,
  stop: 10_000,
};
