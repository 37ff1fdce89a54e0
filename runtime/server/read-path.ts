/** The parts of a path, decoded, and the query as it was sent, without its question mark. */
export interface AskedPath {
  parts: readonly string[];
  query: string;
}

const SLASH = 0x2f;
const BACKSLASH = 0x5c;
const PERCENT = 0x25;
const HASH = 0x23;
const QUESTION = 0x3f;

/**
 * Reads what a request asks for. A path that two programs could take for two things (empty or dotted parts, encoded slashes,
 * control characters, what is no UTF-8) is none: whoever stands before this server may have judged the other one.
 */
export function readPath(target: string): AskedPath | undefined {
  const url = target.charCodeAt(0) === SLASH ? target : withoutOrigin(target);
  if (url === undefined) return undefined;
  const parts: string[] = [];
  let start = 1;
  let isEncoded = false;
  let at = 1;
  for (; at <= url.length; at += 1) {
    const code = at < url.length ? url.charCodeAt(at) : QUESTION;
    if (code === SLASH || code === QUESTION) {
      const part = readPart(url.slice(start, at), isEncoded);
      const isLast = code === QUESTION;
      // A slash at the end is a path nothing has, and no trick.
      if (part === undefined || (part === '' && !isLast)) return undefined;
      if (part !== '' || parts.length > 0) parts.push(part);
      if (isLast) break;
      start = at + 1;
      isEncoded = false;
    } else if (code === PERCENT) isEncoded = true;
    else if (code <= 0x20 || code >= 0x7f || code === BACKSLASH || code === HASH) return undefined;
  }
  return { parts, query: url.slice(at + 1) };
}

function readPart(written: string, isEncoded: boolean): string | undefined {
  const part = isEncoded ? decode(written) : written;
  if (part === undefined || part === '.' || part === '..') return undefined;
  return isEncoded && isMisleading(part) ? undefined : part;
}

function decode(written: string): string | undefined {
  try {
    return decodeURIComponent(written);
  } catch {
    return undefined;
  }
}

function isMisleading(part: string): boolean {
  for (let at = 0; at < part.length; at += 1) {
    const code = part.charCodeAt(at);
    if (code < 0x20 || code === 0x7f || code === SLASH || code === BACKSLASH) return true;
  }
  return false;
}

/** Proxies ask for `http://host/path`, which every server has to understand; a name and a password before the host are no part of it. */
const absolute = /^https?:\/\/([\w.:[\]-]+)(\/.*)$/i;

const withoutOrigin = (target: string): string | undefined => absolute.exec(target)?.[2];

/** The host a request names in what it asks for, which then counts in the place of its header. */
export const hostIn = (target: string): string | undefined =>
  target.charCodeAt(0) === SLASH ? undefined : absolute.exec(target)?.[1];
