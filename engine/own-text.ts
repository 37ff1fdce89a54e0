/** A text by itself: one that was cut from a file keeps all of the file in memory for as long as it is held. */
export const ownText = (text: string): string => Buffer.from(text).toString();
