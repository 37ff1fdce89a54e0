/** The names of what a store keeps in NATS: key-value buckets, each a stream of JetStream. */
export interface Buckets {
  /** One message an object; writing one again makes it young. */
  objects: Bucket;
  /** Every head, for ever: nothing can be removed. */
  heads: Bucket;
  /** Heads of environments for trying out, which can. */
  scratch: Bucket;
  /** What clients report, for a time. */
  clients: Bucket;
  /** Where the server tells, without being asked, that a head moved. */
  hints(env: string, channel: string): string;
  everyHint: string;
}

export interface Bucket {
  name: string;
  stream: string;
  /** The subject of a key. */
  subject(key: string): string;
  /** The key of a subject. */
  keyOf(subject: string): string;
}

/** A key of the objects' bucket that is written to learn the server's time. */
export const clockKey = 'clock';

export function bucketsOf(prefix: string): Buckets {
  const moved = `${prefix}.moved`;
  return {
    objects: bucketOf(`${prefix}-objects`),
    heads: bucketOf(`${prefix}-heads`),
    scratch: bucketOf(`${prefix}-scratch`),
    clients: bucketOf(`${prefix}-clients`),
    hints: (env, channel) => `${moved}.${env}.${channel}`,
    everyHint: `${moved}.>`,
  };
}

function bucketOf(name: string): Bucket {
  const start = `$KV.${name}.`;
  return {
    name,
    stream: `KV_${name}`,
    subject: (key) => `${start}${key}`,
    keyOf: (subject) => subject.slice(start.length),
  };
}
