/** Whether an `If-None-Match` names a tag, weakly, as tags compare for reading; also as some clients write them, without quotes. */
export function matchesTag(asked: string | undefined, tag: string | undefined): boolean {
  if (asked === undefined || tag === undefined) return false;
  if (asked === tag) return true;
  const wanted = bareTag(tag);
  return asked.split(',').some((each) => each.trim() === '*' || bareTag(each) === wanted);
}

/** What a tag says, without the marks around it. */
export const bareTag = (tag: string): string =>
  tag
    .trim()
    .replace(/^(W\/)+/i, '')
    .replace(/^"|"$/g, '');
