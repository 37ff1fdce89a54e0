/** Weak: the same values may be told with another release beside them. */
export const etagOf = (digest: string): string => `W/"${digest}"`;
