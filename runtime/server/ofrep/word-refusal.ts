import type { Answer } from '../route.ts';
import { faultBody } from './fault.ts';

const FLAGS = '/ofrep/v1/evaluate/flags';

/**
 * A refusal that no route worded, such as that of a body that is too long: below the addresses of flags it also says what
 * clients of the protocol look for, who take an error without it for a broken server.
 */
export function wordRefusal(url: string, { json, ...answer }: Answer): Answer {
  const { error } = (json ?? {}) as { error?: { message: string } };
  const key = error && keyIn(url);
  if (!error || key === undefined) return { ...answer, json };
  const errorCode = answer.status === 404 ? 'FLAG_NOT_FOUND' : 'GENERAL';
  const fault = faultBody({ errorCode, details: error.message }, key === false ? undefined : key);
  return { ...answer, json: { ...fault, error } };
}

/** The flag an address names, as it was meant or else as it was written; false where it is all flags, undefined for what is none of both. */
function keyIn(url: string): string | false | undefined {
  const [path = ''] = url.split('?', 1);
  if (path === FLAGS) return false;
  if (!path.startsWith(`${FLAGS}/`)) return undefined;
  const written = path.slice(FLAGS.length + 1);
  try {
    return decodeURIComponent(written);
  } catch {
    return written;
  }
}
