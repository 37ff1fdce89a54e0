import { StoreError, type StoreTrouble } from '../store.ts';

/** Connecting, or an operation with all it needs, took longer than it may. */
export class TooLate extends Error {
  override readonly name = 'TooLate';
  readonly at: 'connecting' | 'answering';

  constructor(at: TooLate['at']) {
    super(at);
    this.at = at;
  }
}

/** What the server answered instead of carrying a command out: it changed nothing. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}

/** What Redis answers a command it did not carry out, by the first word. */
const answers: Readonly<Record<string, [StoreTrouble, string]>> = {
  NOAUTH: ['denied', 'it asks for a user and password; write them in the URL, redis://user:password@host'],
  WRONGPASS: ['denied', 'it does not know this user or password; check the URL and ACL LIST of the server'],
  NOPERM: ['denied', 'this user may not do that; compare its rules (ACL LIST) with those Proviso needs'],
  READONLY: ['denied', 'it is a replica and takes no writes; point the URL at the primary'],
  OOM: [
    'full',
    'its memory is used up; raise maxmemory or run gc and publish again, the release in force is untouched',
  ],
  MISCONF: ['unavailable', 'it cannot save to its own disk; look at its log and make room, then publish again'],
  NOREPLICAS: ['unavailable', 'too few of its replicas keep up (min-replicas-to-write); bring them back'],
  LOADING: ['unavailable', 'it is still loading its data; wait until it is ready'],
  MASTERDOWN: [
    'unavailable',
    'it is a replica that lost its primary; wait for the failover or point the URL at the primary',
  ],
  CLUSTERDOWN: ['unavailable', 'the cluster is not complete; look at CLUSTER INFO'],
  TRYAGAIN: ['unavailable', 'the cluster is moving keys; try again'],
  BUSY: ['unavailable', 'it is busy with a script that does not end; SCRIPT KILL ends it'],
  WRONGTYPE: [
    'damaged',
    'a key of Proviso holds something else; another program writes there: use a prefix of its own',
  ],
  MOVED: ['unsuitable', 'it is part of a Redis Cluster; write ?cluster=true in the URL'],
  ASK: ['unsuitable', 'it is part of a Redis Cluster; write ?cluster=true in the URL'],
  CROSSSLOT: ['unsuitable', 'it is part of a Redis Cluster; write ?cluster=true in the URL'],
};

/** Answers that begin with ERR, by what they hold. */
const others: readonly [RegExp, StoreTrouble, string][] = [
  [/cluster support disabled/, 'unsuitable', 'it is not a Redis Cluster; leave cluster=true out of the URL'],
  [/max number of clients/, 'unavailable', 'it has all the connections it takes; raise maxclients or end some'],
  [/without any password|no password is set/i, 'denied', 'it has no password for this user; leave it out of the URL'],
  [/DB index|invalid DB/i, 'unsuitable', 'it has no database of that number; change the end of the URL'],
  [
    /unknown command/i,
    'unsuitable',
    'it does not know a command Proviso needs; Redis 6 or newer is needed, with no command renamed',
  ],
];

const lateWords: Readonly<Record<TooLate['at'], string>> = {
  connecting: 'no connection came about in time; check host, port and network, and whether it is redis:// or rediss://',
  answering: 'it did not answer in time; check that it runs and is not overloaded',
};

const refused = 'nothing listens there; start it, or check host and port of the URL';
const lost = 'the connection was lost; try again';

const failures: Readonly<Record<string, [StoreTrouble, string]>> = {
  ECONNREFUSED: ['unavailable', refused],
  ENOTFOUND: ['unavailable', 'there is no such host; check the URL'],
  EAI_AGAIN: ['unavailable', 'the name of the host cannot be looked up at the moment; try again'],
  EHOSTUNREACH: ['unavailable', 'there is no way to this host; check the network'],
  ENETUNREACH: ['unavailable', 'there is no way to this host; check the network'],
  ERR_SSL_WRONG_VERSION_NUMBER: ['unsuitable', 'it does not encrypt; write redis:// or the port that does'],
  ERR_SSL_PACKET_LENGTH_TOO_LONG: ['unsuitable', 'it does not encrypt; write redis:// or the port that does'],
};

/** The StoreError of what went wrong with the server at `shown`; it repeats nothing the server or the URL said. */
export function storeErrorOf(shown: string, error: unknown): StoreError {
  if (error instanceof StoreError) return error;
  const [trouble, what] = wordsOf(error);
  return new StoreError(trouble, `the store on ${shown} cannot be used: ${what}`);
}

function wordsOf(error: unknown): [StoreTrouble, string] {
  if (error instanceof Refusal) {
    // Before Redis 7 what a script ran into stands behind where it stood.
    const word = / -([A-Z]{3,}) /.exec(error.message)?.[1] ?? /^[A-Z]+/.exec(error.message)?.[0] ?? '';
    const known = Object.hasOwn(answers, word) ? answers[word] : undefined;
    if (known) return known;
    const other = others.find(([pattern]) => pattern.test(error.message));
    return other ? [other[1], other[2]] : ['unavailable', `it answered ${word}; look at its log`];
  }
  if (error instanceof TooLate) return ['unavailable', lateWords[error.at]];
  const code = (error as NodeJS.ErrnoException | undefined)?.code ?? '';
  if (Object.hasOwn(failures, code)) return failures[code] as [StoreTrouble, string];
  if (/CERT|SELF_SIGNED|UNABLE_TO_/.test(code))
    return ['unsuitable', `its certificate is not trusted (${code}); name the file of its authority with ca=`];
  return ['unavailable', lost];
}
