/** Where a URL leads, without user, password and query; a client of the caller is his. */
export function placeOf(place: unknown, kind: string): string {
  if (typeof place !== 'string' || !URL.canParse(place)) return `${kind} of the client it was given`;
  const { protocol, host, pathname } = new URL(place);
  return `${protocol}//${host}${pathname}`;
}
