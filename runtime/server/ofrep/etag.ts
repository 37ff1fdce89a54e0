/** Weak: the same values may be told with another release beside them. */
export const etagOf = (digest: string): string => `W/"${digest}"`;

/** Whether a client that sent this `If-None-Match` has what the tag names; also tags as clients write them, without quotes. */
export function isKept(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  return ifNoneMatch.split(',').some((tag) => tag.trim() === '*' || bare(tag) === bare(etag));
}

/** What a tag says, without the marks around it. */
export const bare = (etag: string): string =>
  etag
    .trim()
    .replace(/^(W\/)+/i, '')
    .replace(/^"|"$/g, '');
