/** As people are told of a key, and as its file is called. */
export const shortId = (keyid: string): string => keyid.slice(0, 12);
