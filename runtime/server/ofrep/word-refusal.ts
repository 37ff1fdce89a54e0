import type { Answer } from '../route.ts';
import { type Fault, faultBody, unknownFlag } from './fault.ts';

const FLAGS = '/ofrep/v1/evaluate/flags';

/**
 * A refusal that no route worded, such as that of a body that is too long: below the addresses of flags it says what clients of
 * the protocol look for, who take an error without it for a broken server. What is no path is the key of no flag.
 */
export function wordRefusal(url: string, answer: Answer): Answer {
  const { error } = (answer.json ?? {}) as { error?: { code: string; message: string } };
  const key = error && keyIn(url);
  if (!error || key === undefined) return answer;
  const isBase = url.startsWith('//');
  const isUnknown = answer.status === 404 || (key !== false && error.code === 'badPath' && !isBase);
  const details = isBase ? 'the address begins with two slashes: the base URL has none at its end' : error.message;
  const fault: Fault = isUnknown ? unknownFlag : { errorCode: 'GENERAL', details };
  return {
    ...answer,
    status: isUnknown ? 404 : answer.status,
    json: faultBody(fault, key === false ? undefined : key),
  };
}

/** The flag an address names, as it was meant or else as it was written; false where it is all flags, undefined for what is none of both. */
function keyIn(url: string): string | false | undefined {
  // Some clients write an address that ends in a slash before theirs, which begins with one.
  const path = url.split('?', 1)[0]?.replace(/^\/{2,}/, '/') ?? '';
  if (path === FLAGS) return false;
  if (!path.startsWith(`${FLAGS}/`)) return undefined;
  const written = path.slice(FLAGS.length + 1);
  try {
    return decodeURIComponent(written);
  } catch {
    return written;
  }
}
