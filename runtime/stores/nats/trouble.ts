import { StoreError, type StoreTrouble } from '../store.ts';

/** An operation took longer than it may. */
export class TooLate extends Error {
  override readonly name = 'TooLate';
}

/** What JetStream answered instead of doing what it was asked: it changed nothing. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

/** Numbers of JetStream's answers that decide something. */
export const codes = {
  streamNotFound: 10_059,
  streamNameInUse: 10_058,
  wrongLastSequence: 10_071,
  wrongLastSequenceUnknown: 10_164,
  notEnabledForAccount: 10_039,
  notEnabled: 10_076,
} as const;

/** What is over soon: a cluster elects a leader, a server starts. */
const passing = [10_005, 10_008, 10_009, 10_074];

const lost = new Set([
  'ClosedConnectionError',
  'DrainingConnectionError',
  'ConnectionError',
  'ProtocolError',
  'TimeoutError',
  'AbortError',
]);

function* causesOf(error: unknown): Generator<Error> {
  for (let each = error; each instanceof Error; each = each.cause) yield each;
}

const someCause = (error: unknown, test: (each: Error) => boolean): boolean => [...causesOf(error)].some(test);

/** What the server answered, where it answered. */
export function refusalOf(error: unknown): Refusal | undefined {
  for (const each of causesOf(error)) {
    if (each instanceof Refusal) return each;
    const { code } = each as { code?: unknown };
    if (/^JetStream(Api|Status)Error$|NotFoundError$/.test(each.name) && typeof code === 'number')
      return new Refusal(code, each.message);
  }
  return undefined;
}

/** Nobody is there who answers: JetStream is off, the bucket is not there, or a cluster has no leader yet. */
export const isUnanswered = (error: unknown): boolean =>
  someCause(error, ({ name }) => name === 'NoResponders' || name === 'NoRespondersError') ||
  (refusalOf(error) === undefined && someCause(error, ({ name }) => name === 'JetStreamNotEnabled'));

export const isPassing = (error: unknown): boolean => passing.includes(refusalOf(error)?.code ?? 0);

export const isDenied = (error: unknown): boolean =>
  someCause(error, ({ name }) => /^(AuthorizationError|UserAuthenticationExpiredError)$/.test(name));

export const isForbidden = (error: unknown): boolean =>
  someCause(error, ({ name }) => name === 'PermissionViolationError');

/** The server was asked to encrypt and does not. */
const isPlain = (error: unknown): boolean =>
  someCause(error, ({ message }) => /does not support 'tls'|tls is not available/i.test(message));

/** The connection is gone, or could not be made. */
export const isBroken = (error: unknown): boolean =>
  !isDenied(error) &&
  !isPlain(error) &&
  (/^E[A-Z]+$/.test(codeOf(error)) ||
    someCause(error, ({ name, message }) => lost.has(name) || /^connection (closed|disconnected)/.test(message)));

function codeOf(error: unknown): string {
  for (const each of causesOf(error)) {
    const { code } = each as { code?: unknown };
    if (typeof code === 'string') return code;
  }
  return '';
}

const failures: Readonly<Record<string, [StoreTrouble, string]>> = {
  ECONNREFUSED: ['unavailable', 'nothing listens there; start it, or check host and port of the URL'],
  ENOTFOUND: ['unavailable', 'there is no such host; check the URL'],
  EAI_AGAIN: ['unavailable', 'the name of the host cannot be looked up at the moment; try again'],
  EHOSTUNREACH: ['unavailable', 'there is no way to this host; check the network'],
  ENETUNREACH: ['unavailable', 'there is no way to this host; check the network'],
};

/** Whether it makes sense to try once more, before anything was ever answered. */
export const isHopeless = (error: unknown): boolean => Object.hasOwn(failures, codeOf(error));

/** The StoreError of what went wrong with the server at `shown`; it repeats nothing the URL said. */
export function storeErrorOf(shown: string, error: unknown): StoreError {
  if (error instanceof StoreError) return error;
  const [trouble, what] = wordsOf(error);
  return new StoreError(trouble, `the store on ${shown} cannot be used: ${what}`);
}

const off =
  'JetStream is not enabled there; start nats-server with -js or a jetstream block, and enable it for this account';

function wordsOf(error: unknown): [StoreTrouble, string] {
  const refusal = refusalOf(error);
  if (refusal) return wordsOfRefusal(refusal);
  if (isDenied(error))
    return [
      'denied',
      'it does not know this user, password, token or credentials; check the URL and its configuration',
    ];
  if (isForbidden(error))
    return ['denied', 'this user may not do that; compare its permissions with those Proviso needs'];
  if (isUnanswered(error))
    return ['unavailable', 'JetStream does not answer; where it is a cluster, wait until it has a leader'];
  if (error instanceof TooLate)
    return ['unavailable', 'it did not answer in time; check that it runs and is not overloaded'];
  const code = codeOf(error);
  if (Object.hasOwn(failures, code)) return failures[code] as [StoreTrouble, string];
  if (/CERT|SELF_SIGNED|UNABLE_TO_/.test(code))
    return ['unsuitable', `its certificate is not trusted (${code}); name the file of its authority with ca=`];
  if (isPlain(error))
    return ['unsuitable', 'it does not encrypt; leave tls=true out of the URL or use a port that does'];
  if (someCause(error, ({ name }) => name === 'TimeoutError' || name === 'AbortError'))
    return ['unavailable', 'it did not answer in time; check that it runs and is not overloaded'];
  return ['unavailable', 'the connection was lost; try again'];
}

function wordsOfRefusal({ code, message }: Refusal): [StoreTrouble, string] {
  if (code === codes.streamNotFound) return ['unsuitable', 'its buckets are not there yet; run `proviso store init`'];
  if (code === codes.notEnabled || code === codes.notEnabledForAccount) return ['unsuitable', off];
  if (/message size exceeds/.test(message))
    return ['unsuitable', 'it takes no message of this size; set max_msg_size of the bucket to -1'];
  if (/exceeded|insufficient|no space|resource limits/.test(message))
    return [
      'full',
      'it has no room left; raise max_file_store or max_bytes of the bucket, or run gc, and publish again: the release in force is untouched',
    ];
  return ['unavailable', `it answered ${code}; look at its log`];
}

/** JetStream is off for this server or account. */
export const notEnabled = (): Refusal => new Refusal(codes.notEnabled, 'jetstream is not enabled');
