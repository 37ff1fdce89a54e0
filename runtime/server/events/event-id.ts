/** Where a reader of a stream was: in which process, after which event, and with which values. */
export interface EventId {
  release: number;
  sequence: number;
  /** The process that counted. */
  origin: string;
  /** What the reader had then; this can be compared in any process. */
  digest: string;
}

const form = /^(\d{1,15})\.(\d{1,15})\.([\w-]{1,32})\.([\w-]{1,64})$/;

export const writeEventId = ({ release, sequence, origin, digest }: EventId): string =>
  `${release}.${sequence}.${origin}.${digest}`;

/** Undefined for what is no id of any process. */
export function readEventId(text: string): EventId | undefined {
  const [, release, sequence, origin = '', digest = ''] = form.exec(text) ?? [];
  return release === undefined ? undefined : { release: Number(release), sequence: Number(sequence), origin, digest };
}
