import { isAscii } from 'node:buffer';
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, brotliCompressSync, constants, gzip, gzipSync } from 'node:zlib';
import type { Coding } from './choose-coding.ts';
import type { Answer, Route } from './route.ts';

/** The bytes of an answer, and its head with room for what differs each time. */
export interface Prepared {
  status: number;
  /** Names and values in turn; the first value is the age where `hasAge`, else the id of the request where `hasId`. */
  head: string[];
  hasAge: boolean;
  hasId: boolean;
  /** As text where every character is a byte: what is short is then written together with the head. */
  body: Buffer | string | undefined;
  /** Of the body. */
  bytes: number;
  tag: string | undefined;
}

/** What is sent for an answer: as it is, compressed, or that nothing has changed. Each is made when it is first asked for. */
export interface Preparing {
  tag: string | undefined;
  plain(): Prepared;
  /** Later where compressing takes so long that others would wait for it. */
  coded(coding: Coding): Prepared | Promise<Prepared>;
  unchanged(): Prepared;
}

/** Below this, compressing takes longer than sending. */
const WORTH_COMPRESSING = 1_000;

const JSON_TYPE = 'application/json';
const TEXT_TYPE = 'text/plain; charset=utf-8';
/** Above this, copying costs more than writing twice. */
const SHORT = 16_384;

/** Above this, compressing takes a millisecond or more of this thread: it is left to another one. */
const LONG = 32_768;

const gzipLevel = { level: 6 };
const brotliLevel = ({ length }: Buffer) => ({
  params: { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_SIZE_HINT]: length },
});

/** How dear the two are is decided by their middle levels; the bytes are a few kB and often sent many times. */
const compress: Readonly<Record<Coding, (body: Buffer) => Buffer>> = {
  gzip: (body) => gzipSync(body, gzipLevel),
  br: (body) => brotliCompressSync(body, brotliLevel(body)),
};

const [gzipLater, brotliLater] = [promisify(gzip), promisify(brotliCompress)];
const compressLater: Readonly<Record<Coding, (body: Buffer) => Promise<Buffer>>> = {
  gzip: (body) => gzipLater(body, gzipLevel),
  br: (body) => brotliLater(body, brotliLevel(body)),
};

/** On every answer: nobody takes it for a page, and nobody runs or frames it. */
const ALWAYS: readonly (readonly [string, string])[] = [
  ['X-Content-Type-Options', 'nosniff'],
  ['Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'"],
];

/** Makes what is sent for an answer of a route; `hasAge`: it says how old what it was read from is. */
export function prepareAnswer(answer: Answer, scope: Route['scope'] | undefined, hasAge: boolean): Preparing {
  const body = bodyOf(answer);
  const own = new Map(Object.entries(answer.headers ?? {}).map(([name, value]) => [name.toLowerCase(), [name, value]]));
  const isJson = answer.json !== undefined || answer.writtenJson !== undefined;
  const tag = own.get('etag')?.[1] ?? (isJson && answer.status === 200 ? tagOf(body) : undefined);
  const type = isJson ? JSON_TYPE : answer.text !== undefined ? TEXT_TYPE : undefined;
  // What went well needs no id to be found by.
  const hasId = !hasAge && answer.status >= 400;
  const isSecret = scope !== undefined && scope !== 'open';
  const isCompressible = body !== undefined && body.length >= WORTH_COMPRESSING && !own.has('content-encoding');

  const headOf = (sent?: Buffer, coding?: Coding, isUnchanged = false): string[] => {
    const defaults: [string, string][] = [
      ...(type === undefined || isUnchanged ? [] : [['Content-Type', type] as [string, string]]),
      ['Cache-Control', isSecret && answer.status === 200 ? 'private, no-cache' : 'no-store'],
      ['Vary', isSecret ? 'Accept-Encoding, Authorization, X-API-Key' : 'Accept-Encoding'],
      ...(tag === undefined ? [] : [['ETag', tag] as [string, string]]),
      ...(coding ? [['Content-Encoding', coding] as [string, string]] : []),
      ...(sent ? [['Content-Length', String(sent.length)] as [string, string]] : []),
    ];
    const head = hasAge ? ['Proviso-Age', ''] : hasId ? ['X-Request-Id', ''] : [];
    // Where nothing has changed, what was said of it holds.
    for (const [name, value] of isUnchanged ? defaults : [...defaults, ...ALWAYS])
      if (!own.has(name.toLowerCase())) head.push(name, value);
    for (const [name = '', value = ''] of own.values()) head.push(name, value);
    return head;
  };
  const { status } = answer;
  const prepared = (head: string[], sent: Buffer | undefined): Prepared => ({
    status,
    head,
    hasAge,
    hasId,
    body: sent && sent.length < SHORT && isAscii(sent) ? sent.toString('latin1') : sent,
    bytes: sent?.length ?? 0,
    tag,
  });
  let asIs: Prepared | undefined;
  const plain = (): Prepared => {
    asIs ??= prepared(headOf(body), body);
    return asIs;
  };
  let notModified: Prepared | undefined;
  const made: { [Each in Coding]?: Prepared | Promise<Prepared> } = {};
  const begin = (coding: Coding, whole: Buffer): Prepared | Promise<Prepared> => {
    const settle = (sent: Buffer): Prepared => prepared(headOf(sent, coding), sent);
    if (whole.length <= LONG) return settle(compress[coding](whole));
    return compressLater[coding](whole).then((sent) => {
      const done = settle(sent);
      made[coding] = done;
      return done;
    });
  };
  return {
    tag,
    plain,
    coded(coding) {
      if (!isCompressible) return plain();
      made[coding] ??= begin(coding, body);
      return made[coding];
    },
    unchanged() {
      notModified ??= { ...prepared(headOf(undefined, undefined, true), undefined), status: 304 };
      return notModified;
    },
  };
}

function bodyOf({ json, writtenJson, text, stream, status }: Answer): Buffer | undefined {
  if (stream || status === 204 || status === 304) return undefined;
  return Buffer.from(writtenJson ?? (json === undefined ? (text ?? '') : JSON.stringify(json)));
}

/** Weak: the same content is tagged alike however it is compressed. */
const tagOf = (body: Buffer | undefined): string | undefined =>
  body && `W/"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`;
