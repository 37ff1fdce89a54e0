/** Whether an `If-None-Match` names a tag; tags compare weakly, as they do for reading. */
export function matchesTag(asked: string | undefined, tag: string | undefined): boolean {
  if (asked === undefined || tag === undefined) return false;
  if (asked === tag || asked.trim() === '*') return true;
  const opaque = withoutWeak(tag);
  return asked.split(',').some((each) => withoutWeak(each.trim()) === opaque);
}

const withoutWeak = (tag: string): string => (tag.startsWith('W/') ? tag.slice(2) : tag);
