import { hash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, brotliCompressSync, constants, gzip, gzipSync } from 'node:zlib';
import type { Coding } from './choose-coding.ts';
import { linesOf } from './head-lines.ts';
import type { Answer, Route } from './route.ts';

/** The bytes of an answer, and its head without what differs each time. */
export interface Prepared {
  status: number;
  /** The lines of its head, each with its end; the age is missing where `hasAge`, else the id of the request where `hasId`. */
  head: string;
  hasAge: boolean;
  hasId: boolean;
  /** What is short as text whose every character is a byte: it is written together with the head. */
  body: Buffer | string | undefined;
  /** Of the body. */
  bytes: number;
}

/** What is sent for an answer: as it is, compressed, or that nothing has changed. Each is made when it is first asked for. */
export interface Preparing {
  /** Of the answer as it is. */
  status: number;
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
export const prepareAnswer = (answer: Answer, scope: Route['scope'] | undefined, hasAge: boolean): Preparing =>
  new AnswerOfRoute(answer, scope, hasAge);

type Head = readonly (readonly [name: string, value: string])[];

/** Many are kept, each read once in a while: of a class, they take a third of the memory and of the steps that functions do. */
class AnswerOfRoute implements Preparing, Prepared {
  // What it is as it is, without another object in between.
  readonly tag: string | undefined;
  readonly status: number;
  readonly head: string;
  readonly hasAge: boolean;
  readonly hasId: boolean;
  readonly body: Prepared['body'];
  readonly bytes: number;
  readonly #answer: Answer;
  readonly #isSecret: boolean;
  #unchanged: Prepared | undefined;
  #coded: { [Each in Coding]?: Prepared | Promise<Prepared> } | undefined;

  constructor(answer: Answer, scope: Route['scope'] | undefined, hasAge: boolean) {
    const text = textOf(answer);
    // Where every character is a byte, what is written is what is sent: it is kept once.
    const body = text === undefined || (text.length < SHORT && isBytes(text)) ? text : bytesOf(Buffer.from(text));
    this.#answer = answer;
    this.#isSecret = scope !== undefined && scope !== 'open';
    this.status = answer.status;
    this.hasAge = hasAge;
    // What went well needs no id to be found by.
    this.hasId = !hasAge && answer.status >= 400;
    this.body = body;
    this.bytes = body?.length ?? 0;
    this.tag = said(answer, 'etag') ?? (mayBeKept(answer) ? tagOf(text) : undefined);
    this.head = this.#headOf([...this.#described(), ...lengthOf(body), ...ALWAYS]);
  }

  plain(): Prepared {
    return this;
  }

  coded(coding: Coding): Prepared | Promise<Prepared> {
    const { body, bytes } = this;
    if (body === undefined || bytes < WORTH_COMPRESSING || said(this.#answer, 'content-encoding') !== undefined)
      return this;
    this.#coded ??= {};
    this.#coded[coding] ??= this.#compressed(coding, typeof body === 'string' ? Buffer.from(body, 'latin1') : body);
    return this.#coded[coding];
  }

  unchanged(): Prepared {
    // Where nothing has changed, what was said of it holds.
    this.#unchanged ??= this.#other(304, this.#cached(), undefined);
    return this.#unchanged;
  }

  #compressed(coding: Coding, whole: Buffer): Prepared | Promise<Prepared> {
    const settle = (compressed: Buffer): Prepared => {
      const sent = bytesOf(compressed);
      const head: Head = [...this.#described(), ['Content-Encoding', coding], ...lengthOf(sent), ...ALWAYS];
      return this.#other(this.status, head, sent);
    };
    if (whole.length <= LONG) return settle(compress[coding](whole));
    return compressLater[coding](whole).then((sent) => {
      const done = settle(sent);
      this.#coded = { ...this.#coded, [coding]: done };
      return done;
    });
  }

  #described(): Head {
    const type = isJson(this.#answer) ? JSON_TYPE : this.#answer.text === undefined ? undefined : TEXT_TYPE;
    return [...(type === undefined ? [] : [['Content-Type', type] as const]), ...this.#cached()];
  }

  /** What is said of an answer for those that keep it. */
  #cached(): Head {
    return [
      ['Cache-Control', this.#isSecret && this.#answer.status === 200 ? 'private, no-cache' : 'no-store'],
      ['Vary', this.#isSecret ? 'Accept-Encoding, Authorization, X-API-Key' : 'Accept-Encoding'],
      ...(this.tag === undefined ? [] : [['ETag', this.tag] as const]),
    ];
  }

  #other(status: number, given: Head, body: Prepared['body']): Prepared {
    const { hasAge, hasId } = this;
    return { status, head: this.#headOf(given), hasAge, hasId, body, bytes: body?.length ?? 0 };
  }

  /** The headers of the answer itself go before those that are given. */
  #headOf(given: Head): string {
    const unsaid = given.filter(([name]) => said(this.#answer, name.toLowerCase()) === undefined);
    return linesOf([...unsaid, ...Object.entries(this.#answer.headers ?? {})].flat());
  }
}

const isJson = ({ json }: Answer): boolean => json !== undefined;

/** Whether whoever asked may keep an answer and ask again whether it is as it was. */
const mayBeKept = (answer: Answer): boolean =>
  isJson(answer) && answer.status === 200 && !said(answer, 'cache-control')?.includes('no-store');

function textOf({ json, text, stream, status }: Answer): string | undefined {
  if (stream || status === 204 || status === 304) return undefined;
  return json === undefined ? (text ?? '') : JSON.stringify(json);
}

/** Whether every character of a text is one byte of UTF-8. */
const isBytes = (text: string): boolean => Buffer.byteLength(text) === text.length;

/** A header of the answer itself; `name` in lower case. */
function said({ headers = {} }: Answer, name: string): string | undefined {
  for (const key in headers) if (key.toLowerCase() === name) return headers[key];
  return undefined;
}

/** What is short without the bytes it lies among, which would be kept with it. */
const bytesOf = (bytes: Buffer): Prepared['body'] => (bytes.length < SHORT ? bytes.toString('latin1') : bytes);

const lengthOf = (body: Prepared['body']): Head =>
  body === undefined ? [] : [['Content-Length', String(body.length)]];

/** Weak: the same content is tagged alike however it is compressed. */
const tagOf = (text: string | undefined): string | undefined =>
  text === undefined ? undefined : `W/"${hash('sha256', text, 'base64url').slice(0, 27)}"`;
