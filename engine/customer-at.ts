/** The id of the customer whose file this would be; undefined for a path of anything else. */
export const customerAt = (path: string): string | undefined => /^customers\/(?:.*\/)?([^/]+)\.yaml$/.exec(path)?.[1];
