import type { Account } from '../../client/terms.ts';
import { type AskedContext, readContext as readAttributes } from '../../openfeature/read-context.ts';
import { type Fault, faultOf } from './fault.ts';

/** The customer or account that the body of a request names: `{ context: { targetingKey, plan?, quantities? } }`. */
export function readContext(body: Uint8Array): Account | Fault {
  const asked = parse(body);
  if (asked === undefined) return { errorCode: 'PARSE_ERROR', details: 'the body is not JSON' };
  if (!isRecord(asked.value)) return invalid('the body is not an object with a context');
  const { context } = asked.value;
  if (!isRecord(context)) return invalid('context is not an object');
  const account = readAttributes(context);
  return 'error' in account ? faultOf(account) : account;
}

function parse(body: Uint8Array): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body)) };
  } catch {
    return undefined;
  }
}

const invalid = (details: string): Fault => ({ errorCode: 'INVALID_CONTEXT', details });

const isRecord = (value: unknown): value is AskedContext =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
