import { StoreError, type StoreTrouble } from '../store.ts';

/** How a request failed. `isUndone`: the server did not carry it out, so that nothing has changed. */
export interface Failed {
  status: number | undefined;
  /** The server's or the system's word for it: `SlowDown`, `ECONNREFUSED`. */
  code: string;
  isUndone: boolean;
}

const troubles: Readonly<Record<string, [StoreTrouble, string]>> = {
  NoSuchBucket: ['unsuitable', 'there is no such bucket; `proviso store init` makes it'],
  NotImplemented: ['unsuitable', 'this server cannot do what a store needs'],
  PermanentRedirect: ['unsuitable', 'the bucket is in another region; name it in the URL, ?region=…'],
  AuthorizationHeaderMalformed: ['unsuitable', 'the bucket is in another region; name it in the URL, ?region=…'],
  QuotaExceeded: ['full', 'there is no room left; the release in force is untouched'],
  InsufficientStorage: ['full', 'there is no room left; the release in force is untouched'],
  CredentialsProviderError: [
    'denied',
    'no credentials were found; give them as to the AWS tools: environment, profile, or the role of the machine or job',
  ],
};

const denied =
  'the credentials are not accepted, or do not permit it; reading needs s3:GetObject and s3:ListBucket, publishing also s3:PutObject and s3:DeleteObject';

const neverSent = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'CredentialsProviderError']);
/** The server says that it did nothing: too busy, or two wrote one key at once. */
const undoneStatus = new Set([409, 429, 503]);

/** What a client's error says, without the words of the server: those may repeat what was signed. */
export function readFailure(error: unknown): Failed {
  const { name, code, $metadata, message } = (error ?? {}) as {
    name?: string;
    code?: string;
    message?: string;
    $metadata?: { httpStatusCode?: number };
  };
  const status = $metadata?.httpStatusCode;
  if (message === 'Region is missing') return { status, code: 'no region', isUndone: true };
  const word = status === undefined ? (code ?? name) : name;
  const isUndone = status === undefined ? neverSent.has(word ?? '') : status < 500 || undoneStatus.has(status);
  return { status, code: /^\w{2,60}$/.test(word ?? '') ? String(word) : 'an error', isUndone };
}

/** The error of a request in plain words, without a secret. */
export function storeErrorOf(error: unknown, bucket: string): StoreError {
  if (error instanceof StoreError) return error;
  const { status, code } = readFailure(error);
  const [trouble, what] = wordsFor(status, code);
  const answered = status === undefined ? code : `${code}, status ${status}`;
  return new StoreError(trouble, `the bucket ${bucket} cannot be used: ${what} (${answered})`);
}

function wordsFor(status: number | undefined, code: string): [StoreTrouble, string] {
  if (code === 'no region') return ['unsuitable', 'its region is not known; name it in the URL, ?region=eu-west-1'];
  if (Object.hasOwn(troubles, code)) return troubles[code] as [StoreTrouble, string];
  if (status === 401 || status === 403) return ['denied', denied];
  if (status === 301) return troubles.PermanentRedirect as [StoreTrouble, string];
  if (status === 501) return troubles.NotImplemented as [StoreTrouble, string];
  if (status === 507) return troubles.InsufficientStorage as [StoreTrouble, string];
  if (code === 'AbortError' || code === 'TimeoutError') return ['unavailable', 'it does not answer in time'];
  return ['unavailable', status === undefined ? 'it cannot be reached' : 'it does not work at the moment'];
}
