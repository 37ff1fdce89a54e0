import { isAscii } from 'node:buffer';
import type { Account } from '../../client/terms.ts';
import { type AskedContext, readContext as readAttributes } from '../../openfeature/read-context.ts';
import { type Fault, faultOf, isFault } from './fault.ts';

/** A longer body is read each time. */
const SHORT = 256;
/** So many bodies are kept until those nobody sent meanwhile are forgotten. */
const MOST = 10_000;

let recent = new Map<string, Account>();
let before = new Map<string, Account>();

/** The customer or account that the body of a request names: `{ context: { targetingKey, plan?, quantities? } }`. */
export function readContext(body: Uint8Array): Account | Fault {
  const text = textOf(body);
  if (text === undefined) return notJson;
  // Clients ask of the same customers again and again, in the same words.
  const known = recent.get(text);
  if (known) return known;
  const asked = before.get(text) ?? readText(text);
  if (text.length > SHORT || isFault(asked)) return asked;
  if (recent.size >= MOST) [before, recent] = [recent, new Map()];
  recent.set(text, asked);
  return asked;
}

function readText(text: string): Account | Fault {
  let asked: unknown;
  try {
    asked = JSON.parse(text);
  } catch {
    return notJson;
  }
  if (!isRecord(asked)) return invalid('the body is not an object with a context');
  const { context } = asked;
  if (!isRecord(context)) return invalid('context is not an object');
  const account = readAttributes(context);
  return 'error' in account ? faultOf(account) : account;
}

/** Undefined for what is no UTF-8. */
function textOf(body: Uint8Array): string | undefined {
  if (isAscii(body)) return Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('latin1');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    return undefined;
  }
}

const notJson: Fault = { errorCode: 'PARSE_ERROR', details: 'the body is not JSON' };

const invalid = (details: string): Fault => ({ errorCode: 'INVALID_CONTEXT', details });

const isRecord = (value: unknown): value is AskedContext =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
